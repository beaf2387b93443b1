import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), HL. */
export declare const hl: TargetExtension;
