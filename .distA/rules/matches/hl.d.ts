import type { Extension } from '../extension.js';
/** iptables-extensions(8), hl. */
export declare const hl: Extension;
