import type { Extension } from '../extension.js';
/** iptables-extensions(8), dccp. */
export declare const dccp: Extension;
