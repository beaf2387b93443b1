import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), ECN. */
export declare const ecn: TargetExtension;
