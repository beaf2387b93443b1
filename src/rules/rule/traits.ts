import type { Backend } from '../../model/result.js';
import type { Rule } from '../../model/rule.js';
import { getMatch } from '../extensions/match-table.js';
import { getTarget } from '../extensions/target-table.js';
import { ANY_ADDRESS } from '../values/addresses.js';
import { askOncePerPattern } from './pattern.js';

/**
 * The most bytes of the matches and the target of one rule in nf_tables, with a margin. dlen has 12 bits
 * (include/net/netfilter/nf_tables.h).
 */
const MOST_BYTES = 4000;
/** The most bytes that a target takes. */
const TARGET_BYTES = 230;

const UNSUPPORTED = {
  nft: askOncePerPattern((rule) => findUnsupported(rule, 'nft')),
  legacy: askOncePerPattern((rule) => findUnsupported(rule, 'legacy')),
} satisfies Record<Backend, (rule: Rule) => string | null>;

/** The reason why a back end cannot hold a rule that another back end can hold, or null. */
export function getUnsupported(rule: Rule, backend: Backend): string | null {
  return UNSUPPORTED[backend](rule);
}

function findUnsupported(rule: Rule, backend: Backend): string | null {
  const { matches, target } = rule;
  const bytes = matches.reduce((sum, { name }) => sum + (getMatch(name)?.nftBytes ?? 0), TARGET_BYTES);
  if (backend === 'nft' && bytes > MOST_BYTES) {
    return `the nft back end has no space for so many matches in one rule: ${matches.map(({ name }) => name).join(', ')}`;
  }
  const general = backend === 'nft' ? getUnsupportedByNft(rule) : getUnsupportedByLegacy(rule);
  if (general !== null) {
    return general;
  }
  for (const { name, options } of matches) {
    const reason = getMatch(name)?.getUnsupported?.(options, rule, backend) ?? null;
    if (reason !== null) {
      return reason;
    }
  }
  return getTarget(target?.name ?? '')?.getUnsupported?.(target?.options ?? [], rule, backend) ?? null;
}

function isAny(address: string): boolean {
  return address === ANY_ADDRESS.ipv4 || address === ANY_ADDRESS.ipv6;
}

function getUnsupportedByNft({ source, destination }: Rule): string | null {
  const any = [source, destination].find((address) => address?.negated === true && isAny(address.value));
  return any ? `the nft back end refuses ! ${any.value}, which no packet meets` : null;
}

function getUnsupportedByLegacy({ inInterface, outInterface }: Rule): string | null {
  const isAny = inInterface?.value === '+' || outInterface?.value === '+';
  return isAny ? 'iptables-legacy-save does not show ! -i + or ! -o +, so that loopfw could not check the rule' : null;
}

/**
 * Whether a rule has only addresses, interfaces, a protocol, ports and the commonest targets, without negations. A test
 * (test/rules/save/round-trip.test.ts) shows that iptables passes these to the kernel as written. So they need not be read back each time.
 */
export const isPlainRule = askOncePerPattern((rule): boolean => {
  const { source, destination, inInterface, outInterface, protocol, fragment, matches, target } = rule;
  const options = [...matches, ...(target === null ? [] : [target])].flatMap((each) => each.options);
  const values = [source, destination, inInterface, outInterface, protocol, ...options];
  return (
    fragment === null &&
    values.every((value) => value?.negated !== true) &&
    matches.every(({ name }) => getMatch(name)?.isPlain === true) &&
    (target === null || (getTarget(target.name)?.isPlain ?? true))
  );
});

/** Whether a match of the rule can drop a packet itself, before the rule's counter and target. */
export const mayEndPacketItself = askOncePerPattern(({ matches }) =>
  matches.some(({ name }) => getMatch(name)?.mayEndPacketItself === true),
);

/** Whether every packet matches. */
export const matchesAllPackets = askOncePerPattern((rule) => {
  const { source, destination, inInterface, outInterface, protocol, fragment, matches } = rule;
  const isBare = [source, destination, inInterface, outInterface, protocol, fragment].every((part) => part === null);
  return isBare && matches.every(({ name }) => getMatch(name)?.matchesAll === true);
});
