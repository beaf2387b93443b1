import { posix } from 'node:path';

/** The continuous integration in which a report is made. */
export interface Pipeline {
  kind: 'github' | 'gitlab';
  /** The folder that the file names of the result start from: an absolute path. */
  folder: string;
  /** The root of the checked-out repository: an absolute path. */
  repository: string;
}

/**
 * The path of a scenario file from the root of the repository, as annotations need it. Outside of a pipeline it is the name that the user
 * gave. null for what is no file of the repository, such as standard input.
 */
export function getRepositoryPath(file: string, pipeline: Pipeline | undefined): string | null {
  if (file.startsWith('<')) {
    return null; // <stdin>, <command line>
  }
  if (pipeline === undefined) {
    return file;
  }
  const path = posix.relative(pipeline.repository, posix.resolve(pipeline.folder, file));
  return path === '..' || path.startsWith('../') ? null : path;
}
