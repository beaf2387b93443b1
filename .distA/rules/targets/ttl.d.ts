import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), TTL. */
export declare const ttl: TargetExtension;
