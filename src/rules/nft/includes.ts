import type { Position } from '../../model/diagnostic.js';
import type { NftSource, NftText } from '../../model/scenario.js';
import { matchAt, scanNft } from './scan.js';
import { splitNftStatements } from './statements.js';
import { tokenizeNft } from './tokens.js';

/** An `include` that is a statement of its own. */
interface NftInclude extends Position {
  path: string;
  /** The offset of the word, and the offset after the line feed or the semicolon that ends the statement. */
  start: number;
  end: number;
}

const END = /[ \t]*(?:#[^\n]*)?[;\n]/y;

/** Finds the includes of a file. What is no statement of its own stays in the text, where checkNftText refuses it. */
export function findNftIncludes(text: string): NftInclude[] {
  const starts = [0];
  for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1)) {
    starts.push(end + 1);
  }
  const toOffset = ({ line, column }: Position) => (starts[line - 1] ?? 0) + column - 1;
  return splitNftStatements(tokenizeNft(text)).flatMap(({ tokens: [word, path, ...more] }): NftInclude[] => {
    if (word?.kind !== 'word' || word.text !== 'include' || path?.kind !== 'string' || more.length > 0) {
      return [];
    }
    const behind = toOffset(path) + path.text.length + 2;
    const end = matchAt(END, text, behind);
    return end === '' ? [] : [{ path: path.text, line: word.line, column: word.column, start: toOffset(word), end: behind + end.length }];
  });
}

/** The text of a file that includes no other file. */
export function toNftText(file: string, text: string): NftText {
  const writer = new NftTextWriter();
  writer.write(text, { file, line: 1, column: 1 });
  writer.endFile(text, true);
  return writer.finish(file);
}

/**
 * Puts the text of included files in the place of the include, as nft does: it reads on there, and an end of a file is not the end of a line.
 * All words keep their line and their column in the file from which they come.
 */
export class NftTextWriter {
  #text = '';
  #lines = 1;
  readonly #sources: NftSource[] = [];
  readonly #openEnds: number[] = [];
  #isInComment = false;
  #isUnfinished = false;

  /** Whether the last file has ended without a line feed, and its last statement goes on. */
  get isUnfinished(): boolean {
    return this.#isUnfinished;
  }

  get length(): number {
    return this.#text.length;
  }

  /** Writes a part of a file. @param place where the part begins in the file */
  write(part: string, { file, line, column }: Position & { file: string }): void {
    if (part === '') {
      return;
    }
    if (this.#text !== '' && !this.#text.endsWith('\n')) {
      // A backslash joins two lines, but not after a comment.
      this.#add(this.#isInComment ? '\n' : '\\\n');
    }
    this.#isInComment = false;
    this.#isUnfinished &&= /^(?:[ \t]|\\\n)*$/.test(part);
    this.#sources.push({ start: this.#lines, file, line });
    this.#add(' '.repeat(column - 1) + part);
  }

  /** Must be called after the last part of a file. @param isFirst whether it is the file that includes the others */
  endFile(text: string, isFirst: boolean): void {
    if (text === '' || text.endsWith('\n')) {
      return;
    }
    const last = [...scanNft(text)].at(-1);
    this.#isInComment = last?.kind === 'comment';
    this.#isUnfinished ||= !/[;\n][ \t]*$/.test(text) && !this.#isInComment;
    if (isFirst || this.#isInComment || text.endsWith('\\')) {
      this.#openEnds.push(this.#text.length);
    }
  }

  finish(file: string): NftText {
    return { file, text: this.#text, sources: this.#sources, openEnds: this.#openEnds };
  }

  #add(text: string): void {
    this.#text += text;
    this.#lines += text.split('\n').length - 1;
  }
}
