import type { Extension } from '../extension.js';
/** iptables-extensions(8), helper. */
export declare const helper: Extension;
