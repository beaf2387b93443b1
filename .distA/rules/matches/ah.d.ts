import type { Extension } from '../extension.js';
/** iptables-extensions(8), ah. */
export declare const ah: Extension;
