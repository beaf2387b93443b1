/** The guard: throws unless the calling thread has left the network namespace that loopfw was called in. */
export declare function assertOutsideNetworkNamespace(callers: string): void;
