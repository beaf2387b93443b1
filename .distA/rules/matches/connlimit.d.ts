import type { Extension } from '../extension.js';
/** iptables-extensions(8), connlimit. */
export declare const connlimit: Extension;
