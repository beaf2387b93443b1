import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), MARK. */
export declare const mark: TargetExtension;
