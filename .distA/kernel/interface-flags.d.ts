/** Brings an interface of the calling thread's namespace up (netdevice(7)). A new namespace's lo is down. */
export declare function bringUp(interfaceName: string): void;
/** Takes it down again: its addresses stay, of IPv4, and every route by it goes. */
export declare function takeDown(interfaceName: string): void;
/** Whether the kernel has taken notice of a carrier; before that, what is sent is lost. */
export declare function isRunning(interfaceName: string): boolean;
