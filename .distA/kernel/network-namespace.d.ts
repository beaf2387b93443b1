/** Moves the calling thread into a new, empty network namespace (unshare(2)). Sockets made before stay where they were made. */
export declare function enterNewNetworkNamespace(): void;
/** A descriptor of the calling thread's network namespace, for this thread or another of this process to enter. */
export declare function openNetworkNamespace(): number;
/** Moves the calling thread into a network namespace (setns(2)). */
export declare function enterNetworkNamespace(descriptor: number): void;
