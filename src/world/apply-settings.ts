import { hasIPv6 } from '../kernel/read-surroundings.js';
import { writeSysctls } from '../kernel/write-sysctls.js';
import type { Settings } from './settings.js';

/** Writes loopfw's settings to the calling thread's network namespace. IPv6 settings are omitted if the kernel has no IPv6. */
export function applySettings(settings: Settings): void {
  const isThere = ([name]: [string, string]) => !name.startsWith('net.ipv6.') || hasIPv6();
  writeSysctls(Object.fromEntries(Object.entries(settings).filter(isThere)));
}
