import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), CT, without --timeout, which needs an object that a world does not have. */
export declare const ct: TargetExtension;
/** iptables-extensions(8), NOTRACK. */
export declare const notrack: TargetExtension;
