import type { Backend } from './result.js';
import type { Family } from './rule.js';

/** The limits that `loopfw doctor` checks: ulimit(1) names and sysctl(8) names. */
export type LimitName =
  'open files' | 'processes' | 'net.core.rmem_max' | 'user.max_user_namespaces' | 'user.max_net_namespaces' | 'user.max_pid_namespaces';

/** The commands that a part of loopfw needs: those of a back end, those for native rule sets, or those for ipsets. */
export type CommandSet = Backend | 'native' | 'ipset';

/** What `loopfw doctor` tries. */
export type Capability =
  | { kind: 'namespaces'; rootless: boolean }
  | { kind: 'commands'; set: CommandSet }
  | { kind: 'loopback' }
  | { kind: 'firewall'; backend: Backend; family: Family }
  | { kind: 'native' }
  | { kind: 'ipset' }
  | { kind: 'icmp' }
  | { kind: 'veth' }
  /** What faults need: that SYNs can be held, and that connections can be ended. */
  | { kind: 'faults'; part: 'hold' | 'end' }
  | { kind: 'limit'; name: LimitName };

export type Trial =
  | { state: 'works'; detail: string }
  | { state: 'fails'; cause: string; /** each with its reason, the likeliest first */ remedies: string[] }
  | { state: 'untried'; cause: string };

export interface Versions {
  loopfw: string;
  node: string;
  kernel: string;
}

/** One line of the examination: the versions, or a capability with the result of its trial. */
export type Finding =
  | ({ kind: 'versions' } & Versions)
  /** needed: loopfw cannot work on the nft back end without it */
  | (Capability & Trial & { needed: boolean });

/** The result of `loopfw doctor`. */
export interface Examination {
  /** Whether everything works that the nft back end needs. */
  usable: boolean;
  /** In the order of the trials. */
  findings: Finding[];
}

/** The sysctl(8) name of a kernel setting that decides whether loopfw may make namespaces, or how well it works in them. */
export type Setting =
  | 'kernel.apparmor_restrict_unprivileged_userns'
  | 'kernel.unprivileged_userns_clone'
  | 'net.core.rmem_max'
  | 'user.max_net_namespaces'
  | 'user.max_pid_namespaces'
  | 'user.max_user_namespaces';

/** The environment of the loopfw process, as far as it can be read without a trial. It decides what loopfw may do. */
export interface Surroundings {
  /** Whether the caller is root, possibly only in a user namespace. */
  isRoot: boolean;
  container: 'docker' | 'podman' | 'kubernetes' | null;
  isGitHub: boolean;
  /** Whether this process is a program in a world of loopfw. */
  isInWorld: boolean;
  /** Whether a seccomp filter is active (seccomp(2)). */
  isFiltered: boolean;
  /** Capabilities that loopfw needs as root and that root does not have here. For an ordinary user they are those that root cannot have either. */
  missingCapabilities: string[];
  /** null: this kernel does not have the setting or does not show it. */
  settings: Record<Setting, number | null>;
}
