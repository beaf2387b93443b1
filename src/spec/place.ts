import type { Position } from '../model/diagnostic.js';
import { joinPointer } from './locate-pointer.js';
import type { ProblemList } from './problem-list.js';

/** What can be wrong: a value, or the key that it has. */
export interface Part {
  complain: (message: string) => void;
}

/** A place in a file: what the file has there, and the list of everything that is wrong with the file. */
export class Place implements Part {
  readonly problems: ProblemList;
  /** undefined where the file has nothing. */
  readonly value: unknown;
  readonly #parent: Place | null;
  readonly #step: string | number;
  #pointer: string | undefined;

  /** The whole of a file, or a part of the parent. */
  constructor(problems: ProblemList, value: unknown, parent: Place | null = null, step: string | number = '') {
    this.problems = problems;
    this.value = value;
    this.#parent = parent;
    this.#step = step;
  }

  /** Without a value where this is no object, which the schema has reported already. */
  member(key: string): Place {
    return new Place(this.problems, getOwn(this.value, key), this, key);
  }

  members(): [string, Place][] {
    return isObject(this.value) ? Object.entries(this.value).map(([key, own]) => [key, new Place(this.problems, own, this, key)]) : [];
  }

  /** Without a value where this is no list, or a shorter one. */
  item(index: number): Place {
    return new Place(this.problems, Array.isArray(this.value) ? this.value[index] : undefined, this, index);
  }

  items(): Place[] {
    return Array.isArray(this.value) ? this.value.map((item: unknown, index) => new Place(this.problems, item, this, index)) : [];
  }

  /** The value, of the type that the schema promises; undefined where it is absent or anything in it was found wrong. */
  read<T>(): T | undefined {
    return this.value === undefined || !this.isSound ? undefined : (this.value as T);
  }

  /** Whether nothing here was found wrong, nor in anything below. */
  get isSound(): boolean {
    return this.problems.isEmpty || !this.problems.isTouched(this.pointer);
  }

  /** Whether this very value was found wrong. */
  get isWrong(): boolean {
    return !this.problems.isEmpty && this.problems.isWrong(this.pointer);
  }

  /** The key of a member: when that is wrong, the value stays as good as it is. */
  get key(): Part {
    return { complain: (message) => this.problems.add(this.pointer, message, 'key') };
  }

  complain(message: string): void {
    this.problems.add(this.pointer, message);
  }

  /** The same where the message is shown at another position: the pointer is still this one's. */
  complainAt(position: Position, message: string): void {
    this.problems.addAt(position, this.pointer, message);
  }

  /** The JSON pointer. It is made when it is first asked for: where nothing is wrong, hardly any place is. */
  get pointer(): string {
    this.#pointer ??= this.#parent === null ? '' : joinPointer(this.#parent.pointer, this.#step);
    return this.#pointer;
  }

  /** The file, as it is shown. */
  get file(): string {
    return this.problems.file;
  }

  get position(): Position {
    return this.problems.locate(this.pointer);
  }
}

/** What an object itself has under a key, not its prototype. */
export function getOwn(value: unknown, key: string): unknown {
  return isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
