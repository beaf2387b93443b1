import type { Extension } from '../extension.js';
/** iptables-extensions(8), iprange. */
export declare const iprange: Extension;
