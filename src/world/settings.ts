import type { WorldSpec } from '../model/scenario.js';
import { isIPv6Text } from '../words/addresses.js';

/** Kernel settings by their sysctl(8) names. */
export type Settings = Record<string, string>;

/** Else the kernel leaves ICMP errors out on every interface but lo, by destination and as a whole: of 100 REJECTs 8 were seen. */
const NO_RATE_LIMITS: Settings = {
  'net.ipv4.icmp_ratemask': '0',
  'net.ipv4.icmp_ratelimit': '0',
  'net.ipv6.icmp.ratelimit': '0',
};

/** What a new namespace has of the host's own, be that what it may (net.core.devconf_inherit_init_net). */
const NOT_THE_HOSTS: Settings = Object.fromEntries(
  ['accept_local', 'arp_ignore', 'route_localnet', 'rp_filter', 'src_valid_mark'].flatMap((key) =>
    ['all', 'default'].map((device) => [`net.ipv4.conf.${device}.${key}`, '0']),
  ),
);

/** What IPv6 says by itself, at any time, would be in the counters and in the trace. Each interface that needs it turns it on. */
const QUIET: Settings = {
  'net.ipv6.conf.default.disable_ipv6': '1',
  'net.ipv6.conf.default.accept_ra': '0',
  // 1: no link-local address of the kernel's own
  'net.ipv6.conf.default.addr_gen_mode': '1',
  // Groups are reported at once, and then again after a part of eleven days.
  'net.ipv6.conf.default.force_mld_version': '1',
  'net.ipv6.conf.default.mldv1_unsolicited_report_interval': '1000000000',
};

/** How long a neighbour is believed to be where it was: a question to it would come at any time, too. */
const REACHABLE_MS = '86400000';

/** What a world has before its interfaces are made. One with lo alone needs none: there is no rate limit on lo, and /proc/sys may be read-only. */
export function getWorldSettings({ interfaces, loopback }: WorldSpec): Settings {
  const forwarding = interfaces.length > 1 ? '1' : '0';
  return {
    // 127.0.0.0/8 and ::1 are nobody's while lo is down. Clients can bind them all the same, and see what one sees who binds nothing.
    ...(loopback === 'down' ? { 'net.ipv4.ip_nonlocal_bind': '1', 'net.ipv6.ip_nonlocal_bind': '1' } : {}),
    ...(interfaces.length === 0
      ? {}
      : { ...NO_RATE_LIMITS, 'net.ipv4.ip_forward': forwarding, 'net.ipv6.conf.all.forwarding': forwarding, ...NOT_THE_HOSTS, ...QUIET }),
  };
}

/** What an outside has before its end of the veth is made. */
export const OUTSIDE_SETTINGS: Settings = { ...NO_RATE_LIMITS, 'net.ipv4.ip_forward': '0', ...NOT_THE_HOSTS, ...QUIET };

/** What an end of a veth has before it is brought up. */
export function getLinkSettings(name: string, addresses: string[]): Settings {
  const hasIPv6 = addresses.some(isIPv6Text);
  return {
    [`net.ipv4.neigh.${name}.base_reachable_time_ms`]: REACHABLE_MS,
    ...(hasIPv6 ? { [`net.ipv6.conf.${name}.disable_ipv6`]: '0', [`net.ipv6.neigh.${name}.base_reachable_time_ms`]: REACHABLE_MS } : {}),
  };
}
