import type { Extension } from '../extension.js';
/** iptables-extensions(8), policy, with one element. */
export declare const policy: Extension;
