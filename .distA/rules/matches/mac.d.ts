import type { Extension } from '../extension.js';
/** iptables-extensions(8), mac. */
export declare const mac: Extension;
