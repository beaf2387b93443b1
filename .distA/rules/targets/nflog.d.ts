import type { TargetExtension } from '../extension.js';
/** iptables-extensions(8), NFLOG. iptables-nft loses --nflog-range, which never had an effect. */
export declare const nflog: TargetExtension;
