import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), SNAT. */
export declare const snat: TargetExtension;
/** iptables-extensions(8), DNAT. */
export declare const dnat: TargetExtension;
/** iptables-extensions(8), MASQUERADE. */
export declare const masquerade: TargetExtension;
/** iptables-extensions(8), REDIRECT. */
export declare const redirect: TargetExtension;
