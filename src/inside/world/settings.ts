import { writeSysctls } from '../../kernel/network/sysctls.js';
import { hasGivenUpRoot } from '../../kernel/process/identity.js';
import { hasIPv6 } from '../../kernel/process/surroundings.js';
import { EnvironmentError } from '../../model/errors.js';
import type { WorldSpec } from '../../model/scenario.js';
import { isIPv6Text } from '../../words/addresses.js';

/** Kernel settings by their sysctl(8) names. */
export type Settings = Record<string, string>;

/**
 * Turns off the rate limits for ICMP errors. On interfaces other than lo, the kernel limits them for each destination and in total. Of 100
 * REJECTs, 8 were seen.
 */
const NO_RATE_LIMITS: Settings = {
  'net.ipv4.icmp_ratemask': '0',
  'net.ipv4.icmp_ratelimit': '0',
  'net.ipv6.icmp.ratelimit': '0',
};

/**
 * Settings that a new namespace may inherit from the host (net.core.devconf_inherit_init_net). They get the kernel's default whatever the
 * host has.
 */
const HOST_INDEPENDENT: Settings = {
  'net.ipv4.ip_forward': '0',
  'net.ipv6.conf.all.forwarding': '0',
  ...Object.fromEntries(
    ['accept_local', 'arp_ignore', 'route_localnet', 'rp_filter', 'src_valid_mark'].flatMap((key) =>
      ['all', 'default'].map((device) => [`net.ipv4.conf.${device}.${key}`, '0']),
    ),
  ),
};

/**
 * Turns off IPv6 by default. Its unasked packets would appear in the counters and in the trace. Each interface that needs IPv6 turns it on.
 */
const WITHOUT_IPV6_NOISE: Settings = {
  'net.ipv6.conf.default.disable_ipv6': '1',
  'net.ipv6.conf.default.accept_ra': '0',
  // 1: no link-local address made by the kernel
  'net.ipv6.conf.default.addr_gen_mode': '1',
  // MLD reports a group at once, and again after a random part of this interval: eleven days.
  'net.ipv6.conf.default.force_mld_version': '1',
  'net.ipv6.conf.default.mldv1_unsolicited_report_interval': '1000000000',
};

/**
 * Lets a program without capabilities use low ports, and send echo requests (ICMP sockets, icmp(7)). In a container /proc/sys may be
 * read-only; the program then goes without.
 */
export function allowProgramSockets(): void {
  const groups = hasGivenUpRoot() ? ALL_GROUPS : `${process.getgid?.()} ${process.getgid?.()}`;
  try {
    writeSysctls({ 'net.ipv4.ip_unprivileged_port_start': '0', 'net.ipv4.ping_group_range': groups });
  } catch (error) {
    if (!(error instanceof EnvironmentError)) {
      throw error;
    }
  }
}

const ALL_GROUPS = `0 ${2 ** 31 - 1}`;

/** The pause between two requests for a neighbour. After three of them the kernel gives up: after 0.3 s instead of 3. */
const RETRANSMIT_MS = '100';

/** How long a neighbour entry stays valid: a day. After that, the kernel could send a request at any time. */
const REACHABLE_MS = '86400000';

/** The settings of a machine, and of a bridge outside, before it has a cable. */
export const OUTSIDE_SETTINGS: Settings = { ...NO_RATE_LIMITS, ...HOST_INDEPENDENT, ...WITHOUT_IPV6_NOISE };

/**
 * The settings of a machine that forwards to others behind the same interface. It does not tell the world of their direct way (redirects):
 * most routers of the real networks have them at another interface.
 */
export const ROUTER_SETTINGS: Settings = {
  'net.ipv4.ip_forward': '1',
  'net.ipv6.conf.all.forwarding': '1',
  'net.ipv4.conf.all.send_redirects': '0',
  'net.ipv4.conf.default.send_redirects': '0',
};

/**
 * The settings of a world before its interfaces are made. A world with lo only needs none if lo is up. lo has no rate limit, and /proc/sys
 * may be read-only.
 */
export function getWorldSettings({ interfaces, loopback }: WorldSpec): Settings {
  return {
    // While lo is down, 127.0.0.0/8 and ::1 are no local addresses. With these settings, clients can bind them all the same. They then see
    // what a client without bind(2) sees.
    ...(loopback === 'down' ? { 'net.ipv4.ip_nonlocal_bind': '1', 'net.ipv6.ip_nonlocal_bind': '1' } : {}),
    ...(interfaces.length === 0
      ? {}
      : {
          ...NO_RATE_LIMITS,
          ...HOST_INDEPENDENT,
          ...WITHOUT_IPV6_NOISE,
        }),
    ...(interfaces.some(({ kind }) => kind === 'bridge') ? getBridgeSettings(true) : {}),
  };
}

/** Whether the packets on bridges of the calling thread's namespace meet its rules (br_netfilter). */
export function getBridgeSettings(isOn: boolean): Settings {
  const value = isOn ? '1' : '0';
  return { 'net.bridge.bridge-nf-call-iptables': value, 'net.bridge.bridge-nf-call-ip6tables': value };
}

/** The settings of an end of a veth before it is brought up. */
export function getLinkSettings(name: string, addresses: string[]): Settings {
  const hasIPv6 = addresses.some(isIPv6Text);
  return {
    [`net.ipv4.neigh.${name}.base_reachable_time_ms`]: REACHABLE_MS,
    [`net.ipv4.neigh.${name}.retrans_time_ms`]: RETRANSMIT_MS,
    ...(hasIPv6
      ? {
          [`net.ipv6.conf.${name}.disable_ipv6`]: '0',
          [`net.ipv6.neigh.${name}.base_reachable_time_ms`]: REACHABLE_MS,
          [`net.ipv6.neigh.${name}.retrans_time_ms`]: RETRANSMIT_MS,
        }
      : {}),
  };
}

/**
 * Writes loopfw's settings to the calling thread's network namespace. IPv6 settings are omitted if the kernel has no IPv6.
 * @returns the settings that differ from the kernel's defaults
 */
export function applySettings(settings: Settings): Settings {
  const isThere = ([name]: [string, string]) => !name.startsWith('net.ipv6.') || hasIPv6();
  const written = Object.entries(settings).filter(isThere);
  writeSysctls(Object.fromEntries(written));
  return Object.fromEntries(written.filter(([name]) => HOST_INDEPENDENT[name] === undefined));
}
