/** One network namespace is the sandbox's, one its world's. */
const NEEDED_NET_NAMESPACES = 2;
const ENOUGH = 10_000;
const REMEDIES = {
    'net-namespace-limit': {
        isThere: ({ settings }) => (settings['user.max_net_namespaces'] ?? NEEDED_NET_NAMESPACES) < NEEDED_NET_NAMESPACES,
        isCertain: true,
        getText: ({ settings }) => raise('user.max_net_namespaces', settings['user.max_net_namespaces'], 'network'),
    },
    'user-namespace-limit': {
        isThere: ({ isRoot, settings }) => !isRoot && settings['user.max_user_namespaces'] === 0,
        isCertain: true,
        getText: ({ settings }) => raise('user.max_user_namespaces', settings['user.max_user_namespaces'], 'user'),
    },
    'user-namespaces-off': {
        isThere: ({ isRoot, settings }) => !isRoot && settings['kernel.unprivileged_userns_clone'] === 0,
        isCertain: true,
        getText: () => 'kernel.unprivileged_userns_clone is 0, so only root may make user namespaces: as root on the host, sysctl --write kernel.unprivileged_userns_clone=1; or run loopfw as root',
    },
    apparmor: {
        isThere: ({ isRoot, settings }) => !isRoot && settings['kernel.apparmor_restrict_unprivileged_userns'] === 1,
        isCertain: false,
        getText: ({ isGitHub, container }) => isGitHub && container === null
            ? 'GitHub\'s ubuntu-24.04 restricts user namespaces by AppArmor: put a step before, - run: sudo sysctl --write kernel.apparmor_restrict_unprivileged_userns=0; or run loopfw by sudo env "PATH=$PATH" …'
            : 'AppArmor restricts user namespaces, as on Ubuntu 24.04 (kernel.apparmor_restrict_unprivileged_userns is 1): as root on the host, sysctl --write kernel.apparmor_restrict_unprivileged_userns=0; or run loopfw as root',
    },
    'github-container': {
        isThere: (s) => s.container === 'docker' && s.isGitHub && isWeak(s),
        isCertain: false,
        getText: () => 'a job in a container on GitHub has not the rights: in the workflow, container: { image: …, options: --privileged }',
    },
    kubernetes: {
        isThere: (s) => s.container === 'kubernetes' && isWeak(s),
        isCertain: false,
        getText: () => "a pod has not the rights unless it is given them: in the container's spec, securityContext: { privileged: true }; or, in the pod's, hostUsers: false and, in the container's, securityContext: { runAsUser: 0, capabilities: { add: [SYS_ADMIN, NET_ADMIN] } }",
    },
    podman: {
        isThere: (s) => s.container === 'podman' && isWeak(s),
        isCertain: false,
        getText: () => 'podman gives a container too few capabilities: podman run --init --cap-add SYS_ADMIN --cap-add NET_ADMIN --cap-add NET_RAW …, and loopfw as root in it; or podman run --init --privileged …',
    },
    docker: {
        isThere: (s) => s.container === 'docker' && !s.isGitHub && isWeak(s),
        isCertain: false,
        getText: () => "Docker's default denies namespaces: docker run --init --cap-add SYS_ADMIN --cap-add NET_ADMIN …, and loopfw as root in it; or as an ordinary user, docker run --init --security-opt seccomp=unconfined …; or docker run --init --privileged …",
    },
    capabilities: {
        isThere: ({ isRoot, container, missingCapabilities }) => isRoot && container === null && missingCapabilities.length > 0,
        isCertain: false,
        getText: ({ missingCapabilities }) => `this root lacks ${missingCapabilities.join(', ')}: run loopfw as an ordinary user, or where root has them (a systemd service: CapabilityBoundingSet=)`,
    },
    seccomp: {
        isThere: ({ isFiltered }) => isFiltered,
        isCertain: false,
        getText: () => 'a seccomp filter is in force (Seccomp: 2 in /proc/self/status) and may deny unshare(2): in a container, --security-opt seccomp=unconfined; in Kubernetes, securityContext: { seccompProfile: { type: Unconfined } }; in a systemd service, RestrictNamespaces=no and no SystemCallFilter= without unshare; else start loopfw outside the program that set the filter',
    },
};
const UNKNOWN = 'nothing that loopfw knows of stands in the way: the kernel may be without CONFIG_USER_NS, CONFIG_PID_NS or CONFIG_NET_NS, or a security module denies it (journalctl --dmesg says which); run loopfw as root, or in a virtual machine';
/** What to do where no sandbox can be started, each with its reason, the likeliest first. */
export function findRemedies(surroundings) {
    const there = Object.values(REMEDIES).filter((remedy) => remedy.isThere(surroundings));
    const certain = there.filter(({ isCertain }) => isCertain);
    const texts = (certain.length > 0 ? certain : there).map((remedy) => remedy.getText(surroundings));
    return texts.length > 0 ? texts : [UNKNOWN];
}
/** Whether it is an ordinary user, or a root that was given too little: what a container's settings decide. */
function isWeak({ isRoot, missingCapabilities }) {
    return !isRoot || missingCapabilities.length > 0;
}
function raise(setting, value, what) {
    return `${setting} is ${value}, so too few ${what} namespaces can be made: as root, in the namespace that set it or on the host, sysctl --write ${setting}=${ENOUGH}`;
}
