import { recall } from '../matches/memory.js';
import type { Memory } from '../rule/condition.js';
import { type Answer, any, unknown } from '../world/answer.js';
import { getMember, type Json, toList } from './json.js';
import { fits, type Pattern, readPattern, type Shape } from './pattern.js';
import { toKey, type Value } from './value.js';

/** What the statements of a table may name. */
export interface Scope {
  /** Of the table. */
  family: string;
  /** Its sets and maps, by name. */
  sets: Map<string, NamedSet>;
  /** Its quotas and limits, by kind and name: `quota q`. */
  objects: Map<string, Json>;
}

export interface NamedSet {
  elements: Json[];
  /** Whether rules add elements. */
  isDynamic: boolean;
  /** Whether rules change it otherwise. */
  isUnmodelled: boolean;
}

/** An element of a set, or a key of a map with what it has. */
interface Element {
  key: Pattern;
  data: Json;
}

/** The elements that rules have added to a set. */
interface Added {
  keys: Set<string>;
  /** What is not known of an added element; null if all are known. */
  doubt: string | null;
}

/** A set or a map: what it says of a value. */
export interface Elements {
  /** The elements that the value may be, with the answer to whether it is. Of several, the first one counts. */
  find: (value: Value) => { answer: Answer; data: Json }[];
  has: (value: Value, memory: Memory) => Answer;
}

/**
 * Reads `@name`, or the elements of an anonymous set or map. null if they are not modelled.
 * @param shape of its keys
 */
export function readElements(json: Json | undefined, kind: 'set' | 'map', shape: Shape, scope: Scope): Elements | null {
  const name = typeof json === 'string' && json.startsWith('@') ? json.slice(1) : null;
  const named = name === null ? null : (scope.sets.get(name) ?? null);
  const listed = name === null ? getMember(json, 'set') : named?.elements;
  if (listed === undefined || named?.isUnmodelled === true) {
    return null;
  }
  const elements = toList(listed).map((element): Element => {
    const [key, data = null] = kind === 'map' && Array.isArray(element) ? element : [element];
    return { key: readPattern(key, shape), data };
  });
  // `*` is for what no other element has.
  const ordered = [...elements.filter(({ key }) => key !== 'any'), ...elements.filter(({ key }) => key === 'any')];
  const find = (value: Value) =>
    ordered.map(({ key, data }) => ({ answer: fits(value, key), data })).filter(({ answer }) => answer !== false);
  const has = (value: Value, memory: Memory) => {
    const answer = any(find(value).map((found) => found.answer));
    return named?.isDynamic === true && answer === false ? hasAdded(value, named, memory) : answer;
  };
  return { find, has };
}

/** What rules have added is known in a fresh world only. */
function recallAdded(set: NamedSet, memory: Memory): Added | undefined {
  return recall(memory, set, (): Added => ({ keys: new Set(), doubt: null }));
}

function hasAdded(value: Value, set: NamedSet, memory: Memory): Answer {
  const added = recallAdded(set, memory);
  const key = toKey(value);
  if (value === 'none' || added?.keys.size === 0) {
    return false;
  }
  if (added === undefined || key === null || added.doubt !== null) {
    return unknown(added?.doubt ?? 'a set to which rules add');
  }
  return added.keys.has(key);
}

/** Adds what a statement `add` or `update` finds in a packet. */
export function addElement(value: Value, set: NamedSet, memory: Memory): void {
  const added = recallAdded(set, memory);
  const key = toKey(value);
  added?.keys.add(key ?? '');
  if (added !== undefined && key === null) {
    added.doubt = 'what a rule has added to a set';
  }
}
