/** Whether a path is the folder itself, or inside of it at any depth. Both are real paths, without symbolic links. */
export function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder === '/' ? folder : `${folder}/`);
}
