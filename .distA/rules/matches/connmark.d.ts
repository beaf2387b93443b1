import type { Extension } from '../extension.js';
/** iptables-extensions(8), connmark. */
export declare const connmark: Extension;
