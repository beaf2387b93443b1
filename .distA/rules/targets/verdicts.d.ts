import type { TargetExtension } from '../extension.js';
/** iptables(8), TARGETS. */
export declare const accept: TargetExtension;
/** iptables says of nat: "not intended for filtering, the use of DROP is therefore inhibited". */
export declare const drop: TargetExtension;
export declare const returnTarget: TargetExtension;
