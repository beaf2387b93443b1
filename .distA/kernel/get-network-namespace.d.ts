/** Names the network namespace of the calling thread, as `net:[inode]` (proc_pid_ns(5)). */
export declare function getNetworkNamespace(): string;
