import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), TOS. */
export declare const tos: TargetExtension;
