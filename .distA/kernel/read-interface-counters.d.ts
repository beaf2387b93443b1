import type { InterfaceCounters } from '../model/evidence.js';
/**
 * How many packets each interface of the calling thread's network namespace has had (proc_pid_net(5)), but for IPv6's multicast: that is
 * the kernel's own talk of neighbours and groups, which comes when it likes (of 60 idle interfaces one had a packet of it).
 */
export declare function readInterfaceCounters(): InterfaceCounters[];
