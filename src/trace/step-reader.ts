import type { TraceEvent } from '../model/evidence.js';
import type { Step } from '../model/result.js';
import { readStep, type MetRule } from './read-step.js';
import type { IndexedChain, IndexedRule, RuleIndex } from './rule-index.js';

/** The result for one event. The result depends on the rule or chain, and on these parts of the event. */
interface Reading {
  type: TraceEvent['type'];
  verdict: TraceEvent['verdict'];
  hook: Step['hook'];
  met: MetRule | null;
}

/**
 * Reads steps as readStep() does, and caches them. Packets that meet the same rule share the step, so 100,000 packets have no steps of
 * their own. A rule has one or two different results.
 */
export class StepReader {
  readonly #rules: RuleIndex;
  readonly #subjects = new Map<Step, IndexedRule | IndexedChain>();
  readonly #readings = new Map<IndexedRule | IndexedChain, Reading[]>();

  constructor(rules: RuleIndex) {
    this.#rules = rules;
  }

  read(event: TraceEvent, hook: Step['hook']): MetRule | null {
    const subject = this.#rules.getRule(event) ?? this.#rules.getChain(event);
    const readings = this.#readings.get(subject) ?? [];
    for (const reading of readings) {
      if (reading.hook === hook && reading.verdict === event.verdict && reading.type === event.type) {
        return reading.met;
      }
    }
    const met = readStep(event, hook, this.#rules);
    if (met !== null) {
      this.#subjects.set(met.step, subject);
    }
    this.#readings.set(subject, [...readings, { type: event.type, verdict: event.verdict, hook, met }]);
    return met;
  }

  /** The rule of a step, or the chain whose end or policy the step is. */
  getSubject(step: Step): IndexedRule | IndexedChain | null {
    return this.#subjects.get(step) ?? null;
  }
}
