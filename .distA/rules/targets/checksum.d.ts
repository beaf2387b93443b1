import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), CHECKSUM. */
export declare const checksum: TargetExtension;
