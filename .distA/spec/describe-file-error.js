const REASONS = {
    ENOENT: 'no such file or folder',
    EACCES: 'permission denied',
    ELOOP: 'a loop of symbolic links',
    ENOTDIR: 'a part of the path is no folder',
    ENAMETOOLONG: 'the path is too long',
    EISDIR: 'expected a file, found a folder',
    ERR_INVALID_ARG_VALUE: 'no path has a NUL character',
};
/** Why a file cannot be read, in words; an error that is not the file system's is thrown again. */
export function describeFileError(error) {
    if (!(error instanceof Error) || !('code' in error)) {
        throw error;
    }
    return REASONS[String(error.code)] ?? `cannot be read: ${String(error.code)}`;
}
