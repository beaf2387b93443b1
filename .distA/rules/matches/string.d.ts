import type { Extension } from '../extension.js';
/** iptables-extensions(8), string. */
export declare const string: Extension;
