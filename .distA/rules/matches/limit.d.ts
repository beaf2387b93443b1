import type { Extension } from '../extension.js';
/** iptables-extensions(8), limit. */
export declare const limit: Extension;
