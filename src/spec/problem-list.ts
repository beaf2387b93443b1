import type { Diagnostic } from '../model/diagnostic.js';
import type { Position } from '../model/diagnostic.js';
import type { JsonNode } from './json-node.js';
import { locatePointer } from './locate-pointer.js';

/** The most diagnostics of one file. */
const MOST = 1000;

/** The errors of one file. The list also tells which values have no error, so that later checks can use them. */
export class ProblemList {
  /** The name of the file in messages. */
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

  /** Whether the list has its most diagnostics, 1000. Further ones are not recorded, and a check can stop. */
  get isFull(): boolean {
    return this.#diagnostics.length >= MOST;
  }

  get isEmpty(): boolean {
    return this.#diagnostics.length === 0;
  }

  /** Adds an error of a value or of its key. An error of the key does not make the value wrong, but only the object that has the key. */
  add(pointer: string, message: string, at: 'value' | 'key' = 'value'): void {
    if (!this.isFull) {
      this.#push(this.locate(pointer, at), pointer, message);
    }
    if (at === 'value') {
      this.#wrong.add(pointer);
    }
    this.#touch(at === 'value' ? pointer : pointer.slice(0, pointer.lastIndexOf('/')));
  }

  /**
   * Adds an error of a value at another position than the pointer's. For example, the pointer of a duplicate key leads only to the last
   * one.
   */
  addAt(position: Position, pointer: string, message: string): void {
    if (!this.isFull) {
      this.#push(position, pointer, message);
    }
    this.#wrong.add(pointer);
    this.#touch(pointer);
  }

  /** Adds an error of a rule set file, once. Several scenarios can use the same file. */
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

  /** Whether this value itself has an error. */
  isWrong(pointer: string): boolean {
    return this.#wrong.has(pointer);
  }

  /** Whether this value or any part of it has an error. */
  isTouched(pointer: string): boolean {
    return this.#touched.has(pointer);
  }

  /** The diagnostics by file, line and column; the file itself comes before its rule set files. There are at most 1000. */
  toSorted(): Diagnostic[] {
    const files = [...new Set([this.file, ...this.#diagnostics.map(({ file }) => file)])];
    const places = new Map(files.map((file, place) => [file, place]));
    const getPlace = ({ file }: Diagnostic) => places.get(file) ?? 0;
    return this.#diagnostics.toSorted((a, b) => getPlace(a) - getPlace(b) || a.line - b.line || a.column - b.column);
  }
}
