import type { Extension } from '../extension.js';
/** iptables-extensions(8), time. Times are UTC unless --kerneltz is given. */
export declare const time: Extension;
