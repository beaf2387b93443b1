/** A kernel setting that decides whether loopfw may make namespaces, or how well it fares in them; by its sysctl(8) name. */
export type Setting =
  | 'kernel.apparmor_restrict_unprivileged_userns'
  | 'kernel.unprivileged_userns_clone'
  | 'net.core.rmem_max'
  | 'user.max_net_namespaces'
  | 'user.max_pid_namespaces'
  | 'user.max_user_namespaces';

/** What is around the process that loopfw was called in: all that its rights hang on, as far as they can be seen without trying. */
export interface Surroundings {
  /** Whether the caller is root, be it in a user namespace. */
  isRoot: boolean;
  container: 'docker' | 'podman' | 'kubernetes' | null;
  isGitHub: boolean;
  /** Whether a seccomp filter is in force (seccomp(2)). */
  isFiltered: boolean;
  /** Those that loopfw needs as root and has not got. */
  missingCapabilities: string[];
  /** null: this kernel has no such setting, or does not show it. */
  settings: Record<Setting, number | null>;
}
