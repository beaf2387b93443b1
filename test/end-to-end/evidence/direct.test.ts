// TCP clients and servers by system calls see what those of node:net see. The two share no code of sockets.
import t from 'tap';
import { parseScenarios } from '../../../src/input/scenario/parse.js';
import type { Result } from '../../../src/model/result.js';
import { makePlan } from '../../../src/plan/plan.js';
import { withEventLoop } from '../../support/event-loop.js';
import { readLibrary } from '../../support/library.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

/** Times, and places in the file. */
const UNSTABLE = ['startedAt', 'headline', 'durationMs', 'elapsedMs', 'waitedMs', 'tracedMs', 'messages', 'line', 'column'];

/** The scenarios of the library that need no other file, and whose clients are direct. */
const LIBRARY: object[] = readLibrary().flatMap(({ scenario }) => (isDirect(scenario) ? [scenario] : []));

const LONG = 'loopfw '.repeat(9_000);

/**
 * Scenarios whose outcomes and causes are compared, but not their packets. In the event loop it is chance whether a banner or the client's
 * data comes first. And node:net closes a refused connection at once, with a FIN.
 */
const OTHER_PACKETS = /^(banners|an ACK)/;
const OF_PACKETS = ['journey', 'packets', 'bytes'];

/** What clients and servers say to each other. */
const TALKS: { name: string; clients?: object; servers: object; rules: string[]; probes: object[] }[] = [
  {
    name: 'banners and echoes',
    servers: {
      echo: 'tcp://127.0.0.2:7',
      ssh: { protocol: 'tcp', address: '127.0.0.2', port: 22, banner: 'SSH-2.0-loopfw' },
      smtp: { protocol: 'tcp', address: '::1', port: 25, banner: '220 loopfw' },
    },
    rules: ['-A INPUT -d 127.0.0.3 -j DROP'],
    probes: [
      { from: '127.0.0.1', to: 'echo', send: 'hello', expect: { outcome: 'connected', reply: 'hello' } },
      { from: '127.0.0.1', to: 'echo', send: LONG, expect: { outcome: 'connected', reply: 'loopfw loopfw' } },
      { from: '127.0.0.1', to: 'ssh', expect: { outcome: 'connected', reply: 'SSH-2.0' } },
      { from: '127.0.0.1', to: 'ssh', send: 'hello', expect: { outcome: 'connected', reply: 'hello' } },
      { from: '127.0.0.1', to: 'ssh', expect: 'connected' },
      { from: '::1', to: 'smtp', expect: { outcome: 'connected', reply: '220' } },
      { from: '127.0.0.1', to: 'ssh', timeoutMs: 300, expect: { reply: 'something else' } },
    ],
  },
  {
    // SO_ERROR has the ICMP error, although the connection goes on.
    name: 'an ACK of the handshake is rejected',
    servers: { web: 'tcp://127.0.0.2:80' },
    rules: ['-A INPUT -p tcp --dport 80 --tcp-flags SYN,ACK ACK -j REJECT'],
    probes: [{ from: '127.0.0.1', to: 'web', expect: { outcome: 'refused', cause: 'rejected', rule: 0 } }],
  },
  {
    name: 'every refusal',
    clients: { fixed: { address: '127.0.0.1', port: 5000 } },
    servers: { web: 'tcp://127.0.0.2:8000-8009', six: 'tcp://[::1]:8000-8009' },
    rules: [
      '-A INPUT -p tcp --dport 8000 -j REJECT --reject-with icmp-port-unreachable',
      '-A INPUT -p tcp --dport 8001 -j REJECT --reject-with icmp-host-unreachable',
      '-A INPUT -p tcp --dport 8002 -j REJECT --reject-with icmp-net-unreachable',
      '-A INPUT -p tcp --dport 8003 -j REJECT --reject-with icmp-proto-unreachable',
      '-A INPUT -p tcp --dport 8004 -j REJECT --reject-with icmp-admin-prohibited',
      '-A INPUT -p tcp --dport 8005 -j REJECT --reject-with tcp-reset',
      '-A INPUT -p tcp --dport 8006 -j DROP',
      '-A INPUT -p tcp --sport 8007 -j DROP',
      '-A INPUT -p tcp --dport 8008 --tcp-flags SYN,ACK ACK -j REJECT --reject-with tcp-reset',
      '-A OUTPUT -p tcp --dport 8009 -j REJECT --reject-with tcp-reset',
      'ip6tables -A INPUT -p tcp --dport 8000 -j REJECT --reject-with icmp6-adm-prohibited',
      'ip6tables -A INPUT -p tcp --dport 8001 -j REJECT --reject-with tcp-reset',
      'ip6tables -A INPUT -p tcp --dport 8002 -j REJECT --reject-with icmp6-addr-unreachable',
      'ip6tables -A INPUT -p tcp --sport 8003 -j DROP',
    ],
    probes: [
      ...Array.from({ length: 11 }, (_, place) => ({ from: '127.0.0.1', to: `tcp://127.0.0.2:${8000 + place}`, timeoutMs: 300 })),
      { from: '127.0.0.1', to: 'tcp://127.0.0.2:8008', send: 'hello', timeoutMs: 300 },
      { from: 'fixed', to: 'tcp://127.0.0.2:8006', timeoutMs: 300 },
      { from: '127.0.0.1', to: 'tcp://10.1.2.3:80', timeoutMs: 300 },
      ...Array.from({ length: 5 }, (_, place) => ({ from: '::1', to: `tcp://[::1]:${8000 + place}`, timeoutMs: 300 })),
    ].map((probe) => ({ ...probe, expect: 'connected' })),
  },
];

for (const backend of ['nft', 'legacy']) {
  t.test(`${backend}: the same outcomes, causes, journeys and counters`, async (t) => {
    const scenarios = [...LIBRARY, ...TALKS, ...TALKS.map(atOnce)];
    // They wait for clients most of the time.
    const [direct, inEventLoop] = await Promise.all([run(scenarios, backend), run(scenarios.map(withEventLoop), backend)]);
    t.ok(direct.scenarios.length > 30, `${direct.scenarios.length} scenarios`);
    for (const [place, scenario] of direct.scenarios.entries()) {
      const ignored = [...UNSTABLE, ...(OTHER_PACKETS.test(scenario.name) ? OF_PACKETS : [])];
      t.strictSame(without(ignored, scenario), without(ignored, inEventLoop.scenarios[place]), scenario.name);
    }
  });
}

function isDirect(scenario: object): boolean {
  const [parsed] = parseScenarios(JSON.stringify(scenario), 'scenario.json').scenarios;
  return parsed !== undefined && makePlan(parsed, 'nft', 'proof').isDirect;
}

function atOnce({ probes, ...scenario }: (typeof TALKS)[number]) {
  return { ...scenario, name: `${scenario.name} at once`, probes: probes.map((probe) => ({ ...probe, parallel: true })) };
}

async function run(scenarios: object[], backend: string): Promise<Result> {
  return readResult(await loopfw(['run', '-r', 'json', '--no-advice', '--backend', backend, '-'], { input: JSON.stringify(scenarios) }));
}

function without(ignored: string[], scenario: unknown): unknown {
  return JSON.parse(
    JSON.stringify(scenario, (key, value: unknown) => {
      if (ignored.includes(key)) {
        return undefined;
      }
      return key === 'explanation' && typeof value === 'string' ? value.replaceAll(/\d+(\.\d+)? m?s\b/g, 'N') : value;
    }),
  );
}
