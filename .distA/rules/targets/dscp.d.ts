import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), DSCP. */
export declare const dscp: TargetExtension;
