import type { Advice } from '../../model/advice.js';
import type { Case } from '../case.js';
import { lookUp, type ReasonTable } from '../routing.js';
import { say } from './wording.js';

/** What to do about a reason; nothing if the reason itself shows it. */
const ADVICE: ReasonTable<Advice[]> = {
  forwarding: ({ setting }) => {
    const all = setting.startsWith('net.ipv6') ? setting : 'net.ipv4.ip_forward';
    return [
      {
        text: `Let the host forward: "sysctl": { "${all}": 1 } in the scenario, sysctl -w ${all}=1 on a machine.`,
        remedy: { kind: 'sysctl', values: { [all]: '1' } },
      },
    ];
  },
  martian: () => say('Look at what gives the packet this source: no host takes it from outside.'),
  localnet: ({ setting }) => [
    { text: `Let the kernel route such packets: "sysctl": { "${setting}": 1 }.`, remedy: { kind: 'sysctl', values: { [setting]: '1' } } },
    ...say(
      `Set ${setting} to 1 and give what leaves a source of the interface by MASQUERADE, or let NAT use an address that is not in 127.0.0.0/8.`,
    ),
  ],
  'no-route': (_, { address }) =>
    say(
      address === '::1'
        ? 'Let NAT use another address of this host, and the server listen on it: IPv6 has no route_localnet.'
        : `Give the world a route to ${address}, or an interface with an address of that network.`,
    ),
  prohibit: () => [],
  unreachable: () => [],
  blackhole: () => [],
  policy: () => say('Look at "ipRules": such a rule is asked before the routes, unless its priority puts it behind them.'),
  'rp-filter': ({ device }, { source }) => {
    const names = [`net.ipv4.conf.${device}.rp_filter`, 'net.ipv4.conf.all.rp_filter'];
    return [
      {
        text: `Let the kernel take packets from ${source} by ${device}: set rp_filter of ${device} and of "all" to 0. Another way, not tried: give ${source} a route by ${device}.`,
        remedy: { kind: 'sysctl', values: Object.fromEntries(names.map((name) => [name, '0'])) },
      },
    ];
  },
  'no-neighbour': ({ address: hop }, { address }) =>
    say(
      hop === address
        ? `Let a client or a server of the scenario have the address ${address}, or correct the address in the rule.`
        : `The route to ${address} is wrong, or the scenario has no machine there: correct the next hop ${hop}, or let a client or a server be at ${address}.`,
    ),
  hairpin: () =>
    say('Let another machine ask. On a real bridge, such a packet needs bridge link set dev PORT hairpin on, and a MASQUERADE.'),
  unknown: () => [],
};

/** Advises on the reason; nothing if there is nothing to advise. */
export function adviseOnRouting({ fate }: Pick<Case, 'fate'>): Advice[] {
  return fate?.kind === 'ended' || fate?.kind === 'unanswerable' ? lookUp(ADVICE, fate) : [];
}
