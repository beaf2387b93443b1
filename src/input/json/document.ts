import type { Diagnostic, Position } from '../../model/diagnostic.js';
import { joinPointer, type JsonNode, locatePointer } from './node.js';

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

/** A target of error messages: a value, or the key of a value. */
export interface Part {
  complain: (message: string) => void;
}

/** A place in a file: its value, and the list that collects all errors of the file. */
export class Place implements Part {
  readonly problems: ProblemList;
  /** undefined if the file has no value there. */
  readonly value: unknown;
  readonly #parent: Place | null;
  readonly #step: string | number;
  #pointer: string | undefined;

  /** Without a parent, the place is the whole file. With one, it is the part of the parent at `step`, a key or an index. */
  constructor(problems: ProblemList, value: unknown, parent: Place | null = null, step: string | number = '') {
    this.problems = problems;
    this.value = value;
    this.#parent = parent;
    this.#step = step;
  }

  /** The place of a key. It has no value if this place has no object; the schema check has reported that. */
  member(key: string): Place {
    return new Place(this.problems, getOwn(this.value, key), this, key);
  }

  members(): [string, Place][] {
    return isObject(this.value) ? Object.entries(this.value).map(([key, own]) => [key, new Place(this.problems, own, this, key)]) : [];
  }

  /** The place of an array item. It has no value if this place has no array, or a shorter one. */
  item(index: number): Place {
    return new Place(this.problems, Array.isArray(this.value) ? this.value[index] : undefined, this, index);
  }

  items(): Place[] {
    return Array.isArray(this.value) ? this.value.map((item: unknown, index) => new Place(this.problems, item, this, index)) : [];
  }

  /**
   * The value, with the type that the schema ensures. The result is undefined if the value is absent, or if it or any part of it has an
   * error.
   */
  read<T>(): T | undefined {
    return this.value === undefined || !this.isSound ? undefined : (this.value as T);
  }

  /** Whether neither this value nor any part of it has an error. */
  get isSound(): boolean {
    return this.problems.isEmpty || !this.problems.isTouched(this.pointer);
  }

  /** Whether this value itself has an error. Errors of its parts do not count. */
  get isWrong(): boolean {
    return !this.problems.isEmpty && this.problems.isWrong(this.pointer);
  }

  /** The key of this place. An error of the key does not make the value wrong. */
  get key(): Part {
    return { complain: (message) => this.problems.add(this.pointer, message, 'key') };
  }

  complain(message: string): void {
    this.problems.add(this.pointer, message);
  }

  /** Reports an error of this value, but shows another position. The pointer stays that of this place. */
  complainAt(position: Position, message: string): void {
    this.problems.addAt(position, this.pointer, message);
  }

  /** The JSON pointer. It is made at the first use, because without errors few places need theirs. */
  get pointer(): string {
    this.#pointer ??= this.#parent === null ? '' : joinPointer(this.#parent.pointer, this.#step);
    return this.#pointer;
  }

  /** The name of the file in messages. */
  get file(): string {
    return this.problems.file;
  }

  get position(): Position {
    return this.problems.locate(this.pointer);
  }
}

/** The value of an object's own key. Keys of the prototype do not count. */
export function getOwn(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
