/** Why a file cannot be read, in words; an error that is not the file system's is thrown again. */
export declare function describeFileError(error: unknown): string;
