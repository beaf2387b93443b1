import { promises as fs } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { findNftIncludes, NftTextWriter } from '../../rules/nft/includes.js';
import { scanNft } from '../../rules/nft/scan.js';
import { quote } from '../../words/phrases.js';
import type { IncludedText } from '../ruleset-files.js';
import { findMatches, isPattern } from './glob.js';
import { describeFileError, isWithin, readText } from './read.js';

/** nft's own limit (MAX_INCLUDE_DEPTH in src/scanner.l), where the first file counts. */
const DEEPEST = 16;
const MOST_FILES = 256;
const MOST_CHARACTERS = 8 * 1024 * 1024;

const OUTSIDE =
  "expected a path inside the scenario's folder: copy the files into that folder, and write their path from the folder of the rule set file";
const LINK_OUT = "a symbolic link leads out of the scenario's folder";

const UNFINISHED =
  'the file that is included before has no line feed at its end, so nft reads this as a part of its last line: end the line';

/** A file that includes others. */
interface Including {
  /** The path in messages. */
  file: string;
  text: string;
  /** The real paths of the files on the way to it. */
  way: string[];
}

/**
 * Reads the files that an nft file includes. Their paths begin at its folder, as with `nft -I`, and none is outside of the scenario's
 * folder: its author may be another person.
 *
 * @param path the path of the file, as it is opened and shown
 * @param folder the scenario's folder
 */
export async function readIncludes(path: string, text: string, folder: string): Promise<IncludedText> {
  const reader = new IncludeReader(path, await fs.realpath(folder), folder);
  await reader.read({ file: path, text, way: [await fs.realpath(path)] });
  return { nft: reader.writer.finish(path), files: [...reader.files.values()], problems: reader.problems };
}

class IncludeReader {
  readonly writer = new NftTextWriter();
  readonly problems: IncludedText['problems'] = [];
  readonly files = new Map<string, { file: string; text: string }>();
  readonly #path: string;
  readonly #root: string;
  readonly #folder: string;
  #files = 0;

  constructor(path: string, root: string, folder: string) {
    this.#path = path;
    this.#root = root;
    this.#folder = folder;
  }

  async read({ file, text, way }: Including): Promise<void> {
    let [at, line, column] = [0, 1, 1];
    for (const include of findNftIncludes(text)) {
      // Blanks alone before an include are left out, so that its text begins a line.
      this.writer.write(text.slice(at, include.start).replace(/(^|\n)[ \t]+$/, '$1'), { file, line, column });
      const { isUnfinished } = this.writer;
      const found = await this.#include(include.path, way);
      const problem = isUnfinished ? UNFINISHED : found;
      if (problem !== null) {
        this.problems.push({ file, line: include.line, column: include.column, message: `include ${quote(include.path)}: ${problem}` });
      }
      at = include.end;
      [line, column] = text[at - 1] === '\n' ? [include.line + 1, 1] : [include.line, include.column + at - include.start];
    }
    this.writer.write(text.slice(at), { file, line, column });
    this.writer.endFile(text, way.length === 1);
  }

  /** Reads the files of one include. The problem is about the include itself. */
  async #include(path: string, way: string[]): Promise<string | null> {
    const inside = this.#getInside(path);
    if (inside === null) {
      return OUTSIDE;
    }
    if (way.length >= DEEPEST) {
      return `files include each other more than ${DEEPEST} deep`;
    }
    const found = isPattern(inside)
      ? await findMatches(this.#folder || './', inside, (each) => this.#isInside(each), MOST_FILES)
      : [join(this.#folder, inside)];
    if (found === null || this.#files + found.length > MOST_FILES) {
      return `more than ${MOST_FILES} files`;
    }
    this.#files += found.length;
    for (const file of found) {
      const problem = await this.#readFile(file, way);
      if (problem !== null) {
        return isPattern(inside) ? `${file}: ${problem}` : problem;
      }
    }
    return null;
  }

  /** The path from the scenario's folder; null if it is not inside. */
  #getInside(path: string): string | null {
    const [folder, base] = [resolve(this.#folder), resolve(dirname(this.#path))];
    const inside = relative(folder, isAbsolute(path) ? path : join(base, path));
    return path.includes('\0') || inside === '..' || inside.startsWith('../') ? null : inside;
  }

  async #isInside(path: string): Promise<boolean> {
    return fs.realpath(path).then(
      (real) => isWithin(this.#root, real),
      () => false,
    );
  }

  async #readFile(file: string, way: string[]): Promise<string | null> {
    try {
      const real = await fs.realpath(file);
      if (!isWithin(this.#root, real)) {
        return LINK_OUT;
      }
      if (way.includes(real)) {
        return 'it includes itself';
      }
      const stats = await fs.stat(real);
      const content = stats.isFile()
        ? await readText(real, { folder: { real: this.#root, problem: LINK_OUT }, isForProgram: true })
        : { problem: 'expected a file, found something else' };
      if ('problem' in content) {
        return content.problem;
      }
      if (this.writer.length + content.text.length > MOST_CHARACTERS) {
        return `with it the rule set is larger than ${MOST_CHARACTERS / 1024 / 1024} MiB`;
      }
      const unclosed = [...scanNft(content.text)].find(({ kind }) => kind === 'unclosed');
      if (unclosed !== undefined) {
        this.problems.push({ file, line: unclosed.line, column: unclosed.column, message: 'the string that begins here has no end' });
        return null;
      }
      this.files.set(file, { file, text: content.text });
      await this.read({ file, text: content.text, way: [...way, real] });
      return null;
    } catch (error) {
      return describeFileError(error);
    }
  }
}
