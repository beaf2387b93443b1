import { existsSync } from 'node:fs';
import { UsageError } from '../../../model/errors.js';
import { makeHarmless } from '../../../words/harmless.js';
import { countNoun, listWords } from '../../../words/phrases.js';

/** The folder that is searched if the user names nothing. */
export const USUAL_FOLDER = 'scenarios';

/** The paths that the user named, or the usual folder. @throws UsageError where there is no such folder */
export function getPaths(named: string[]): string[] {
  if (named.length > 0) {
    return named;
  }
  if (!existsSync(USUAL_FOLDER)) {
    throw new UsageError(
      `there is no folder "${USUAL_FOLDER}" here: name a scenario file or a folder, or write a first scenario: loopfw init NAME`,
    );
  }
  return [USUAL_FOLDER];
}

/** The most files that a line names. */
const MOST_NAMED = 3;

/** Says on standard error which files of a folder are no scenarios. */
export function noteSkipped(files: string[]): void {
  if (files.length > 0) {
    process.stderr.write(`loopfw: ${makeHarmless(describeSkipped(files))}\n`);
  }
}

function describeSkipped(files: string[]): string {
  const named = files.slice(0, MOST_NAMED);
  const more = files.length > named.length ? [`${files.length - named.length} more`] : [];
  return `skipped ${countNoun(files.length, 'file')} without a scenario: ${listWords([...named, ...more], 'and')}`;
}
