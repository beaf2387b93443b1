import type { Extension } from '../extension.js';
/** iptables-extensions(8), multiport. */
export declare const multiport: Extension;
