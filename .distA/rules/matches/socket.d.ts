import type { Extension } from '../extension.js';
/** iptables-extensions(8), socket. */
export declare const socket: Extension;
