import type { Extension } from '../extension.js';
/** iptables-extensions(8), sctp. */
export declare const sctp: Extension;
