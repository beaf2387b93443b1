import type { Extension } from '../extension.js';
/** iptables-extensions(8), conntrack. iptables-save drops NONE from a list of statuses. */
export declare const conntrack: Extension;
