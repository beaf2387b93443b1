import { joinPointer } from './locate-pointer.js';
import type { ProblemList } from './problem-list.js';

/** A place in the file, and what stands there: undefined where there is nothing. */
export interface Place {
  pointer: string;
  value: unknown;
  /** Where its name is what may be wrong. */
  at?: 'key';
}

/** A member of an object; nothing where the parent is no object, which the schema has reported already. */
export function getMember({ pointer, value }: Place, key: string): Place {
  const own = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return { pointer: joinPointer(pointer, key), value: own };
}

export function getMembers({ pointer, value }: Place): [string, Place][] {
  return isObject(value) ? Object.entries(value).map(([key, own]) => [key, { pointer: joinPointer(pointer, key), value: own }]) : [];
}

export function getItems({ pointer, value }: Place): Place[] {
  return Array.isArray(value) ? value.map((item: unknown, index) => ({ pointer: joinPointer(pointer, index), value: item })) : [];
}

/** The value, of the type that the schema promises; undefined where it is absent or anything in it was found wrong. */
export function getSound<T>({ pointer, value }: Place, problems: ProblemList): T | undefined {
  return value === undefined || problems.isTouched(pointer) ? undefined : (value as T);
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
