import type { Extension } from '../extension.js';
/** iptables-extensions(8), tcpmss. */
export declare const tcpmss: Extension;
