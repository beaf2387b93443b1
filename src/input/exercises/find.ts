import { existsSync, promises as fs } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UsageError } from '../../model/errors.js';
import { makeHarmless } from '../../words/harmless.js';
import { quote } from '../../words/phrases.js';
import { didYouMean } from '../../words/suggestion.js';

/** The exercises of the package. */
const FOLDER = new URL('../../../exercises/', import.meta.url);
const FILE = /\.jsonc?$/;

/** An exercise by its name, and the file that has it. */
export interface FoundExercise {
  name: string;
  path: string;
  /** What names it on a command line: an exercise of the package has its name, another one its path. */
  typed: string;
}

/** The exercises of the package, in their order. */
export async function listExercises(): Promise<FoundExercise[]> {
  const files = (await fs.readdir(FOLDER)).filter((file) => FILE.test(file)).sort();
  return files.map((file) => {
    const name = file.replace(FILE, '');
    return { name, path: fileURLToPath(new URL(file, FOLDER)), typed: name };
  });
}

/**
 * Finds an exercise of the package by its name or its number, or one of a file.
 * @throws UsageError if there is none of that name
 */
export async function findExercise(named: string): Promise<FoundExercise> {
  if (named.includes('/') || FILE.test(named)) {
    return { name: basename(named).replace(FILE, ''), path: named, typed: named };
  }
  const known = await listExercises();
  const isNumber = /^\d{1,3}$/.test(named);
  const found = known.find(({ name }) => (isNumber ? Number.parseInt(name) === Number(named) : name === named));
  if (found === undefined) {
    const file = `${named}.json`;
    const names = known.map(({ name }) => name);
    const meant = existsSync(file) ? ` (did you mean ${quote(file)}?)` : didYouMean(named, names);
    throw new UsageError(makeHarmless(`there is no exercise ${quote(named)}${meant}: loopfw exercise lists them`));
  }
  return found;
}
