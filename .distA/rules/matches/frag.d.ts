import type { Extension } from '../extension.js';
/** iptables-extensions(8), frag. */
export declare const frag: Extension;
