import type { Extension } from '../extension.js';
/** iptables-extensions(8), comment. */
export declare const comment: Extension;
