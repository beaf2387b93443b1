import type { Extension } from '../extension.js';
/** iptables-extensions(8), statistic. */
export declare const statistic: Extension;
