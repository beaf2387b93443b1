import type { Extension } from '../extension.js';
/** iptables-extensions(8), ecn. */
export declare const ecn: Extension;
