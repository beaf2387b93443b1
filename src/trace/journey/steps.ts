import type { DecidingRuleRef, TraceEvent } from '../../model/evidence.js';
import type { NatDestination } from '../../model/plan.js';
import type { Step } from '../../model/result.js';
import type { IndexedChain, IndexedRule, RuleIndex } from '../rules/rule-index.js';
import { getFaultVerdict } from '../rules/fault-chains.js';
import type { KnownRule, TracedFault } from '../rules/traced-chains.js';

/** A step of a packet, with the rule, policy or end of a chain that it met. */
export interface MetRule {
  step: Step;
  rule: DecidingRuleRef;
  /** How the rule lets the packet go on to the next hook. null for a policy, or if the rule does not. */
  passes: 'accepted' | 'translated' | null;
  /** The destination that NAT gives; null if the rule does not say. */
  destination: NatDestination | null;
}

const VERDICTS: Record<NonNullable<TraceEvent['verdict']>, Step['verdict']> = {
  accept: 'accept',
  drop: 'drop',
  continue: 'continue',
  break: 'continue',
  jump: 'jump',
  goto: 'goto',
  return: 'return',
  queue: 'continue',
};

/** The result for one event. The result depends on the rule or chain, and on these parts of the event. */
interface Reading {
  type: TraceEvent['type'];
  verdict: TraceEvent['verdict'];
  to: TraceEvent['to'];
  hook: Step['hook'];
  met: MetRule | null;
}

/** The place of a step in the rule set. */
export interface StepPlace {
  /** The rule that the packet met, or the chain whose end or policy it met. */
  subject: IndexedRule | IndexedChain;
  /** The chain that the packet visits next, if the trace tells it. */
  next: IndexedChain | null;
}

/**
 * Reads steps as readStep() does, and caches them. Packets that meet the same rule share the step, so 100,000 packets have no steps of
 * their own. A rule has one or two different results.
 */
export class StepReader {
  readonly #rules: RuleIndex;
  readonly #places = new Map<Step, StepPlace>();
  readonly #readings = new Map<IndexedRule | IndexedChain, Reading[]>();

  constructor(rules: RuleIndex) {
    this.#rules = rules;
  }

  read(event: TraceEvent, hook: Step['hook']): MetRule | null {
    const subject = this.#rules.getRule(event) ?? this.#rules.getChain(event);
    const readings = this.#readings.get(subject) ?? [];
    for (const reading of readings) {
      if (reading.hook === hook && reading.verdict === event.verdict && reading.to === event.to && reading.type === event.type) {
        return reading.met;
      }
    }
    const met = readStep(event, hook, this.#rules);
    if (met !== null) {
      const next = event.to === null ? null : this.#rules.getChain({ ...event, chain: event.to });
      this.#places.set(met.step, { subject, next });
    }
    this.#readings.set(subject, [...readings, { type: event.type, verdict: event.verdict, to: event.to, hook, met }]);
    return met;
  }

  getPlace(step: Step): StepPlace | null {
    return this.#places.get(step) ?? null;
  }
}

/**
 * Turns an event at a hook into the step of a packet.
 * null for a rule of loopfw's own, and for an event that is no step.
 */
function readStep(event: TraceEvent, hook: Step['hook'], rules: RuleIndex): MetRule | null {
  // The legacy trace reports a rule without conditions that accepts, drops or returns as a policy or as the end of the chain. Its rule
  // number shows that it is a rule.
  const indexed = rules.getRule(event);
  if (indexed !== null) {
    return readRule(event, indexed, hook);
  }
  if (event.type === 'policy') {
    return readPolicy(event, rules.getChain(event), hook, rules);
  }
  return event.type === 'return' ? readReturn(rules.getChain(event), hook) : null;
}

function readRule(event: TraceEvent, { chain, rule }: IndexedRule, hook: Step['hook']): MetRule | null {
  const fault = chain.known?.fault;
  if (fault !== undefined) {
    return readFault(chain, rule, fault, hook);
  }
  if (rule.entry === null && !rule.isForeign) {
    return null;
  }
  const verdict = getVerdict(event, rule);
  return {
    step: { hook, table: chain.table, chain: chain.name, rule: rule.entry, verdict, ...(rule.isForeign ? { text: rule.text } : {}) },
    rule: { entry: rule.entry, table: chain.table, chain: chain.name, text: rule.text, isPolicy: false },
    passes: verdict !== 'accept' ? null : rule.action === 'translate' ? 'translated' : 'accepted',
    destination: rule.destination,
  };
}

function readFault({ table, name }: IndexedChain, { text }: KnownRule, fault: TracedFault, hook: Step['hook']): MetRule {
  const place = { table, chain: fault.chain };
  return {
    step: { hook, ...place, rule: null, verdict: getFaultVerdict(fault, name), fault: fault.text },
    rule: { entry: null, ...place, text, isPolicy: false, fault: fault.text },
    passes: null,
    destination: null,
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

function readPolicy(event: TraceEvent, chain: IndexedChain, hook: Step['hook'], rules: RuleIndex): MetRule | null {
  const { table, name, known } = chain;
  if (known?.isOwn) {
    return null;
  }
  const verdict = (event.verdict ?? known?.policy?.verdict) === 'drop' ? 'drop' : 'accept';
  const entry = known?.policy?.entry ?? null;
  const place = { table, chain: name };
  const program = known?.program === undefined ? '' : `${known.program} `;
  return {
    step: { hook, ...place, rule: entry, verdict, ...(rules.isOwn(chain) ? { own: true } : {}) },
    rule: {
      entry,
      ...place,
      text: known?.kind === 'nft' ? `policy ${verdict}` : `${program}-P ${name} ${verdict.toUpperCase()}`,
      isPolicy: true,
    },
    passes: null,
    destination: null,
  };
}

/** The end of a user chain. At the end of a built-in chain, the policy's own event follows. */
function readReturn({ table, name, known }: IndexedChain, hook: Step['hook']): MetRule | null {
  if (known === null || known.policy !== null || known.isOwn) {
    return null;
  }
  const place = { table, chain: name };
  return {
    step: { hook, ...place, rule: null, verdict: 'return' },
    rule: { entry: null, ...place, text: `end of ${name}`, isPolicy: false },
    passes: null,
    destination: null,
  };
}
