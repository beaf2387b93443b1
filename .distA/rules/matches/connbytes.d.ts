import type { Extension } from '../extension.js';
/** iptables-extensions(8), connbytes. */
export declare const connbytes: Extension;
