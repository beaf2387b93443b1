import type { Extension } from '../extension.js';
/** iptables-extensions(8), udp. All `-m udp` of a rule are one match, as with tcp. */
export declare const udp: Extension;
