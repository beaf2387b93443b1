import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), LOG. In a network namespace it is silent, unless the machine says otherwise (net.netfilter.nf_log_all_netns). */
export declare const log: TargetExtension;
