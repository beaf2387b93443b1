import type { Extension } from '../extension.js';
/** iptables-extensions(8), rpfilter. */
export declare const rpfilter: Extension;
