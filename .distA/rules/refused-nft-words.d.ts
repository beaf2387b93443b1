/** What nft knows and loopfw does not let in, each with the reason; as in refused-extensions, where iptables has the same. */
export declare const REFUSED_NFT_WORDS: Record<string, string>;
