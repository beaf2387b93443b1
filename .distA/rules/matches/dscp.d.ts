import type { Extension } from '../extension.js';
/** iptables-extensions(8), dscp. */
export declare const dscp: Extension;
