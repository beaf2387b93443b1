import type { DecidingRuleRef, TraceEvent } from '../model/evidence.js';
import type { Step } from '../model/result.js';
import type { KnownRule } from './known-chain.js';
import type { IndexedChain, IndexedRule, RuleIndex } from './rule-index.js';

export interface MetRule {
  step: Step;
  rule: DecidingRuleRef;
  /** What the rule does that lets the packet go on to the next hook; null for a policy, and where the rule does not. */
  passes: 'accepted' | 'translated' | null;
}

const VERDICTS: Record<NonNullable<TraceEvent['verdict']>, Step['verdict']> = {
  accept: 'accept',
  drop: 'drop',
  continue: 'continue',
  break: 'continue',
  jump: 'jump',
  goto: 'goto',
  return: 'return',
};

/** What an event says that a packet met at a hook; null for a rule of loopfw's own, and for what says nothing of itself. */
export function readStep(event: TraceEvent, hook: Step['hook'], rules: RuleIndex): MetRule | null {
  // The legacy trace calls a rule without conditions that accepts, drops or returns a policy, or the end of the chain; its number tells.
  const indexed = rules.getRule(event);
  if (indexed !== null) {
    return readRule(event, indexed, hook);
  }
  if (event.type === 'policy') {
    return readPolicy(event, rules.getChain(event), hook);
  }
  return event.type === 'return' ? readReturn(rules.getChain(event), hook) : null;
}

function readRule(event: TraceEvent, { chain, rule }: IndexedRule, hook: Step['hook']): MetRule | null {
  if (rule.entry === null) {
    return null;
  }
  const verdict = getVerdict(event, rule);
  return {
    step: { hook, table: chain.table, chain: chain.name, rule: rule.entry, verdict },
    rule: { entry: rule.entry, table: chain.table, chain: chain.name, text: rule.text, isPolicy: false },
    passes: verdict !== 'accept' ? null : rule.action === 'translate' ? 'translated' : 'accepted',
  };
}

function getVerdict({ verdict }: TraceEvent, { action }: KnownRule): Step['verdict'] {
  if (action === 'reject') {
    return 'reject';
  }
  if (verdict !== null) {
    return VERDICTS[verdict];
  }
  return action === 'translate' ? 'accept' : (action ?? 'continue');
}

function readPolicy(event: TraceEvent, { table, name, known }: IndexedChain, hook: Step['hook']): MetRule | null {
  if (known?.isOwn) {
    return null;
  }
  const verdict = (event.verdict ?? known?.policy?.verdict) === 'drop' ? 'drop' : 'accept';
  const entry = known?.policy?.entry ?? null;
  const place = { table, chain: name };
  return {
    step: { hook, ...place, rule: entry, verdict },
    rule: {
      entry,
      ...place,
      text: known?.kind === 'nft' ? `policy ${verdict}` : `-P ${name} ${verdict.toUpperCase()}`,
      isPolicy: true,
    },
    passes: null,
  };
}

/** The end of a user chain. A built-in chain's end is told by its policy, which follows. */
function readReturn({ table, name, known }: IndexedChain, hook: Step['hook']): MetRule | null {
  if (known === null || known.policy !== null) {
    return null;
  }
  const place = { table, chain: name };
  return {
    step: { hook, ...place, rule: null, verdict: 'return' },
    rule: { entry: null, ...place, text: `end of ${name}`, isPolicy: false },
    passes: null,
  };
}
