import type { Extension } from '../extension.js';
/** iptables-extensions(8), icmp. */
export declare const icmp: Extension;
