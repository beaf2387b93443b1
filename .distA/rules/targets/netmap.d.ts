import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), NETMAP. */
export declare const netmap: TargetExtension;
