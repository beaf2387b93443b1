// Packets in fragments, in a world without connection tracking, which would put them together before most rules see them.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const BASE = {
  backend: ['nft', 'legacy'],
  interfaces: { eth0: { addresses: ['192.0.2.1/24', '2001:db8:1::1/64'] } },
  clients: { four: { address: '192.0.2.9', via: 'eth0' }, six: { address: '2001:db8:1::9', via: 'eth0' } },
  servers: { dns: 'udp://192.0.2.1:53', 'dns-6': 'udp://[2001:db8:1::1]:53' },
};
const probe = (from: string, to: string, expect: unknown) => ({ from, to, send: { bytes: 3000 }, timeoutMs: 500, expect });

t.test('the first fragment tells the ports, or the identifier of an echo', async (t) => {
  const scenario = {
    ...BASE,
    name: 'fragments',
    rules: ['ip6tables -A INPUT -p udp --dport 54 -j DROP'],
    probes: [
      probe('four', 'dns', 'service'),
      probe('six', 'dns-6', 'service'),
      probe('six', 'icmp://[2001:db8:1::1]', 'service'),
      probe('six', 'udp://[2001:db8:1::1]:54', { cause: 'dropped', rule: 0 }),
    ],
  };
  for (const ordinary of [false, true]) {
    const { summary, scenarios } = readResult(await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify(scenario), ordinary }));
    t.match(summary, { probes: 8, passed: 8 });
    for (const { backend, probes } of scenarios) {
      t.match(probes[1]?.journey[0], { fragment: true, kind: 'udp', destination: '[2001:db8:1::1]:53' }, backend);
      t.match(probes[2]?.journey[0], { fragment: true, kind: 'echo' }, backend);
    }
  }
});

t.test('a rule that ends a later fragment of IPv6, which the trace of nft does not show', async (t) => {
  const scenario = {
    ...BASE,
    name: 'later fragments',
    rules: ['ip6tables -A INPUT -p icmpv6 -j ACCEPT', 'ip6tables -A INPUT -p udp --dport 53 -j ACCEPT', 'ip6tables -P INPUT DROP'],
    probes: [probe('six', 'dns-6', 'dropped')],
  };
  const { scenarios } = readResult(await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify(scenario) }));
  t.match(
    scenarios.map(({ backend, probes }) => ({ backend, ...probes[0] })),
    [
      { backend: 'nft', status: 'inconclusive', cause: 'unexplained' },
      { backend: 'legacy', status: 'passed', cause: 'dropped', rule: { isPolicy: true } },
    ],
  );
});
