import { existsSync, readFileSync } from 'node:fs';
import type { Setting, Surroundings } from '../../model/examination.js';
import { CAPABILITIES } from './identity.js';

const SETTINGS = [
  'kernel.apparmor_restrict_unprivileged_userns',
  'kernel.unprivileged_userns_clone',
  'net.core.rmem_max',
  'user.max_net_namespaces',
  'user.max_pid_namespaces',
  'user.max_user_namespaces',
] as const satisfies Setting[];

/** Without these capabilities root can neither make the sandbox nor give up its privileges in it. */
const NEEDED = [
  ...['CAP_SYS_ADMIN', 'CAP_NET_ADMIN', 'CAP_NET_RAW', 'CAP_NET_BIND_SERVICE'],
  ...['CAP_SETPCAP', 'CAP_SETUID', 'CAP_SETGID'],
] as (keyof typeof CAPABILITIES)[];

/** How containers are recognized. Kubernetes comes first: a pod is also a container of some container runtime. */
const CONTAINERS: [NonNullable<Surroundings['container']>, isIn: () => boolean][] = [
  ['kubernetes', () => process.env['KUBERNETES_SERVICE_HOST'] !== undefined],
  ['podman', () => existsSync('/run/.containerenv')],
  ['docker', () => existsSync('/.dockerenv')],
];

/** Reads the facts about this machine that decide about loopfw's rights. It tries nothing. */
export function readSurroundings(): Surroundings {
  const status = readStatus();
  return {
    isRoot: process.getuid?.() === 0,
    container: CONTAINERS.find(([, isIn]) => isIn())?.[0] ?? null,
    isGitHub: process.env['GITHUB_ACTIONS'] === 'true',
    isFiltered: readField(status, 'Seccomp') === '2',
    missingCapabilities: readMissingCapabilities(status),
    settings: Object.fromEntries(SETTINGS.map((name) => [name, readSetting(name)])) as Record<Setting, number | null>,
  };
}

/** The capabilities that loopfw needs as root and this process lacks. @param status the text of /proc/self/status */
export function readMissingCapabilities(status = readStatus()): string[] {
  const effective = BigInt(`0x${readField(status, 'CapEff') ?? '0'}`);
  return NEEDED.filter((name) => ((effective >> BigInt(CAPABILITIES[name])) & 1n) === 0n);
}

/** The soft limits of this process, which its children inherit (proc_pid_limits(5)). null where there is no limit. */
export function readLimits(): { openFiles: number | null; processes: number | null; addressSpaceBytes: number | null } {
  const text = readText('/proc/self/limits') ?? '';
  const read = (line: RegExp) => {
    const [, limit] = line.exec(text) ?? [];
    return limit === undefined ? null : Number(limit);
  };
  return {
    openFiles: read(/^Max open files\s+(\d+)/m),
    processes: read(/^Max processes\s+(\d+)/m),
    addressSpaceBytes: read(/^Max address space\s+(\d+)/m),
  };
}

export function readOpenFilesLimit(): number | null {
  return readLimits().openFiles;
}

/** Whether this kernel has IPv6. It is false also where IPv6 was switched off at boot. */
export function hasIPv6(): boolean {
  return existsSync('/proc/net/if_inet6');
}

function readSetting(name: Setting): number | null {
  const text = readText(`/proc/sys/${name.replaceAll('.', '/')}`);
  return text === null ? null : Number(text);
}

function readStatus(): string {
  return readText('/proc/self/status') ?? '';
}

/** A field of proc_pid_status(5). */
function readField(status: string, name: string): string | null {
  return new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? null;
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null; // the kernel has no such file, or the caller may not read it
  }
}
