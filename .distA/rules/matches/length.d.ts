import type { Extension } from '../extension.js';
/** iptables-extensions(8), length. */
export declare const length: Extension;
