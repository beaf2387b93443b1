import type { Extension } from '../extension.js';
/** iptables-extensions(8), addrtype. */
export declare const addrtype: Extension;
