// Probes are judged as their replies come. The evidence of their rule set comes later, and may contradict what was seen.
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import type { CheckedEvidence, ProbeReply, WorldObservations } from '../../src/model/evidence.js';
import { listIdentities } from '../../src/plan/identities.js';
import { EarlyResults, makeScenarioResult } from '../../src/run/scenario-result.js';

const TEXT = JSON.stringify({
  name: 'two probes',
  rules: ['-A INPUT -d 127.0.0.2 -j DROP'],
  probes: [
    { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'dropped' },
    { from: '127.0.0.1', to: 'tcp://127.0.0.3:80', expect: 'dropped' },
  ],
});
const dropped: Extract<ProbeReply, { report: object }> = {
  report: {
    observed: { outcome: 'timeout', errno: null, elapsedMs: null, icmp: null, reply: null },
    decided: 'proved',
    delays: null,
    fate: null,
    traceLost: null,
    cause: 'dropped',
    rule: { entry: 0, table: 'filter', chain: 'INPUT', text: '-A INPUT -d 127.0.0.2/32 -j DROP', isPolicy: false },
    evidence: 'trace',
    journey: [],
    isHeld: false,
  },
};
const controls: WorldObservations['controls'] = new Map([
  [0, 'refused'],
  [1, 'refused'],
]);

t.test('an early result holds unless the evidence contradicts it', async (t) => {
  const scenario = parseScenarios(TEXT, 'literal').scenarios[0]!;
  const identities = listIdentities(scenario, 'nft');
  const early = new EarlyResults(scenario, identities);
  early.add({ first: 1, replies: [dropped] }, controls);
  t.equal(early.get(0), undefined);
  early.add({ first: 0, replies: [dropped] }, controls);
  const observed = {
    world: { sysctl: {}, routes: [], links: [] },
    controls,
    replies: [dropped, dropped],
    evidence: [],
    capture: null,
    counters: { before: [], after: [] },
  };
  const run = { usual: 'nft', backend: 'nft', startedAt: '2026-01-31T12:00:00.000Z', durationMs: 1, identities } as const;
  const judge = (contradictions: string[]) => {
    const checked: CheckedEvidence = { natives: null, unseen: [], counters: new Map(), contradictions };
    return makeScenarioResult(scenario, run, observed, early, [checked]).probes;
  };
  const [first, second] = judge([]);
  t.strictSame([first?.status, first?.control, second?.status], ['passed', { outcome: 'refused' }, 'passed']);
  t.equal(first, early.get(0));
  t.strictSame(
    judge(['the kernel counted 3 packets']).map(({ status, explanation }) => [status, /counted 3 packets/.test(explanation)]),
    [
      ['inconclusive', true],
      ['inconclusive', true],
    ],
  );
});

t.test('a probe with a packet that was held, and not seen again, is inconclusive', async (t) => {
  const scenario = parseScenarios(TEXT, 'literal').scenarios[0]!;
  const early = new EarlyResults(scenario, listIdentities(scenario, 'nft'));
  early.add({ first: 0, replies: [{ report: { ...dropped.report, isHeld: true } }] }, controls);
  t.match(early.get(0), {
    status: 'inconclusive',
    explanation: /^One of its packets was held for a moment, and the trace shows nothing of it afterwards\./,
  });
});
