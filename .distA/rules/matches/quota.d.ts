import type { Extension } from '../extension.js';
/** iptables-extensions(8), quota. What iptables-save prints is what was given, not what is left. */
export declare const quota: Extension;
