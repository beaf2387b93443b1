import { readlinkSync } from 'node:fs';
/** Names the network namespace of the calling thread, as `net:[inode]` (proc_pid_ns(5)). */
export function getNetworkNamespace() {
    return readlinkSync('/proc/thread-self/ns/net');
}
