/**
 * The words of a line of iptables-save, quoted as iptables-restore reads it: only "…", inside of which a backslash makes the next
 * character plain. Elsewhere a backslash and a single quote are characters like any other.
 */
export declare function splitRestoreWords(line: string): string[];
