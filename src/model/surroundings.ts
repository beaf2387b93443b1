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
  /** Whether a seccomp filter is active (seccomp(2)). */
  isFiltered: boolean;
  /** Capabilities that loopfw needs as root but does not have. */
  missingCapabilities: string[];
  /** null: this kernel does not have the setting or does not show it. */
  settings: Record<Setting, number | null>;
}
