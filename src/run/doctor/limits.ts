import type { Finding, LimitName } from '../../model/examination.js';
import { type Host, LIMIT_REMEDIES } from '../../sandbox/machine/host.js';

interface Limit {
  getValue: (host: Host) => number | null;
  /** A smaller value is reported as low. */
  enough: number;
  /** Whether the limit also applies to root. */
  bindsRoot: boolean;
  remedy: string;
}

const LIMITS = {
  'open files': {
    getValue: ({ openFiles }) => openFiles,
    // 200 controls at once have two sockets each. Servers and Node.js itself need as many again.
    enough: 1024,
    bindsRoot: true,
    remedy: LIMIT_REMEDIES.openFiles,
  },
  processes: {
    // No limit is never too low.
    getValue: ({ processes }) => processes ?? Infinity,
    // loopfw has 11 threads. The sandbox has 11, and up to 64 more for blocking clients. Commands and the user's other processes come on
    // top.
    enough: 256,
    bindsRoot: false,
    remedy: LIMIT_REMEDIES.processes,
  },
  'net.core.rmem_max': {
    getValue: ({ surroundings }) => surroundings.settings['net.core.rmem_max'],
    // A message takes 1,280 bytes, and a dropped SYN makes four. The kernel doubles the value, so the buffer holds some 400 dropped SYNs
    // between two reads.
    enough: 1 << 20,
    bindsRoot: false,
    remedy: 'as root on the host, sysctl --write net.core.rmem_max=33554432; or run loopfw as root',
  },
  'user.max_user_namespaces': {
    getValue: ({ surroundings }) => surroundings.settings['user.max_user_namespaces'],
    enough: 16,
    bindsRoot: false,
    remedy: 'as root on the host, sysctl --write user.max_user_namespaces=10000',
  },
  'user.max_net_namespaces': {
    getValue: ({ surroundings }) => surroundings.settings['user.max_net_namespaces'],
    enough: 64,
    bindsRoot: true,
    remedy: 'as root on the host, sysctl --write user.max_net_namespaces=10000',
  },
  'user.max_pid_namespaces': {
    getValue: ({ surroundings }) => surroundings.settings['user.max_pid_namespaces'],
    enough: 16,
    bindsRoot: true,
    remedy: 'as root on the host, sysctl --write user.max_pid_namespaces=10000',
  },
} satisfies Record<LimitName, Limit>;

/** Compares the limits that apply to this caller with what loopfw can use. A low limit never prevents a small suite. */
export function examineLimits(host: Host): Finding[] {
  return (Object.entries(LIMITS) as [LimitName, Limit][])
    .filter(([, { bindsRoot }]) => bindsRoot || !host.surroundings.isRoot)
    .map(([name, { getValue, enough, remedy }]) => {
      const value = getValue(host);
      const known = { kind: 'limit', name, needed: false } as const;
      if (value === null) {
        return { ...known, state: 'untried', cause: 'this kernel does not show it here' };
      }
      return value >= enough
        ? { ...known, state: 'works', detail: value === Infinity ? 'no limit' : `${value}` }
        : { ...known, state: 'fails', cause: `${value} is low: ${enough} or more are enough`, remedies: [remedy] };
    });
}
