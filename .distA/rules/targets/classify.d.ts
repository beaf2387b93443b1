import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), CLASSIFY. */
export declare const classify: TargetExtension;
