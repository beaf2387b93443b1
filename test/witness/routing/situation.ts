// A world with two interfaces, one probe, and what routing has to decide: as a scenario file, and as commands of a shell.
import type { Cause } from '../../../src/model/result.js';

export type Family = 'ipv4' | 'ipv6';

export interface Situation {
  name: string;
  family: Family;
  /** forwarded: a machine outside of eth0 sends it. own: the world itself. */
  place: 'forwarded' | 'own';
  protocol: 'tcp' | 'udp';
  sysctl: Record<string, number>;
  routes: string[];
  ipRules: string[];
  /** Command lines of iptables, or of ip6tables. */
  rules: string[];
  /** Or rules of nft, for prerouting. */
  native: string[];
  from: string;
  /** An address and a port. */
  to: string;
  /** The header that routing sees. */
  routed: { source: string; destination: string; inInterface: string | null; mark: number };
}

export const WORLD: Record<Family, string> = { ipv4: '192.0.2.1', ipv6: '2001:db8:1::1' };
export const CLIENT: Record<Family, string> = { ipv4: '192.0.2.9', ipv6: '2001:db8:1::9' };
export const BEHIND: Record<Family, string> = { ipv4: '198.51.100.7', ipv6: '2001:db8:2::7' };
export const NOBODY: Record<Family, string> = { ipv4: '198.51.100.77', ipv6: '2001:db8:2::77' };
export const NOWHERE: Record<Family, string> = { ipv4: '203.0.113.7', ipv6: '2001:db8:3::7' };
/** The network of the address that is nowhere. */
export const NETWORK: Record<Family, string> = { ipv4: '203.0.113.0/24', ipv6: '2001:db8:3::/64' };
export const INTERFACES = { eth0: ['192.0.2.1/24', '2001:db8:1::1/64'], eth1: ['198.51.100.1/24', '2001:db8:2::1/64'] };

export const bracket = (address: string) => (address.includes(':') ? `[${address}]` : address);

/** Longer than the kernel asks for a neighbour, and shorter than a SYN waits before it is sent again. */
const LIMIT_MS = 450;

export type Backend = 'nft' | 'legacy';

export const printNative = ({ native }: Situation) =>
  `table inet source {\n chain early {\n type filter hook prerouting priority -350;\n ${native.join('\n ')}\n }\n}\n`;

/**
 * The situation as a scenario of loopfw.
 * @param native the file that has the text of printNative(), where the situation has rules of nft
 */
export function makeScenario(situation: Situation & { cause: Cause }, backend: Backend, native: string): object {
  const { name, cause, family, place, protocol, sysctl, routes, ipRules, rules, from, to } = situation;
  return {
    name: `${name}, ${backend}`,
    interfaces: Object.fromEntries(Object.entries(INTERFACES).map(([device, addresses]) => [device, { addresses }])),
    sysctl,
    routes,
    ipRules,
    clients: { out: { address: place === 'own' ? CLIENT[family] : from, via: 'eth0' } },
    servers: { behind: { protocol, address: BEHIND[family], port: 80, via: 'eth1' } },
    ...(situation.native.length === 0 ? { backend, rules } : { ruleset: { file: native } }),
    probes: [{ from: place === 'own' ? from : 'out', to: `${protocol}://${to}`, timeoutMs: LIMIT_MS, expect: cause }],
  };
}
