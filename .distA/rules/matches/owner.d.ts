import type { Extension } from '../extension.js';
/** iptables-extensions(8), owner. In a user namespace only users that are mapped there can be named. */
export declare const owner: Extension;
