import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), TRACE. */
export declare const trace: TargetExtension;
