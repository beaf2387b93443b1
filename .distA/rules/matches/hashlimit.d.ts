import type { Extension } from '../extension.js';
/** iptables-extensions(8), hashlimit, by packets. A table lives in its network namespace. */
export declare const hashlimit: Extension;
