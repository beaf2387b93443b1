import type { Extension } from '../extension.js';
/** iptables-extensions(8), mark. */
export declare const mark: Extension;
