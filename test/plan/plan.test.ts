// What the sandbox is given of a scenario: families, rule sets with loopfw's own rules, and facts about each probe.
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import { UsageError } from '../../src/model/errors.js';
import type { Plan, ProbePlan } from '../../src/model/plan.js';
import type { Backend } from '../../src/model/result.js';
import type { Scenario } from '../../src/model/scenario.js';
import { makePlan } from '../../src/plan/plan.js';
import { toNftText } from '../../src/rules/nft/includes.js';

const PROBE = { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'closed' };
const PROBE_ON_IPV6 = { from: '::1', to: 'tcp://[::1]:80', expect: 'closed' };

function parse(scenario: object): Scenario {
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify({ name: 'plan', probes: [PROBE], ...scenario }), 'literal');
  t.strictSame(diagnostics, []);
  return scenarios[0]!;
}

const plan = (scenario: object, backend: Backend = 'nft') => makePlan(parse(scenario), backend, 'proof');

/** The families of the first rule set. */
function getFamilies({ phases }: Plan) {
  const ruleSet = phases[0]!.ruleSet;
  return ruleSet?.kind === 'iptables' ? ruleSet.families : [];
}

const listFamilies = (scenario: object) => getFamilies(plan(scenario)).map(({ family }) => family);

t.test('a family is used if a rule or a probe has it', async (t) => {
  const both = ['ipv4', 'ipv6'];
  t.strictSame(listFamilies({ rules: ['-A INPUT -s 127.0.0.5 -j DROP'] }), ['ipv4']);
  t.strictSame(listFamilies({ rules: ['ip6tables -A INPUT -j DROP'], probes: [PROBE_ON_IPV6] }), ['ipv6']);
  t.strictSame(listFamilies({ rules: ['ip6tables -A INPUT -j DROP', '-A INPUT -j DROP'], probes: [PROBE_ON_IPV6] }), both, 'by a rule');
  t.strictSame(listFamilies({ rules: ['-A INPUT -j DROP'], probes: [PROBE, PROBE_ON_IPV6] }), both, 'by a probe');
  const later = [{ name: 'later', rules: ['ip6tables -A INPUT -j DROP'], probes: [PROBE] }];
  t.strictSame(listFamilies({ rules: ['-A INPUT -j DROP'], phases: later }), both, 'by a rule of a later phase');
});

t.test("the observer's chains are added where routing can end packets", async (t) => {
  const isObserved = (scenario: object) => plan(scenario).phases[0]?.ruleSet?.isObserved;
  t.equal(isObserved({ rules: ['-A INPUT -j DROP', '-t nat -P OUTPUT ACCEPT', '-t mangle -A OUTPUT -j ACCEPT'] }), false);
  t.equal(isObserved({ rules: ['-t nat -A OUTPUT -p tcp -j REDIRECT'] }), true);
  t.equal(isObserved({ rules: ['-t mangle -A OUTPUT -j MARK --set-mark 1'] }), true);
  t.equal(isObserved({ rules: [], routes: ['blackhole 203.0.113.0/24'] }), true);
  t.equal(isObserved({ rules: [], interfaces: { eth0: { addresses: ['192.0.2.1/24'] } } }), true);
});

t.test("loopfw's own rules are for the packets of the scenario's world", async (t) => {
  const listOwn = (scenario: object, backend?: Backend) =>
    getFamilies(plan(scenario, backend)).flatMap(({ chains }) =>
      chains.flatMap(({ table, name, lines }) => lines.filter(({ entry }) => entry === null).map(() => `${table} ${name}`)),
    );
  const onLo = ['raw OUTPUT'];
  const withNat = ['raw OUTPUT', 'mangle INPUT'];
  const late = (chain: string, how = `-A ${chain}`) => ({
    rules: [`-t nat ${how} -p tcp -j SNAT --to-source 127.0.0.9`],
  });
  t.strictSame(listOwn({ rules: ['-A INPUT -j DROP'] }).sort(), onLo);
  t.strictSame(listOwn(late('POSTROUTING')), withNat);
  t.strictSame(listOwn(late('INPUT')), withNat);
  t.strictSame(listOwn(late('POSTROUTING', '-I POSTROUTING')), withNat);
  t.strictSame(listOwn(late('POSTROUTING'), 'legacy'), onLo, 'the legacy back end has all chains');
  t.strictSame(listOwn({ rules: ['-t nat -A OUTPUT -p tcp -j REDIRECT', '-A INPUT -j DROP'] }), onLo, 'a later chain shows it');
  t.strictSame(listOwn({ rules: ['-t nat -P POSTROUTING ACCEPT'] }), onLo, 'a policy rewrites nothing');
  t.strictSame(listOwn({ rules: ['-A INPUT -j DROP'], interfaces: { eth0: { addresses: ['192.0.2.1/24'] } } }).sort(), [
    'mangle FORWARD',
    'mangle INPUT',
    'raw OUTPUT',
    'raw PREROUTING',
  ]);
});

t.test('rules that need not be read back by their text', async (t) => {
  const isPlain = (...rules: string[]) => getFamilies(plan({ rules })).map((family) => family.isPlain);
  t.strictSame(isPlain('-A INPUT -s 127.0.0.5 -j DROP', '-P OUTPUT ACCEPT'), [true]);
  t.strictSame(isPlain('-A INPUT -s 127.0.0.5 -j DROP', '-P OUTPUT DROP'), [false], 'the list has no policies');
  t.strictSame(isPlain('-A INPUT -s 127.0.0.5 -j DROP', '-A INPUT -m limit --limit 1/minute -j DROP'), [false]);
});

t.test('a rule that may decide a retransmission differently says why', async (t) => {
  const rules = ['-A INPUT -s 127.0.0.5 -j DROP', '-A INPUT -m limit --limit 1/minute -j DROP'];
  const lines = getFamilies(plan({ rules })).flatMap(({ chains }) => chains.flatMap((chain) => chain.lines));
  t.strictSame(
    lines.filter(({ entry }) => entry !== null).map(({ entry, instability }) => [entry, instability?.kinds]),
    [
      [0, undefined],
      [1, ['memory']],
    ],
  );
});

t.test('a rule that the back end cannot hold is an error of usage', async (t) => {
  const text = '-t mangle -A OUTPUT -p tcp -j TCPMSS --set-mss 1000';
  const scenario = parse({ rules: [text] });
  t.equal(makePlan(scenario, 'nft', 'proof').phases.length, 1);
  t.throws(
    () => makePlan(scenario, 'legacy', 'proof'),
    new UsageError(`${text}: TCPMSS on the legacy back end needs --tcp-flags with SYN, such as --syn`),
  );
});

t.test('a phase without rules keeps those before, and what they remember', async (t) => {
  const { phases } = plan({
    rules: ['-A INPUT -m limit --limit 1/minute -j DROP'],
    phases: [
      { name: 'a', probes: [PROBE, PROBE] },
      { name: 'b', rules: ['-A INPUT -s 127.0.0.9 -j DROP'], probes: [PROBE, PROBE] },
    ],
  });
  t.strictSame(
    phases.map(({ ruleSet, flows }) => [ruleSet === null, ...flows.map(({ pace, probes }) => `${probes.length} ${pace}`)]),
    [
      [false, '1 in turn'],
      [true, '1 in turn', '1 in turn'],
      [false, '2 in turn'],
    ],
  );
});

/** The plan of the first probe. */
const planProbe = (scenario: object): ProbePlan => plan(scenario).phases[0]!.flows[0]!.probes[0]!;

t.test('when a client is answered', async (t) => {
  const answered = (probe: object, scenario: object = {}) => {
    const { needsAnswer, bannerBytes, isEcho, reply } = planProbe({ ...scenario, probes: [{ ...PROBE, ...probe }] });
    return { needsAnswer, bannerBytes, isEcho, reply };
  };
  const nothing = { needsAnswer: false, bannerBytes: 0, isEcho: true, reply: null };
  t.strictSame(answered({}), nothing, 'a connection is enough');
  t.strictSame(answered({ send: 'x' }), { ...nothing, needsAnswer: true });
  t.strictSame(answered({ to: 'udp://127.0.0.2:53' }), { ...nothing, needsAnswer: true, isEcho: false });
  t.strictSame(answered({ expect: { outcome: 'connected', reply: 'hi' } }), { ...nothing, reply: 'hi' });
  const ssh = { protocol: 'tcp', address: '127.0.0.2', port: 22, banner: 'SSH-2.0-é' };
  const servers = { ssh, udp: { ...ssh, protocol: 'udp' }, any: { ...ssh, address: '0.0.0.0', port: 90 } };
  const banner = { ...nothing, bannerBytes: 10 };
  t.strictSame(answered({ to: 'ssh' }, { servers }), banner, 'in bytes, not characters');
  t.strictSame(answered({ to: 'tcp://127.0.0.5:90' }, { servers }), banner, 'of a server on all addresses');
  t.strictSame(answered({ to: 'tcp://127.0.0.5:22' }, { servers }), nothing, 'another address has no server');
  t.strictSame(answered({ to: 'tcp://127.0.0.2:21' }, { servers }), nothing, 'nor has another port');
  t.strictSame(answered({ to: 'udp' }, { servers }), { ...nothing, needsAnswer: true, isEcho: false }, 'a datagram answers itself');
});

t.test('a program is no echo, and any probe may meet it', async (t) => {
  const servers = {
    real: { protocol: 'tcp', address: '127.0.0.2', port: 80, command: ['true'] },
    own: 'tcp://127.0.0.3:81',
  };
  const meet = (to: string) => {
    const { isEcho, mayMeetProgram } = planProbe({ servers, probes: [{ ...PROBE, to, expect: 'connected' }] });
    return { isEcho, mayMeetProgram };
  };
  t.strictSame(meet('real'), { isEcho: false, mayMeetProgram: true });
  t.strictSame(meet('own'), { isEcho: true, mayMeetProgram: true });
  t.equal(planProbe({ servers: { own: servers.own } }).mayMeetProgram, false);
});

t.test('a client waits to its limit if a time is asked for, or if another probe has its port', async (t) => {
  const clients = { app: { address: '127.0.0.9', port: 4000 }, other: { address: '127.0.0.8', port: 4000 } };
  const list = (...probes: object[]) =>
    plan({ clients, probes: probes.map((probe) => ({ ...PROBE, ...probe })) }).phases.flatMap(({ flows }) =>
      flows.flatMap((flow) => flow.probes.map(({ provable, isTimed }) => [provable, isTimed])),
    );
  t.strictSame(list({}, {}), [
    [true, false],
    [true, false],
  ]);
  t.strictSame(list({ expect: { outcome: 'refused', withinMs: 9 } }, { expect: { outcome: 'timeout', afterMs: 9 } }), [
    [false, true],
    [false, true],
  ]);
  t.strictSame(list({ from: 'app' }, { from: 'other' }), [
    [true, false],
    [true, false],
  ]);
  t.strictSame(list({ from: 'app' }, { from: 'other' }, { from: 'app', to: 'tcp://127.0.0.2:81' }), [
    [false, false],
    [true, false],
    [false, false],
  ]);
});

t.test('a native rule set is planned as its text; all before it is forgotten, and its memory is asked for', async (t) => {
  const scenario = parse({
    rules: ['-P INPUT DROP', '-A INPUT -j ACCEPT'],
    phases: ['a', 'b', 'c', 'd'].map((name) => ({ name, probes: [PROBE, PROBE] })),
  });
  const native = (text: string) => ({ rules: [], natives: [{ ...toNftText('x.nft', text), after: 0, unseen: [] }], files: [] });
  const texts = [null, native('table ip x { }'), native('table ip x { chain c { limit rate 1/minute drop; }\n }'), null];
  const [first, second, third, fourth] = scenario.phases.filter(({ batches }) => batches.length > 0);
  const phases = [first, second, third, fourth].map((phase, place) => ({ ...phase!, ruleSet: texts[place] ?? null }));
  const own = { ...scenario.phases[0]!, batches: [] };
  const rules = ['-A OUTPUT -j ACCEPT'];
  const later = { ...parse({ rules }).phases[0]!, batches: [] };
  const planned = makePlan({ ...scenario, phases: [own, ...phases, later] }, 'nft', 'proof');
  t.strictSame(
    planned.phases.map(({ ruleSet }) =>
      ruleSet?.kind === 'nft' ? [ruleSet.text, ruleSet.file, ruleSet.hasRules] : (ruleSet?.kind ?? null),
    ),
    ['iptables', null, ['table ip x { }', 'x.nft', false], [texts[2]!.natives[0]!.text, 'x.nft', true], null, 'iptables'],
  );
  t.strictSame(
    planned.phases.map(({ flows }) => flows.map(({ pace }) => pace)),
    [[], ['in turn'], ['in turn'], ['together', 'together'], ['together', 'together'], []],
  );
  const last = planned.phases.at(-1)!.ruleSet;
  t.equal(
    last?.kind === 'iptables' && last.families[0]?.restore,
    getFamilies(plan({ rules }))[0]?.restore,
    'as if no policy had been there before',
  );
});
