/** A word as iptables-restore reads it back: only "…" quotes, and a backslash only inside of them. */
export declare function quoteRestoreWord(word: string): string;
/** A word as a shell, and parseRuleText, read it back. */
export declare function quoteShellWord(word: string): string;
