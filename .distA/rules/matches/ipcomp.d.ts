import type { Extension } from '../extension.js';
/** iptables-extensions(8), ipcomp. */
export declare const ipcomp: Extension;
