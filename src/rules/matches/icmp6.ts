import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { icmpType } from '../values/icmp-type.js';

/** The ICMPv6 types by name, as `ip6tables -p ipv6-icmp -h` lists them. */
const NAMES = {
  'destination-unreachable': '1',
  'no-route': '1/0',
  'communication-prohibited': '1/1',
  'beyond-scope': '1/2',
  'address-unreachable': '1/3',
  'port-unreachable': '1/4',
  'failed-policy': '1/5',
  'reject-route': '1/6',
  'packet-too-big': '2',
  'time-exceeded': '3',
  'ttl-exceeded': '3',
  'ttl-zero-during-transit': '3/0',
  'ttl-zero-during-reassembly': '3/1',
  'parameter-problem': '4',
  'bad-header': '4/0',
  'unknown-header-type': '4/1',
  'unknown-option': '4/2',
  'echo-request': '128',
  ping: '128',
  'echo-reply': '129',
  pong: '129',
  'router-solicitation': '133',
  'router-advertisement': '134',
  'neighbour-solicitation': '135',
  'neighbor-solicitation': '135',
  'neighbour-advertisement': '136',
  'neighbor-advertisement': '136',
  redirect: '137',
};

/** iptables-extensions(8), icmp6. */
export const icmp6: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'packet',
  isPlain: true,
  families: ['ipv6'],
  protocols: ['ipv6-icmp'],
  isImplied: true,
  least: 1,
  most: 1,
  options: [{ flag: '--icmpv6-type', values: [icmpType(NAMES)], negatable: true }],
};
