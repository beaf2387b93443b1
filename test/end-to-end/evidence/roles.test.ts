// Who sent each packet of a journey, to whom, in answer to what, and what became of it.
import t from 'tap';
import type { Packet } from '../../../src/model/result.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const WEB = {
  servers: { web: 'tcp://127.0.0.1:8000' },
  clients: { app: '127.0.0.1' },
  probes: [{ from: 'app', to: 'web', expect: 'refused' }],
};
const say = ({ kind, direction, sender, causedBy, fate }: Packet) => `${kind}: ${direction} of ${sender} to ${causedBy}, ${fate}`;

const CASES: Record<string, { rules: string[]; probes?: object[]; expected: string[] }> = {
  'the error of a REJECT that the same rule rejects': {
    rules: ['-A INPUT -s 127.0.0.1 -j REJECT'],
    expected: ['syn: request of client to null, ended', 'icmp-error: answer of firewall to 0, ended'],
  },
  'a REJECT that the client hears of': {
    rules: ['-A INPUT -p tcp --dport 8000 -j REJECT --reject-with tcp-reset'],
    expected: ['syn: request of client to null, ended', 'rst: answer of firewall to 0, arrived'],
  },
  'a rejected answer: the server is told': {
    rules: ['-A INPUT -p tcp --sport 8000 -j REJECT --reject-with tcp-reset'],
    expected: [
      'syn: request of client to null, arrived',
      'syn-ack: answer of server to 0, ended',
      'rst: request of firewall to 1, arrived',
    ],
  },
  'nothing listens': {
    rules: ['-A INPUT -j ACCEPT'],
    probes: [{ from: 'app', to: 'udp://127.0.0.1:9', expect: 'closed' }],
    expected: ['udp: request of client to null, arrived', 'icmp-error: answer of server to 0, arrived'],
  },
};

for (const backend of ['nft', 'legacy']) {
  for (const [name, { rules, expected, ...more }] of Object.entries(CASES)) {
    t.test(`${name}, ${backend}`, async (t) => {
      const scenario = { name, backend, rules, ...WEB, ...more };
      const result = readResult(await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify(scenario) }));
      t.strictSame(result.scenarios[0]?.probes[0]?.journey.map(say), expected);
    });
  }
}

t.test('routing loses a packet; NAT rewrites one; a chain is of loopfw alone', async (t) => {
  const scenario = {
    name: 'a router',
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
    clients: { out: { address: '192.0.2.9', via: 'eth0' }, app: '127.0.0.1' },
    rules: ['-t nat -A OUTPUT -d 127.0.0.9 -p tcp -j DNAT --to-destination 127.0.0.1:8000'],
    servers: WEB.servers,
    probes: [
      { from: 'out', to: 'tcp://203.0.113.1:80', expect: 'not-routed' },
      { from: 'app', to: 'tcp://127.0.0.9:80', expect: 'connected' },
    ],
  };
  const result = readResult(await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify(scenario) }));
  const [lost, rewritten] = result.scenarios[0]?.probes ?? [];
  t.match(lost?.journey[0], { kind: 'syn', fate: 'lost' });
  t.match(lost, { client: 'out', clientPlace: { interface: 'eth0', bridge: null }, server: null });
  const steps = rewritten?.journey[0]?.steps ?? [];
  t.match(
    steps.find(({ table }) => table === 'nat'),
    { chain: 'OUTPUT', rule: 0, rewrites: { destination: '127.0.0.1:8000' } },
  );
  t.match(
    steps.find(({ table }) => table === 'raw'),
    { chain: 'OUTPUT', own: true },
  );
  t.strictSame(
    steps.filter(({ rule }) => rule !== null).map(({ own }) => own),
    [undefined],
  );
  t.match(result.scenarios[0]?.rules[0], { table: 'nat', chain: 'OUTPUT', target: 'DNAT' });
});
