import type { Extension } from '../extension.js';
/** iptables-extensions(8), esp. */
export declare const esp: Extension;
