import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), CONNMARK. */
export declare const connmark: TargetExtension;
