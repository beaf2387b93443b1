import type { Extension } from '../extension.js';
/** iptables-extensions(8), tos. */
export declare const tos: Extension;
