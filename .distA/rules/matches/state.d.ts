import type { Extension } from '../extension.js';
/** iptables-extensions(8), state: the same as conntrack's --ctstate, but iptables-save keeps the two apart. */
export declare const state: Extension;
