import type { DecidingRuleRef, TraceEvent } from '../model/evidence.js';
import type { Step } from '../model/result.js';
import type { RuleIndex } from './rule-index.js';

export interface MetRule {
  step: Step;
  rule: DecidingRuleRef;
}

const VERDICTS: Record<TraceEvent['verdict'], Step['verdict']> = {
  accept: 'accept',
  drop: 'drop',
  continue: 'continue',
  break: 'continue',
  jump: 'jump',
  goto: 'goto',
  return: 'return',
};

const READERS = { rule: readRule, policy: readPolicy, return: readReturn } satisfies Record<TraceEvent['type'], typeof readRule>;

/** What an event says that a packet met at a hook; null for a rule of loopfw's own, and for what says nothing of itself. */
export function readStep(event: TraceEvent, hook: Step['hook'], rules: RuleIndex): MetRule | null {
  return READERS[event.type](event, hook, rules);
}

function readRule(event: TraceEvent, hook: Step['hook'], rules: RuleIndex): MetRule | null {
  const indexed = rules.getLine(event);
  if (indexed === null || indexed.line.entry === null) {
    return null;
  }
  const { chain, line } = indexed;
  // The kernel shows a REJECT as a drop: that it answers is known from the rule.
  const verdict = line.rule.target?.name === 'REJECT' ? 'reject' : VERDICTS[event.verdict];
  return {
    step: { hook, table: chain.table, chain: chain.name, rule: line.entry, verdict },
    rule: { entry: line.entry, table: chain.table, chain: chain.name, text: line.text },
  };
}

function readPolicy(event: TraceEvent, hook: Step['hook'], rules: RuleIndex): MetRule {
  const verdict = event.policy ?? 'accept';
  const entry = rules.getChain(event)?.policy?.entry ?? null;
  const place = { table: event.table, chain: event.chain };
  return {
    step: { hook, ...place, rule: entry, verdict },
    rule: { entry, ...place, text: `-P ${event.chain} ${verdict.toUpperCase()}` },
  };
}

/** The end of a user chain. A built-in chain's end is told by its policy, which follows. */
function readReturn(event: TraceEvent, hook: Step['hook'], rules: RuleIndex): MetRule | null {
  const chain = rules.getChain(event);
  if (chain === null || chain.policy !== null) {
    return null;
  }
  const place = { table: event.table, chain: event.chain };
  return { step: { hook, ...place, rule: null, verdict: 'return' }, rule: { entry: null, ...place, text: `end of ${event.chain}` } };
}
