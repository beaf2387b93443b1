import { existsSync, readFileSync } from 'node:fs';
import { CAPABILITIES } from './capabilities.js';
const SETTINGS = [
    'kernel.apparmor_restrict_unprivileged_userns',
    'kernel.unprivileged_userns_clone',
    'net.core.rmem_max',
    'user.max_net_namespaces',
    'user.max_user_namespaces',
];
/** Without these root can neither make the sandbox nor give up its privileges in it. */
const NEEDED = ['CAP_SYS_ADMIN', 'CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_SETPCAP', 'CAP_SETUID', 'CAP_SETGID'];
/** Signs of a container. A pod is one of some container runtime's too, so Kubernetes is asked for first. */
const CONTAINERS = [
    ['kubernetes', () => process.env['KUBERNETES_SERVICE_HOST'] !== undefined],
    ['podman', () => existsSync('/run/.containerenv')],
    ['docker', () => existsSync('/.dockerenv')],
];
/** Looks at what loopfw's rights hang on. Nothing is tried. */
export function readSurroundings() {
    const status = readText('/proc/self/status') ?? '';
    const effective = BigInt(`0x${readField(status, 'CapEff') ?? '0'}`);
    return {
        isRoot: process.getuid?.() === 0,
        container: CONTAINERS.find(([, isIn]) => isIn())?.[0] ?? null,
        isGitHub: process.env['GITHUB_ACTIONS'] === 'true',
        isFiltered: readField(status, 'Seccomp') === '2',
        missingCapabilities: NEEDED.filter((name) => ((effective >> BigInt(CAPABILITIES[name])) & 1n) === 0n),
        settings: Object.fromEntries(SETTINGS.map((name) => [name, readSetting(name)])),
    };
}
/** The soft limit of open files (proc_pid_limits(5)), which what loopfw starts inherits; null where there is none. */
export function readOpenFilesLimit() {
    const [, limit] = /^Max open files\s+(\d+)/m.exec(readText('/proc/self/limits') ?? '') ?? [];
    return limit === undefined ? null : Number(limit);
}
/** Whether this kernel has IPv6, and it was not switched off when it started. */
export function hasIPv6() {
    return existsSync('/proc/net/if_inet6');
}
function readSetting(name) {
    const text = readText(`/proc/sys/${name.replaceAll('.', '/')}`);
    return text === null ? null : Number(text);
}
/** A field of proc_pid_status(5). */
function readField(status, name) {
    return new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? null;
}
function readText(path) {
    try {
        return readFileSync(path, 'utf8');
    }
    catch {
        return null; // not on this kernel, or not for this caller
    }
}
