import { writeFileSync } from 'node:fs';
import { EnvironmentError, InternalError } from '../errors.js';
/**
 * Sets kernel settings of the calling thread's network namespace, by their sysctl(8) names, in their order.
 * @throws InternalError where the kernel refuses one · EnvironmentError where none can be set
 */
export function writeSysctls(settings) {
    for (const [name, value] of Object.entries(settings)) {
        writeSysctl(name, value);
    }
}
function writeSysctl(name, value) {
    try {
        writeFileSync(getPath(name), value);
    }
    catch (error) {
        const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
        if (code === 'EROFS') {
            throw new EnvironmentError(`sysctl ${name} cannot be set, for /proc/sys is read-only: in a container, docker run --privileged or --security-opt systempaths=unconfined`);
        }
        const reason = code === 'ENOENT' ? 'this kernel has no such setting in a network namespace' : code;
        throw new InternalError(`sysctl ${name} cannot be set to ${value}: ${reason}`);
    }
}
/** /proc/sys is the calling thread's. An interface's name may have dots in it (eth0.10), so that not every dot of the whole is a slash. */
function getPath(name) {
    const [, before, device, key] = /^(net\.ipv[46]\.(?:conf|neigh))\.(.+)\.([a-z_]+)$/.exec(name) ?? [];
    const parts = device === undefined ? name.split('.') : [...(before ?? '').split('.'), device, key];
    return `/proc/sys/${parts.join('/')}`;
}
