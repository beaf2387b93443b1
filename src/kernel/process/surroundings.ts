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

interface ContainerSign {
  container: NonNullable<Surroundings['container']>;
  /** A file or variable that the container has. Not every runtime makes it: a build by BuildKit has none, for example. */
  isSeen: () => boolean;
  /** The folder on the host from which the runtime mounts the root or a file of /etc. */
  folder: RegExp;
}

/** How containers are recognized. Kubernetes comes first: a pod is also a container of some container runtime. */
const CONTAINERS: ContainerSign[] = [
  { container: 'kubernetes', isSeen: () => process.env['KUBERNETES_SERVICE_HOST'] !== undefined, folder: /\/kubelet\/pods\// },
  { container: 'podman', isSeen: () => existsSync('/run/.containerenv'), folder: /\/containers\/storage\/|\/overlay-containers\// },
  { container: 'docker', isSeen: () => existsSync('/.dockerenv'), folder: /\/docker\/(containers|overlay2|buildkit)\// },
];

/** What a container runtime mounts in every container. A host has mounts from the same folders, but elsewhere. */
const OF_RUNTIME = ['/', '/etc/hosts', '/etc/hostname', '/etc/resolv.conf'];

/** The container that mounts show. @param mounts the text of /proc/self/mountinfo (proc_pid_mountinfo(5)) */
export function findContainer(mounts: string): Surroundings['container'] {
  const lines = mounts.split('\n').filter((line) => OF_RUNTIME.includes(line.split(' ')[4] ?? ''));
  return CONTAINERS.find(({ folder }) => lines.some((line) => folder.test(line)))?.container ?? null;
}

/** Reads the facts about this machine that decide about loopfw's rights. It tries nothing. */
export function readSurroundings(): Surroundings {
  const status = readStatus();
  const isRoot = process.getuid?.() === 0;
  return {
    isRoot,
    container: CONTAINERS.find(({ isSeen }) => isSeen())?.container ?? findContainer(readText('/proc/self/mountinfo') ?? ''),
    isGitHub: process.env['GITHUB_ACTIONS'] === 'true',
    isInWorld: process.env['LOOPFW_CONTROL'] !== undefined,
    isFiltered: readField(status, 'Seccomp') === '2',
    missingCapabilities: readMissingCapabilities(isRoot ? 'CapEff' : 'CapBnd', status),
    settings: Object.fromEntries(SETTINGS.map((name) => [name, readSetting(name)])) as Record<Setting, number | null>,
  };
}

/**
 * The capabilities that loopfw needs as root and that are not in a set of this process.
 * @param set the effective set, or the bounding set: what root could have that starts in the same place
 * @param status the text of /proc/self/status
 */
export function readMissingCapabilities(set: 'CapEff' | 'CapBnd', status = readStatus()): string[] {
  const there = BigInt(`0x${readField(status, set) ?? '0'}`);
  return NEEDED.filter((name) => ((there >> BigInt(CAPABILITIES[name])) & 1n) === 0n);
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
