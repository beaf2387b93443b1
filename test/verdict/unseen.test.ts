import t from 'tap';
import type { ProbeReport } from '../../src/model/evidence.js';
import type { InterfaceSpec, UnseenTable } from '../../src/model/scenario.js';
import { describeUnseen, listMetTables } from '../../src/verdict/unseen.js';

const table = (family: UnseenTable['family']): UnseenTable => ({ family, name: 'x', changes: false });
const ALL = [table('arp'), table('bridge'), table('netdev')];
const link = (kind: InterfaceSpec['kind']): InterfaceSpec => ({ name: 'eth0', kind, link: 'up', mtu: null, addresses: [], machines: [] });
const report = (outcome: ProbeReport['observed']['outcome'], cause: ProbeReport['cause'], errno: string | null = null) => ({
  observed: { outcome, errno, elapsedMs: 1, icmp: null, reply: null },
  cause,
});

t.test('what the packets of a world can meet: no ARP and no bridge on lo', async (t) => {
  const list = (interfaces: InterfaceSpec[]) => listMetTables(ALL, { interfaces }).map(({ family }) => family);
  t.strictSame([list([]), list([link('cable')]), list([link('bridge')])], [['netdev'], ['arp', 'netdev'], ['arp', 'bridge', 'netdev']]);
});

t.test('what the trace shows, and what the client was served, is not in doubt', async (t) => {
  for (const cause of ['dropped', 'answer-eaten', 'rejected', 'local'] as const) {
    t.equal(describeUnseen(report('timeout', cause), ALL), null);
  }
  t.equal(describeUnseen(report('connected', 'unexplained'), ALL), null);
  t.equal(describeUnseen(report('refused', 'no-listener'), ALL), null);
  t.equal(describeUnseen(report('timeout', 'silent'), []), null);
});

t.test('what is concluded from a trace that shows nothing is', async (t) => {
  for (const [outcome, cause] of [
    ['timeout', 'silent'],
    ['timeout', 'unexplained'],
    ['refused', 'unexplained'],
    ['unreachable', 'not-routed'],
  ] as const) {
    t.match(
      describeUnseen(report(outcome, cause), [table('netdev')]),
      `${outcome} was observed, and no trace shows whether a rule of netdev x made it so`,
    );
  }
  t.match(describeUnseen(report('unreachable', 'local', 'EHOSTUNREACH'), ALL), /a rule of arp x, bridge x, netdev x/);
  t.equal(describeUnseen(report('unreachable', 'local', 'EHOSTUNREACH'), [table('netdev')]), null);
});
