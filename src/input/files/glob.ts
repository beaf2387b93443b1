import { promises as fs } from 'node:fs';
import { join } from 'node:path';

/** What one character of a name must be; many: any number of characters. */
type Part = 'many' | ((character: string) => boolean);

/** Whether a path has signs of glob(7). */
export function isPattern(path: string): boolean {
  return /[*?[]/.test(path);
}

/**
 * Lists the files that a pattern of glob(7) matches, in the order of their names. Folders are left out. A file whose name begins with a
 * period needs a pattern that begins with one.
 *
 * @param folder the folder in which the pattern begins
 * @param mayList whether a folder may be listed
 * @param most how many paths the list may have on the way
 * @returns null if there are more
 */
export async function findMatches(
  folder: string,
  pattern: string,
  mayList: (folder: string) => Promise<boolean>,
  most: number,
): Promise<string[] | null> {
  let found = [folder];
  for (const part of pattern.split('/').filter((name) => name !== '' && name !== '.')) {
    const lists = isPattern(part)
      ? await Promise.all(found.map((each) => listMatches(each, part, mayList)))
      : found.map((each) => [join(each, part)]);
    found = lists.flat();
    if (found.length > most) {
      return null;
    }
  }
  const areFiles = await Promise.all(found.map(isFile));
  return found.filter((_, place) => areFiles[place]);
}

/** Lists the files and folders in a folder whose names match one part of a pattern. */
export async function listMatches(folder: string, pattern: string, mayList: (folder: string) => Promise<boolean>): Promise<string[]> {
  const parts = parsePattern(pattern);
  const names = (await mayList(folder)) ? await fs.readdir(folder).catch(() => []) : [];
  return names
    .filter((name) => (pattern.startsWith('.') || !name.startsWith('.')) && matches(name, parts))
    .sort()
    .map((name) => join(folder, name));
}

async function isFile(path: string): Promise<boolean> {
  const stats = await fs.stat(path).catch(() => null);
  // A link that leads nowhere is reported where it is read.
  return stats === null || !stats.isDirectory();
}

function parsePattern(pattern: string): Part[] {
  return [...pattern.matchAll(/\*+|\?|\[(?<not>[!^]?)(?<set>\]?[^\]]*)\]|(?<plain>[^])/gu)].map(({ 0: sign, groups = {} }): Part => {
    if (sign.startsWith('*')) {
      return 'many';
    }
    if (groups['set'] !== undefined) {
      const [set, isNegated] = [groups['set'], groups['not'] !== ''];
      return (character) => isInSet(character, set) !== isNegated;
    }
    return sign === '?' ? () => true : (character) => character === sign;
  });
}

/** Whether a character is in a set such as `a-f0`. */
function isInSet(character: string, set: string): boolean {
  return [...set.matchAll(/([^])-([^])|([^])/gu)].some(([, first, last, single]) =>
    single === undefined ? first !== undefined && last !== undefined && first <= character && character <= last : single === character,
  );
}

/** Tries the last `*` again for one more character when the rest does not match: at most the product of both lengths. */
function matches(name: string, parts: Part[]): boolean {
  const characters = [...name];
  let [at, place, many, resume] = [0, 0, -1, 0];
  while (at < characters.length) {
    const part = parts[place];
    if (part === 'many') {
      [many, resume] = [place, at];
      place++;
    } else if (part?.(characters[at] ?? '')) {
      at++;
      place++;
    } else if (many === -1) {
      return false;
    } else {
      resume++;
      [at, place] = [resume, many + 1];
    }
  }
  return parts.slice(place).every((part) => part === 'many');
}
