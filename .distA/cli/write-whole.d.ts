/**
 * Writes a file whole or not at all: beside its place first, then into it. What a link names stays named by it; a pipe or a device
 * is written to and never replaced.
 */
export declare function writeWhole(file: string, content: string | Uint8Array): Promise<void>;
/** The same for a name of loopfw's own: in a folder where others may write, a link of that name is theirs, and it is replaced. */
export declare function writeOwnWhole(file: string, content: Uint8Array): Promise<void>;
