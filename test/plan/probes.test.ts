// Which probes overlap their waits, and which wait for each other.
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import { makePlan } from '../../src/plan/plan.js';

const PROBE = { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'closed' };

/** The pace of each flow, and how many probes it has. */
function getFlows(scenario: object): [string, number][] {
  const text = JSON.stringify({ name: 'flows', probes: [PROBE, PROBE, PROBE], ...scenario });
  const { scenarios, diagnostics } = parseScenarios(text, 'literal');
  t.strictSame(diagnostics, []);
  return makePlan(scenarios[0]!, 'nft', 'full').phases.flatMap(({ flows }) =>
    flows.map(({ pace, probes }): [string, number] => [pace, probes.length]),
  );
}

/** A rule of chain web that remembers. */
const LIMITED = ['-A web -m limit --limit 1/minute -j DROP'];

const alone = (count: number) => Array.from({ length: count }, () => ['together', 1]);
/** One after the other: they share a memory. */
const sharing = (count: number) => Array.from({ length: count }, () => ['in turn', 1]);

t.test('single probes go in turn, with full patience too', async (t) => {
  t.strictSame(getFlows({}), [['in turn', 3]]);
});

t.test('those that people hold together are a flow of their own', async (t) => {
  const flows = getFlows({ probes: [PROBE, { ...PROBE, count: 4, parallel: true }, PROBE, PROBE] });
  t.strictSame(flows, [
    ['in turn', 1],
    ['together', 4],
    ['in turn', 2],
  ]);
});

t.test('a probe that a rule may remember waits for the one before', async (t) => {
  t.strictSame(getFlows({ rules: ['-A INPUT -m limit --limit 1/minute -j DROP'] }), sharing(3));
  t.strictSame(getFlows({ rules: ['-A INPUT -p tcp --sport 80 -m quota --quota 9 -j DROP'] }), sharing(3), 'so it is with an answer');
  t.strictSame(getFlows({ rules: ['-A INPUT -p icmp -m limit --limit 1/minute -j DROP'] }), sharing(3), 'and an ICMP error');
});

t.test('probes that share no memory do not wait for each other', async (t) => {
  const rules = [
    '-A INPUT -p tcp --dport 80 -m limit --limit 1/minute -j ACCEPT',
    '-A INPUT -p tcp --dport 81 -m recent --set --name list -j DROP',
    '-A INPUT -p tcp --dport 82 -m recent --rcheck --name list -j DROP',
  ];
  const to = (port: number) => ({ ...PROBE, to: `tcp://127.0.0.2:${port}` });
  t.strictSame(getFlows({ rules, probes: [to(80), to(81), to(83), to(80)] }), [
    ['in turn', 3],
    ['in turn', 1],
  ]);
  t.strictSame(getFlows({ rules, probes: [to(81), to(82), to(80)] }), [
    ['in turn', 1],
    ['in turn', 2],
  ]);
});

t.test('a probe that a rule may give the port of another waits for that one', async (t) => {
  const nat = (target: string) => getFlows({ rules: [`-t nat -A POSTROUTING -p tcp -j ${target}`] });
  t.strictSame(nat('SNAT --to-source 127.0.0.9:5000'), alone(3));
  t.strictSame(nat('SNAT --to-source 127.0.0.9-127.0.0.11:5000-5001'), alone(3));
  t.strictSame(nat('MASQUERADE --to-ports 5000-5001'), alone(3));
  t.strictSame(nat('SNAT --random --to-source :5000'), alone(3));
  t.strictSame(nat('SNAT --to-source 127.0.0.9'), [['in turn', 3]]);
  t.strictSame(nat('MASQUERADE'), [['in turn', 3]]);
  t.strictSame(nat('MASQUERADE --random'), [['in turn', 3]]);
});

t.test('what no rule remembers, or none that decides, overlaps', async (t) => {
  const overlapping = [
    ['-A INPUT -m limit --limit 1/minute -j LOG'],
    ['-A INPUT -m limit --limit 1/minute -j MARK --set-mark 1'],
    ['-A INPUT -p tcp --dport 22 -m recent --rcheck -j DROP', '-A INPUT -m recent --name other --set'],
    ['-A INPUT -s 127.0.0.9 -m limit --limit 1/minute -j DROP', '-A INPUT -i eth0 -m quota --quota 9 -j DROP'],
    ['-N web', '-A INPUT -p tcp -m multiport --dports 22,443 -j web', '-A web -p tcp -m connlimit --connlimit-above 5 -j DROP'],
    ['-A INPUT -m statistic --mode random --probability 0.5 -j DROP'],
    ['-N web', '-A INPUT -p tcp --dport 22 -j web', ...LIMITED, 'ip6tables -N web', 'ip6tables -A INPUT -j web'],
    ['-N web', '-A INPUT -p tcp --dport 22 -j web', ...LIMITED, '-t mangle -N web', '-t mangle -A INPUT -j web'],
    ['-N web', '-N far', '-A INPUT -p tcp --dport 80 -j far', '-A far -s 127.0.0.9 -j web', ...LIMITED],
    ['-N web', ...LIMITED],
    ['ip6tables -A INPUT -m limit --limit 1/minute -j DROP'],
  ];
  for (const rules of overlapping) {
    t.strictSame(getFlows({ rules }), [['in turn', 3]], rules.join(' '));
  }
});

t.test('in doubt each waits: a mark that is asked for, a list that another rule reads, a chain that is reached, NAT', async (t) => {
  const waiting = [
    ['-A INPUT -m limit --limit 1/minute -j MARK --set-mark 1', '-A INPUT -m mark --mark 1 -j DROP'],
    ['-N web', '-N far', '-A INPUT -p tcp --dport 80 -j far', '-A far -s 127.0.0.1 -j web', ...LIMITED],
    ['-N web', '-A INPUT -p tcp --dport 22 -j web', '-A INPUT -p tcp --dport 80 -j web', ...LIMITED],
    ['-A INPUT -m recent --set', '-A INPUT -p tcp --dport 22 -m recent --rcheck -j DROP'],
    ['-N web', '-A INPUT -p tcp -m multiport --dports 80,443 -j web', '-A web -p tcp -m connlimit --connlimit-above 5 -j DROP'],
  ];
  for (const rules of waiting) {
    t.strictSame(getFlows({ rules }), sharing(3), rules.join(' '));
  }
  const translated = [
    '-A INPUT -p tcp --dport 8080 -m quota --quota 9 -j DROP',
    '-t nat -A OUTPUT -p tcp --dport 80 -j REDIRECT --to-ports 8080',
  ];
  t.strictSame(getFlows({ rules: translated }), alone(3));
});

t.test('so it is where there are interfaces, and from a port that a client has for its own', async (t) => {
  t.strictSame(getFlows({ interfaces: { eth0: { addresses: ['192.0.2.1/24'] } } }), alone(3));
  const clients = { app: { address: '127.0.0.9', port: 4000 } };
  t.strictSame(getFlows({ clients, probes: [PROBE, { ...PROBE, from: 'app' }, PROBE] }), [
    ['in turn', 1],
    ['together', 1],
    ['in turn', 1],
  ]);
});

t.test('and to a real program, and on connections that stay open', async (t) => {
  const servers = {
    real: { protocol: 'tcp', address: '127.0.0.2', port: 80, command: ['true'] },
    own: 'tcp://127.0.0.3:81',
  };
  const own = { ...PROBE, to: 'own', expect: 'connected' };
  t.strictSame(getFlows({ servers, probes: [own, { ...PROBE, to: 'real', expect: 'connected' }, own] }), [
    ['in turn', 1],
    ['together', 1],
    ['in turn', 1],
  ]);
  t.strictSame(getFlows({ servers, probes: [own, { ...own, open: 'a' }, { ...own, use: 'a' }] }), [['in turn', 1], ...alone(2)]);
});
