export declare const IFNAMSIZ = 16;
/** Asks of an interface of the calling thread's namespace, or changes it, by requests to ioctl(2) that share one ifreq (netdevice(7)). */
export declare function requestOfInterface<Answer>(name: string, work: (send: (request: number) => void, ifreq: Buffer) => Answer): Answer;
