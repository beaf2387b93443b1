import type { Extension } from '../extension.js';
/** iptables-extensions(8), recent. A list lives in its network namespace. */
export declare const recent: Extension;
