import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), REJECT. The kernel takes it in the filter table only, and tcp-reset with `-p tcp` only. */
export declare const reject: TargetExtension;
