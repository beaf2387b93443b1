import type { Extension } from '../extension.js';
/** iptables-extensions(8), u32. */
export declare const u32: Extension;
