const REASONS: Record<string, string> = {
  ENOENT: 'no such file or folder',
  EACCES: 'permission denied',
  ELOOP: 'a loop of symbolic links',
  ENOTDIR: 'a part of the path is no folder',
  ENAMETOOLONG: 'the path is too long',
  EISDIR: 'expected a file, found a folder',
  ERR_INVALID_ARG_VALUE: 'no path has a NUL character',
};

/**
 * The reason why a file cannot be read, in words.
 *
 * @throws the error itself if it has no error code, because then it does not come from the file system
 */
export function describeFileError(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) {
    throw error;
  }
  return REASONS[String(error.code)] ?? `cannot be read: ${String(error.code)}`;
}
