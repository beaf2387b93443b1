import { readFileSync, writeFileSync } from 'node:fs';
import { EnvironmentError, InternalError, UsageError } from '../../model/errors.js';

/**
 * Sets kernel settings of the calling thread's network namespace in their order, by their sysctl(8) names.
 * @throws UsageError where the kernel does not take a value · InternalError where it refuses one otherwise · EnvironmentError where /proc/sys is read-only, or br_netfilter is not loaded
 */
export function writeSysctls(settings: Record<string, string>): void {
  for (const [name, value] of Object.entries(settings)) {
    writeSysctl(name, value);
  }
}

/** The value of a kernel setting of the calling thread's network namespace. null if the kernel has no such setting. */
export function readSysctl(name: string): string | null {
  try {
    return readFileSync(getPath(name), 'utf8').trim();
  } catch {
    return null;
  }
}

function writeSysctl(name: string, value: string): void {
  try {
    writeFileSync(getPath(name), value);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    if (code === 'EROFS') {
      throw new EnvironmentError(
        `sysctl ${name} cannot be set, for /proc/sys is read-only: in a container, docker run --privileged or --security-opt systempaths=unconfined`,
      );
    }
    if (code === 'ENOENT' && name.startsWith('net.bridge.')) {
      throw new EnvironmentError(`this kernel has no ${name}, and so packets on a bridge meet no rule of iptables`, [
        'as root on the host, modprobe br_netfilter',
      ]);
    }
    const reason = code === 'ENOENT' ? 'this kernel has no such setting in a network namespace' : code;
    throw new (code === 'EINVAL' ? UsageError : InternalError)(`sysctl ${name} cannot be set to ${value}: ${reason}`);
  }
}

/**
 * The path in /proc/sys, which shows the calling thread's namespace. An interface name may contain dots (eth0.10): not every dot becomes a
 * slash.
 */
function getPath(name: string): string {
  const [, before, device, key] = /^(net\.ipv[46]\.(?:conf|neigh))\.(.+)\.([a-z_]+)$/.exec(name) ?? [];
  const parts = device === undefined ? name.split('.') : [...(before ?? '').split('.'), device, key];
  return `/proc/sys/${parts.join('/')}`;
}
