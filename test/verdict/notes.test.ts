// What notes rest on: the steps of the trace, and what the rules alone say only where both agree.
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import type { Packet, ProbeResult, Step } from '../../src/model/result.js';
import { readNetwork, readNotedRules } from '../../src/verdict/notes/inquiry.js';
import { makeNotes } from '../../src/verdict/notes/notes.js';
import { findStanding } from '../../src/verdict/notes/standing.js';
import { readVisits } from '../../src/verdict/notes/visit.js';
import { makeStep } from './cases.js';
import { makePacket } from './packets.js';

function read(rules: string[], expect: object = { outcome: 'refused' }) {
  const probes = [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect }];
  const document = { name: 'literal', servers: { web: 'tcp://127.0.0.2:80' }, rules, probes };
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify(document), 'literal');
  const [scenario] = scenarios;
  if (scenario === undefined) {
    throw new Error(JSON.stringify(diagnostics));
  }
  return { scenario, rules: readNotedRules(scenario.phases[0]?.ruleSet?.rules ?? [], 'nft') };
}

const policy = (verdict: Step['verdict'] = 'accept') => makeStep(verdict, { rule: null });

const RULES = [
  '-N first',
  '-N second',
  '-A INPUT -p udp -j DROP',
  '-A INPUT -p tcp -j first',
  '-A INPUT -j ACCEPT',
  '-A INPUT -j DROP',
  '-A first -p tcp --dport 81 -j REJECT',
  '-A first -p tcp -g second',
  '-A first -j DROP',
  '-A second -p icmp -j DROP',
];
const STEPS = [makeStep('jump', { rule: 3 }), makeStep('goto', { chain: 'first', rule: 7 }), makeStep('accept', { rule: 4 })];

t.test('the rules between those that the trace names were asked, and did not match', async (t) => {
  const [visit] = readVisits(STEPS, read(RULES).rules.chains.ipv4) ?? [];
  t.strictSame(
    visit?.asked.map(({ rule, chain, verdict }) => `${chain.name} ${rule.entry} ${verdict}`),
    ['INPUT 2 null', 'INPUT 3 jump', 'first 6 null', 'first 7 goto', 'second 9 null', 'INPUT 4 accept'],
  );
});

t.test('steps that do not fit to the rules tell nothing', async (t) => {
  const { ipv4 } = read(RULES).rules.chains;
  const wrong = {
    'a rule that comes before the last one': [STEPS[0]!, makeStep('accept', { rule: 4 }), STEPS[1]!],
    'a rule of a chain that was not entered': [makeStep('goto', { chain: 'first', rule: 7 })],
    'a rule that is not there': [makeStep('drop', { rule: 12 })],
    'a jump of a rule that does not jump': [makeStep('jump', { rule: 4 })],
    'a chain that is not there': [makeStep('drop', { hook: 'forward', chain: 'FORWARD', rule: 2 })],
  };
  for (const [name, steps] of Object.entries(wrong)) {
    t.equal(readVisits(steps, ipv4), null, name);
  }
  t.strictSame(readVisits([makeStep('accept', { hook: 'forward', chain: 'FORWARD', rule: null })], ipv4), [
    { hook: 'forward', table: 'filter', asked: [] },
  ]);
});

t.test('how each rule stands to a packet', async (t) => {
  const { ipv4 } = read([...RULES, '-N never', '-A never -j DROP', '-A FORWARD -j DROP']).rules.chains;
  const visits = readVisits(STEPS, ipv4) ?? [];
  const standings = [...ipv4.byKey.values()].flatMap((chain) =>
    chain.rules.map((rule) => [rule.entry, findStanding({ rule, chain }, visits, ipv4)] as const),
  );
  t.strictSame(
    Object.fromEntries(
      standings.map(([entry, standing]) => [entry, standing.kind === 'behind' ? `behind ${standing.first.rule.entry}` : standing.kind]),
    ),
    {
      2: 'missed',
      3: 'matched',
      4: 'matched',
      5: 'behind 4',
      6: 'missed',
      7: 'matched',
      8: 'behind 7',
      9: 'missed',
      11: 'unreferenced',
      12: 'unvisited',
    },
  );
});

function note(rules: string[], journey: Packet[], seen: Partial<ProbeResult>, expect?: object) {
  const { scenario, rules: noted } = read(rules, expect);
  const probe = scenario.phases[0]!.batches[0]![0]!;
  const result: ProbeResult = {
    ...{
      index: 0,
      name: probe.name,
      phase: null,
      matrix: null,
      line: 1,
      column: 1,
      from: '127.0.0.1',
      to: '127.0.0.2:80',
      protocol: 'tcp',
    },
    ...{ id: 'p', ruleSet: 0, client: null, clientPlace: null, server: null, serverPlace: null, timeoutMs: 2500, headline: '' },
    observed: { outcome: 'connected', errno: null, elapsedMs: 0.1, icmp: null, reply: null },
    ...{
      expected: probe.expect,
      decided: 'observed',
      control: null,
      cause: 'service',
      rule: null,
      evidence: 'trace',
      notes: [],
      status: 'failed',
    },
    ...{ explanation: '', advice: null, adviceTrial: null, hint: null, journey },
    ...seen,
  };
  const inquiry = {
    probe,
    result,
    rules: noted,
    network: readNetwork(scenario),
    servers: scenario.servers,
    olderFlow: null,
    isFlowUsed: false,
    moved: [],
  };
  return makeNotes(inquiry);
}

const REJECT = ['-A INPUT -p tcp --dport 81 -j REJECT', '-A INPUT -m conntrack --ctstate INVALID -j DROP'];
const SEEN = ['syn', 'syn-ack', 'ack'] as const;
const JOURNEY = SEEN.map((kind) =>
  makePacket(kind, { steps: [makeStep('accept', { hook: 'output', table: 'raw', chain: 'OUTPUT', rule: null }), policy()] }),
);

t.test('a condition is named only where the rules alone lead to the same observation', async (t) => {
  const { notes, journey } = note(REJECT, JOURNEY, {});
  t.match(notes, [{ kind: 'nearest', rule: { index: 0 }, text: /wants --dport 81, the packet went to port 80/ }]);
  t.strictSame(
    journey.map(({ conntrack }) => conntrack),
    ['new', 'established', 'established'],
  );
  const others: Record<string, Partial<ProbeResult>> = {
    'another outcome': { observed: { outcome: 'timeout', errno: null, elapsedMs: 400, icmp: null, reply: null } },
    'another cause': { cause: 'silent' },
    'another rule': { rule: { index: 0, name: null, table: 'filter', chain: 'INPUT', text: '', isPolicy: false, file: null, line: null } },
    'a journey with a rule that the rules alone do not meet': { journey: [makePacket('syn', { steps: [makeStep('drop', { rule: 1 })] })] },
  };
  for (const [name, seen] of Object.entries(others)) {
    const other = note(REJECT, seen.journey ?? JOURNEY, seen);
    t.strictSame(other.notes, [], name);
    t.strictSame(other.journey, seen.journey ?? JOURNEY, name);
  }
});

t.test('what the trace tells is said without the rules alone', async (t) => {
  const journey = [makePacket('syn', { steps: [makeStep('drop', { rule: 0 })] })];
  const rules = ['-A INPUT -p tcp -m limit --limit 1/day -j DROP', '-A INPUT -p tcp --dport 80 -j REJECT'];
  const { notes } = note(rules, journey, { cause: 'unexplained' }, { outcome: 'refused', rule: 1 });
  t.match(notes, [
    { kind: 'not-asked', rule: { index: 1 }, text: 'Rule 1 was not asked about the request: rule 0 came first and dropped it.' },
  ]);
});

t.test('the order that is proposed is one that helps', async (t) => {
  const [accept, drop] = ['INPUT -p tcp --dport 80 -j ACCEPT', 'INPUT -p tcp -j DROP'];
  const say = (rules: string[], rule: number) => {
    const steps = [makeStep('accept', { hook: 'output', table: 'raw', chain: 'OUTPUT', rule: null }), makeStep('drop', { rule })];
    const own = { index: rule, name: null, table: 'filter', chain: 'INPUT', text: '', isPolicy: false, file: null, line: null };
    const observed = { outcome: 'timeout', errno: null, elapsedMs: null, icmp: null, reply: null } as const;
    return note(rules, [makePacket('syn', { steps })], { cause: 'dropped', rule: own, observed }, { outcome: 'connected' }).notes[0]?.text;
  };
  t.match(say([`-A ${drop}`, `-A ${accept}`], 0), /; put rule 1 before rule 0\.$/);
  t.match(say([`-A ${accept}`, `-I ${drop}`], 1), /; write rule 1 with -A\.$/);
  t.match(say([`-I ${drop}`, `-A ${accept}`], 0), /; write rule 1 with -I INPUT 1\.$/);
});

t.test('to end the request is no way to an answer that is eaten', async (t) => {
  const steps = [makeStep('accept', { hook: 'output', table: 'raw', chain: 'OUTPUT', rule: null }), makeStep('accept', { rule: 0 })];
  const own = { index: 0, name: null, table: 'filter', chain: 'INPUT', text: '', isPolicy: false, file: null, line: null };
  const say = (expect: object) => note(rules, [makePacket('syn', { steps }), ...JOURNEY.slice(1)], { rule: own }, expect).notes;
  const rules = ['-A INPUT -p tcp --dport 80 -j ACCEPT', '-A INPUT -p tcp --dport 80 -j DROP'];
  t.match(say({ cause: 'dropped' }), [{ kind: 'not-asked', text: /^Rule 1 would drop the request/ }]);
  t.notMatch(
    say({ cause: 'answer-eaten' }).map(({ text }) => text),
    [/request/],
  );
});
