/** The kernel's number for an interface of the calling thread's namespace (netdevice(7)). */
export declare function getInterfaceIndex(name: string): number;
