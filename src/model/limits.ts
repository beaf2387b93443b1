/** The ports of clients: the kernel's default range (net.ipv4.ip_local_port_range). loopfw chooses the ports of its clients from it too. */
export const CLIENT_PORTS = { first: 32768, last: 60999 } as const;

/**
 * The size of libuv's thread pool in the sandbox: blocking clients wait in it. libuv starts all threads with the first, and aborts where it
 * cannot.
 */
export const BLOCKING_THREADS = 64;
