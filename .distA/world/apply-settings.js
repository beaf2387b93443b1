import { hasIPv6 } from '../kernel/read-surroundings.js';
import { writeSysctls } from '../kernel/write-sysctls.js';
/** Gives the calling thread's network namespace settings of loopfw's own; a kernel without IPv6 has none for it. */
export function applySettings(settings) {
    const isThere = ([name]) => !name.startsWith('net.ipv6.') || hasIPv6();
    writeSysctls(Object.fromEntries(Object.entries(settings).filter(isThere)));
}
