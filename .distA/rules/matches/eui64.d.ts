import type { Extension } from '../extension.js';
/** iptables-extensions(8), eui64. */
export declare const eui64: Extension;
