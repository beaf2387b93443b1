/**
 * Splits the text for iptables-restore into several, each with at most so many lines. All but the first are for --noflush. The first names
 * every table, which empties them, and chains come before all rules.
 */
export declare function splitRestore(restore: string, size: number): string[];
