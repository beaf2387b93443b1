import type { Diagnostic } from '../model/diagnostic.js';
import type { Position } from '../model/diagnostic.js';
import type { JsonNode } from './json-node.js';
import { locatePointer } from './locate-pointer.js';

const MOST = 1000;

/** What was found wrong in one file, and so which of its values later checks can rely on. */
export class ProblemList {
  /** As it is shown. */
  readonly file: string;
  readonly #root: JsonNode;
  readonly #diagnostics: Diagnostic[] = [];
  readonly #wrong = new Set<string>();
  readonly #touched = new Set<string>();
  readonly #said = new Set<string>();

  constructor(file: string, root: JsonNode) {
    this.file = file;
    this.#root = root;
  }

  /** Whether further problems would only be counted out: a check may then stop. */
  get isFull(): boolean {
    return this.#diagnostics.length >= MOST;
  }

  get isEmpty(): boolean {
    return this.#diagnostics.length === 0;
  }

  /** A problem of a value; or of its key, which leaves the value as good as it is. */
  add(pointer: string, message: string, at: 'value' | 'key' = 'value'): void {
    if (!this.isFull) {
      this.#push(this.locate(pointer, at), pointer, message);
    }
    if (at === 'value') {
      this.#wrong.add(pointer);
    }
    this.#touch(at === 'value' ? pointer : pointer.slice(0, pointer.lastIndexOf('/')));
  }

  /** A problem of a value whose pointer does not say which of two it is. */
  addAt(position: Position, pointer: string, message: string): void {
    if (!this.isFull) {
      this.#push(position, pointer, message);
    }
    this.#wrong.add(pointer);
    this.#touch(pointer);
  }

  /** A problem of a rule set file; several scenarios may have the same file. */
  addIn(file: string, { line, column }: Position, message: string): void {
    const key = `${file}:${line}:${column}: ${message}`;
    if (!this.isFull && !this.#said.has(key)) {
      this.#said.add(key);
      this.#diagnostics.push({ file, line, column, message, pointer: null });
    }
  }

  #push(position: Position, pointer: string, message: string): void {
    this.#diagnostics.push({ file: this.file, ...position, message, pointer });
  }

  #touch(pointer: string): void {
    for (let own = pointer; !this.#touched.has(own); own = own.slice(0, own.lastIndexOf('/'))) {
      this.#touched.add(own);
      if (own === '') {
        break;
      }
    }
  }

  locate(pointer: string, at: 'value' | 'key' = 'value'): Position {
    return locatePointer(this.#root, pointer, at);
  }

  /** Whether this very value is at fault. */
  isWrong(pointer: string): boolean {
    return this.#wrong.has(pointer);
  }

  /** Whether this value or anything in it is at fault. */
  isTouched(pointer: string): boolean {
    return this.#touched.has(pointer);
  }

  /** The diagnostics by line and column, the file's own before those of rule set files; at most a thousand. */
  toSorted(): Diagnostic[] {
    const files = [...new Set([this.file, ...this.#diagnostics.map(({ file }) => file)])];
    const places = new Map(files.map((file, place) => [file, place]));
    const getPlace = ({ file }: Diagnostic) => places.get(file) ?? 0;
    return this.#diagnostics.toSorted((a, b) => getPlace(a) - getPlace(b) || a.line - b.line || a.column - b.column);
  }
}
