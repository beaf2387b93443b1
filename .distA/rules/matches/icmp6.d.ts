import type { Extension } from '../extension.js';
/** iptables-extensions(8), icmp6. */
export declare const icmp6: Extension;
