import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), TCPMSS. */
export declare const tcpmss: TargetExtension;
