/** What kind of rule set file a text is; null where it looks like none. Its first line that is no comment says it. */
export declare function tellFormat(text: string): 'iptables-save' | 'nft' | null;
