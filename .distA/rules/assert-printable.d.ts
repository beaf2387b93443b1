/**
 * Refuses what cannot be written into one line of iptables-restore: a newline in a comment starts a new rule there, a NUL
 * cuts the rest of the line off silently, and half a surrogate pair is not UTF-8.
 */
export declare function assertPrintable(text: string, key?: string | null): void;
