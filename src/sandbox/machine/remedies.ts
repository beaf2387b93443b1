import type { Surroundings } from '../../model/examination.js';

/** A reason why a sandbox may not start. */
type Obstacle =
  | 'world'
  | 'net-namespace-limit'
  | 'pid-namespace-limit'
  | 'user-namespace-limit'
  | 'user-namespaces-off'
  | 'apparmor'
  | 'github-container'
  | 'kubernetes'
  | 'podman'
  | 'docker'
  | 'capabilities'
  | 'seccomp';

interface Remedy {
  /** Whether this machine has the obstacle. */
  isThere(s: Surroundings): boolean;
  /** Whether the obstacle alone prevents every sandbox. Less certain remedies are then left out. */
  isCertain: boolean;
  /** The reason, and the exact command or setting. */
  getText(s: Surroundings): string;
}

/** One network namespace is for the sandbox, and one for its world. */
const NEEDED_NET_NAMESPACES = 2;
const ENOUGH = 10_000;

const REMEDIES = {
  world: {
    isThere: ({ isInWorld, isRoot }) => isInWorld && !isRoot,
    isCertain: true,
    getText: () =>
      'this is the shell of a world, and an ordinary user cannot make another world in it: leave it (exit), or use another terminal',
  },
  'net-namespace-limit': {
    isThere: ({ settings }) => (settings['user.max_net_namespaces'] ?? NEEDED_NET_NAMESPACES) < NEEDED_NET_NAMESPACES,
    isCertain: true,
    getText: ({ settings }) => raise('user.max_net_namespaces', settings['user.max_net_namespaces'], 'network'),
  },
  'pid-namespace-limit': {
    isThere: ({ settings }) => settings['user.max_pid_namespaces'] === 0,
    isCertain: true,
    getText: ({ settings }) => raise('user.max_pid_namespaces', settings['user.max_pid_namespaces'], 'pid'),
  },
  'user-namespace-limit': {
    isThere: ({ isRoot, settings }) => !isRoot && settings['user.max_user_namespaces'] === 0,
    isCertain: true,
    getText: ({ settings }) => raise('user.max_user_namespaces', settings['user.max_user_namespaces'], 'user'),
  },
  'user-namespaces-off': {
    isThere: ({ isRoot, settings }) => !isRoot && settings['kernel.unprivileged_userns_clone'] === 0,
    isCertain: true,
    getText: (s) =>
      `kernel.unprivileged_userns_clone is 0, so only root may make user namespaces: as root on the host, sysctl --write kernel.unprivileged_userns_clone=1${orAsRoot(s)}`,
  },
  apparmor: {
    isThere: ({ isRoot, settings }) => !isRoot && settings['kernel.apparmor_restrict_unprivileged_userns'] === 1,
    isCertain: false,
    getText: (s) =>
      s.isGitHub && s.container === null
        ? 'GitHub\'s ubuntu-24.04 restricts user namespaces by AppArmor: put a step before, - run: sudo sysctl --write kernel.apparmor_restrict_unprivileged_userns=0; or run loopfw by sudo env "PATH=$PATH" …'
        : `AppArmor restricts user namespaces, as on Ubuntu 24.04 (kernel.apparmor_restrict_unprivileged_userns is 1): as root on the host, sysctl --write kernel.apparmor_restrict_unprivileged_userns=0${orAsRoot(s)}`,
  },
  'github-container': {
    isThere: (s) => s.container === 'docker' && s.isGitHub && isWeak(s),
    isCertain: false,
    getText: () => 'a job in a container on GitHub has not the rights: in the workflow, container: { image: …, options: --privileged }',
  },
  kubernetes: {
    isThere: (s) => s.container === 'kubernetes' && isWeak(s),
    isCertain: false,
    getText: (s) =>
      `a pod has not the rights unless it is given them: in the container's spec, securityContext: { privileged: true }; or, in the pod's, hostUsers: false and, in the container's, securityContext: { runAsUser: 0, capabilities: { add: [${listCapabilities(s).join(', ')}] } }`,
  },
  podman: {
    isThere: (s) => s.container === 'podman' && isWeak(s),
    isCertain: false,
    getText: (s) =>
      `podman gives a container too few capabilities: podman run --init ${toOptions(listCapabilities(s, ['NET_RAW']))} …, and loopfw as root in it; or podman run --init --privileged …`,
  },
  docker: {
    isThere: (s) => s.container === 'docker' && !s.isGitHub && isWeak(s),
    isCertain: false,
    getText: (s) =>
      `Docker's default denies namespaces: docker run --init ${toOptions(listCapabilities(s))} …, and loopfw as root in it; or as an ordinary user, docker run --init --security-opt seccomp=unconfined …; or docker run --init --privileged …`,
  },
  capabilities: {
    isThere: ({ container, missingCapabilities }) => container === null && missingCapabilities.length > 0,
    isCertain: false,
    getText: (s) =>
      s.isRoot && mayMakeUserNamespaces(s)
        ? `root is without ${s.missingCapabilities.join(', ')} here: run loopfw as an ordinary user, or where root has them (a systemd service: CapabilityBoundingSet=)`
        : `root is without ${s.missingCapabilities.join(', ')} here, as in a container: docker run --init ${toOptions(listCapabilities(s))} …${s.isRoot ? '' : ', and loopfw as root in it'}, or docker run --init --privileged … (podman and nerdctl have the same options; in a build, RUN --security=insecure); in a systemd service, CapabilityBoundingSet= with them`,
  },
  seccomp: {
    isThere: ({ isFiltered }) => isFiltered,
    isCertain: false,
    getText: () =>
      'a seccomp filter is in force (Seccomp: 2 in /proc/self/status) and may deny unshare(2): in a container, --security-opt seccomp=unconfined; in Kubernetes, securityContext: { seccompProfile: { type: Unconfined } }; in a systemd service, RestrictNamespaces=no and no SystemCallFilter= without unshare; else start loopfw outside the program that set the filter',
  },
} satisfies Record<Obstacle, Remedy>;

function getUnknown({ isRoot }: Surroundings): string {
  return `loopfw knows of nothing that prevents it: the kernel may be without CONFIG_USER_NS, CONFIG_PID_NS or CONFIG_NET_NS, or a security module denies it (journalctl --dmesg says which); run loopfw ${isRoot ? '' : 'as root, or '}in a virtual machine`;
}

const NAMESPACES_USED_UP = `this user has as many namespaces as it may: wait until others have ended; or as root on the host, sysctl --write ${['net', 'pid', 'user'].map((kind) => `user.max_${kind}_namespaces=${ENOUGH}`).join(' ')}`;

/**
 * The remedies where no sandbox can be started, each with its reason, the likeliest first.
 * @param denial the message of the attempt that failed
 */
export function findRemedies(surroundings: Surroundings, denial = ''): string[] {
  const there = Object.values<Remedy>(REMEDIES).filter((remedy) => remedy.isThere(surroundings));
  const certain = there.filter(({ isCertain }) => isCertain);
  // unshare(2) has failed with ENOSPC: the limit may be that of an outer user namespace, which is not visible here.
  if (certain.length === 0 && denial.includes('No space left on device')) {
    return [NAMESPACES_USED_UP];
  }
  const texts = (certain.length > 0 ? certain : there).map((remedy) => remedy.getText(surroundings));
  return texts.length > 0 ? texts : [getUnknown(surroundings)];
}

/**
 * The capabilities to give to a container, without CAP_ before the names. They are those that loopfw needs beyond the default, and those
 * that root lacks here.
 */
function listCapabilities({ missingCapabilities }: Surroundings, others: string[] = []): string[] {
  return [...new Set(['SYS_ADMIN', 'NET_ADMIN', ...others, ...missingCapabilities.map((name) => name.replace(/^CAP_/, ''))])];
}

function toOptions(capabilities: string[]): string {
  return capabilities.map((name) => `--cap-add ${name}`).join(' ');
}

/** The other way for an ordinary user, where root can start loopfw. */
function orAsRoot({ missingCapabilities }: Surroundings): string {
  return missingCapabilities.length === 0 ? '; or run loopfw as root' : '';
}

/** Whether the caller is an ordinary user, or a root without all capabilities. The settings of the container decide that. */
function isWeak({ isRoot, missingCapabilities }: Surroundings): boolean {
  return !isRoot || missingCapabilities.length > 0;
}

/** Whether nothing that is seen keeps an ordinary user from making user namespaces. */
function mayMakeUserNamespaces({ isFiltered, settings }: Surroundings): boolean {
  const isOff =
    settings['user.max_user_namespaces'] === 0 ||
    settings['kernel.unprivileged_userns_clone'] === 0 ||
    settings['kernel.apparmor_restrict_unprivileged_userns'] === 1;
  return !isFiltered && !isOff;
}

function raise(setting: string, value: number | null, what: string): string {
  return `${setting} is ${value}, so too few ${what} namespaces can be made: as root, in the namespace that set it or on the host, sysctl --write ${setting}=${ENOUGH}`;
}
