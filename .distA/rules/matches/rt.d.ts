import type { Extension } from '../extension.js';
/** iptables-extensions(8), rt, without the addresses of type 0, which no stack obeys any more (RFC 5095). */
export declare const rt: Extension;
