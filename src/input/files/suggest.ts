import { promises as fs } from 'node:fs';
import { basename, dirname } from 'node:path';
import { didYouMean } from '../../words/suggestion.js';

/** The most names that are compared: more take longer than a person waits. */
const MOST_NAMES = 5000;

/**
 * The end of a message about a file that is not there: ` (did you mean "scenarios/reject.json"?)`, or nothing.
 * @param isFitting whether a file of this name can be meant
 */
export async function suggestPath(path: string, isFitting: (name: string) => boolean = () => true): Promise<string> {
  const folder = dirname(path);
  const names = (await fs.readdir(folder).catch(() => [])).filter(isFitting);
  const shown = path.slice(0, path.length - basename(path).length);
  return names.length > MOST_NAMES ? '' : didYouMean(basename(path), names).replace('mean "', () => `mean "${shown}`);
}
