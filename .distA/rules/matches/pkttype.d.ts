import type { Extension } from '../extension.js';
/** iptables-extensions(8), pkttype. */
export declare const pkttype: Extension;
