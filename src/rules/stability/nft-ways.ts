import type { Effect } from '../extension.js';
import type { RuleWay } from './certain-drops.js';

/** A rule with a map of verdicts, which may lead to any chain of its table. */
export const USES_VERDICT_MAP = /\bvmap\b/;

/** The verdict of a rule. It is the last statement (nft(8)). */
const VERDICT = /(?:^| )(?:(drop|return)|(jump|goto) ([^\s{}]+))(?: comment "")?$/;
const MATCHES_ALL = /^(?:counter )?(?:drop|return|(?:jump|goto) [^\s{}]+)(?: comment "")?$/;
/** A statement that may do something else with the next packet, or a match that may drop the packet itself. */
const MAY_DIFFER = /\b(?:set|map|count)\b/;

/**
 * Reads where a rule in nft's listing sends its packets.
 *
 * @param effect the effect of the rule (nft-traits.ts). Only a rule that changes nothing but the mark is known to continue.
 * @param toKey gives the key of a chain in the rule's table
 */
export function readNftWay(text: string, effect: Effect, toKey: (chain: string) => string): RuleWay {
  const bare = text.replaceAll(/"[^"]*"/g, '""');
  const [, end, leap, chain = ''] = VERDICT.exec(bare) ?? [];
  const facts = { matchesAll: MATCHES_ALL.test(bare), isSimple: !MAY_DIFFER.test(bare) };
  if (USES_VERDICT_MAP.test(bare)) {
    return { verdict: 'other', matchesAll: false, isSimple: false };
  }
  if (leap === 'jump' || leap === 'goto') {
    return { ...facts, verdict: leap, to: toKey(chain) };
  }
  if (end === 'drop' || end === 'return') {
    return { ...facts, verdict: end };
  }
  return effect === 'fate'
    ? { verdict: 'other', matchesAll: false, isSimple: facts.isSimple && bare.endsWith(' accept') }
    : { ...facts, verdict: 'continue' };
}
