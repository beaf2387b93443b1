import type { DecidingRule, Step } from '../../src/model/result.js';
import type { KnownRules } from '../../src/model/advice.js';
import { listAdvice } from '../../src/verdict/advice/advise.js';
import type { Case } from '../../src/verdict/case.js';
import { makePacket } from './packets.js';

export const RULE: DecidingRule = {
  index: 0,
  name: 'no-web',
  table: 'filter',
  chain: 'INPUT',
  text: '-A INPUT -j DROP',
  isPolicy: false,
  file: null,
  line: null,
};

export const NOTHING_SEEN: Case['observed'] = { outcome: 'timeout', errno: null, elapsedMs: null, icmp: null, reply: null };

export function makeStep(verdict: Step['verdict'], more: Partial<Step> = {}): Step {
  return { hook: 'input', table: 'filter', chain: 'INPUT', rule: 0, verdict, ...more };
}

/** A TCP client's request that was dropped, but for what a test says. */
export function makeCase(more: Partial<Case> = {}): Case {
  return {
    protocol: 'tcp',
    from: '127.0.0.1',
    to: { address: '127.0.0.2', port: 80 },
    timeoutMs: 2500,
    expected: {},
    observed: NOTHING_SEEN,
    decided: 'observed',
    delays: null,
    control: { outcome: 'connected' },
    fate: null,
    cause: 'dropped',
    rules: 'iptables',
    rule: RULE,
    evidence: 'trace',
    journey: [makePacket('syn', { steps: [makeStep('drop')] })],
    olderFlow: null,
    doubts: [],
    ...more,
  };
}

/** A rule set in which no rule but the deciding one has to do with a probe. */
export const NO_OTHER_RULES: KnownRules = { rules: [], near: { late: [], untracking: [], twins: [], elsewhere: [] } };

/** The text of the best advice; null if there is none. */
export function advise(c: Case, known: Partial<KnownRules['near']> = {}): string | null {
  return listAdvice(c, { rules: [], near: { ...NO_OTHER_RULES.near, ...known } })[0]?.text ?? null;
}
