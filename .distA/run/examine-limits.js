const LIMITS = {
    'open files': {
        getValue: ({ openFiles }) => openFiles,
        // 200 controls at once, two sockets each, and as many again for servers and what Node itself opens.
        enough: 1024,
        bindsRoot: true,
        remedy: 'in the shell that starts loopfw, ulimit -n 4096; for a container, docker run --ulimit nofile=4096',
    },
    'net.core.rmem_max': {
        getValue: ({ surroundings }) => surroundings.settings['net.core.rmem_max'],
        // At 1,280 bytes a message, four messages a dropped SYN: some 400 of those between two looks, for the kernel doubles it.
        enough: 1 << 20,
        bindsRoot: false,
        remedy: 'as root on the host, sysctl --write net.core.rmem_max=33554432; or run loopfw as root',
    },
    'user.max_user_namespaces': {
        getValue: ({ surroundings }) => surroundings.settings['user.max_user_namespaces'],
        enough: 16,
        bindsRoot: false,
        remedy: 'as root on the host, sysctl --write user.max_user_namespaces=10000',
    },
    'user.max_net_namespaces': {
        getValue: ({ surroundings }) => surroundings.settings['user.max_net_namespaces'],
        enough: 64,
        bindsRoot: true,
        remedy: 'as root on the host, sysctl --write user.max_net_namespaces=10000',
    },
};
/** Holds the limits that bind this caller against what loopfw can use. A low one is never in the way of a small suite. */
export function examineLimits(host) {
    return Object.entries(LIMITS)
        .filter(([, { bindsRoot }]) => bindsRoot || !host.surroundings.isRoot)
        .map(([name, { getValue, enough, remedy }]) => {
        const value = getValue(host);
        const known = { kind: 'limit', name, needed: false };
        if (value === null) {
            return { ...known, state: 'untried', cause: 'this kernel does not show it here' };
        }
        return value >= enough
            ? { ...known, state: 'works', detail: `${value}` }
            : { ...known, state: 'fails', cause: `${value} is low: ${enough} or more are enough`, remedies: [remedy] };
    });
}
