import type { OptionRow } from '../extension.js';
/** All that iptables-save prints of these is --set-xmark. */
export declare const setMarkOptions: OptionRow[];
