import type { Extension } from '../extension.js';
/** iptables-extensions(8), ttl. */
export declare const ttl: Extension;
