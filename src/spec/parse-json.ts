import { visit, type JSONVisitor } from 'jsonc-parser';
import type { Position } from '../model/diagnostic.js';
import { tellFormat } from '../rules/tell-format.js';
import type { JsonArrayNode, JsonNode, JsonObjectNode } from './json-node.js';
import { describeSyntaxError, type SyntaxProblem } from './syntax-problem.js';

const DEEPEST = 64;
/** A number takes some 80 bytes, an object with one 270: together below 150 MB. Fifty thousand rules of ten keys have half as many values. */
const MOST_VALUES = 1_000_000;

/** The tree has the positions, the value is what ajv reads. */
export interface ParsedJson {
  root: JsonNode;
  value: unknown;
  /** In the order of the text. */
  duplicates: DuplicateKey[];
}

/** A key that its object has already. */
export interface DuplicateKey {
  key: string;
  position: Position;
  /** The keys and indices that lead to it. */
  path: (string | number)[];
  firstLine: number;
}

/** An array whose end is not reached yet. */
interface OpenArray {
  node: JsonArrayNode;
  value: unknown[];
}

interface OpenObject {
  node: JsonObjectNode;
  value: Record<string, unknown>;
  /** The key whose value comes next. */
  key: string;
  keyAt: Position;
  /** By key; null as long as no key is there twice. */
  firstLines: Map<string, number> | null;
}

/** Reads JSON with comments and trailing commas; stops at the first error of syntax. */
export function parseJson(text: string): ParsedJson | SyntaxProblem {
  const json = parseAnyJson(text);
  return 'message' in json && isRuleset(text)
    ? {
        position: { line: 1, column: 1 },
        message: 'this is a rule set, not a scenario: give it by --ruleset, beside the scenarios to try it with',
      }
    : json;
}

/** Somebody who has a rule set tries to run it. No scenario begins as one does. */
function isRuleset(text: string): boolean {
  return !/^\s*[[{]/.test(text) && tellFormat(text) !== null;
}

/** The same of any JSON. */
export function parseAnyJson(text: string): ParsedJson | SyntaxProblem {
  const reader = new JsonReader(text);
  try {
    visit(text, reader, { allowTrailingComma: true });
    return reader.getParsed();
  } catch (error) {
    if (error instanceof Stop) {
      return error.problem;
    }
    throw error;
  }
}

/** Thrown out of `visit`, which goes on after an error and has no other end. */
class Stop extends Error {
  readonly problem: SyntaxProblem;

  constructor(problem: SyntaxProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Builds tree and value from what `visit` meets. (jsonc-parser's own `parse` loses a key that is named __proto__.) */
class JsonReader implements JSONVisitor {
  readonly #text: string;
  readonly #open: (OpenArray | OpenObject)[] = [];
  readonly #duplicates: DuplicateKey[] = [];
  #root: { node: JsonNode; value: unknown } | null = null;
  #values = 0;

  constructor(text: string) {
    this.#text = text;
  }

  getParsed(): ParsedJson {
    if (this.#root === null) {
      throw new Error('a text without a value is an error of syntax');
    }
    return { root: this.#root.node, value: this.#root.value, duplicates: this.#duplicates };
  }

  readonly onObjectBegin: JSONVisitor['onObjectBegin'] = (_offset, _length, line, character) => {
    const position = toPosition(line, character);
    this.#begin({ node: { kind: 'object', position, members: [] }, value: {}, key: '', keyAt: position, firstLines: null });
  };

  readonly onArrayBegin: JSONVisitor['onArrayBegin'] = (_offset, _length, line, character) => {
    this.#begin({ node: { kind: 'array', position: toPosition(line, character), items: [] }, value: [] });
  };

  readonly onObjectProperty: JSONVisitor['onObjectProperty'] = (key, _offset, _length, line, character, getPath) => {
    const object = this.#open.at(-1);
    if (object === undefined || !('key' in object)) {
      return;
    }
    object.key = key;
    object.keyAt = toPosition(line, character);
    if (!Object.hasOwn(object.value, key)) {
      object.firstLines?.set(key, object.keyAt.line);
      return;
    }
    object.firstLines ??= new Map(object.node.members.map((member) => [member.key, member.position.line]));
    const firstLine = object.firstLines.get(key) ?? object.keyAt.line;
    this.#duplicates.push({ key, position: object.keyAt, path: [...getPath(), key], firstLine });
  };

  readonly onLiteralValue: JSONVisitor['onLiteralValue'] = (value, _offset, _length, line, character) => {
    this.#add({ kind: 'plain', position: toPosition(line, character) }, value);
  };

  readonly onSeparator: JSONVisitor['onSeparator'] = (separator, _offset, _length, line, character) => {
    if (separator === ',' && ++this.#values > MOST_VALUES) {
      throw new Stop({ position: toPosition(line, character), message: `more than ${MOST_VALUES} values` });
    }
  };

  readonly onObjectEnd: JSONVisitor['onObjectEnd'] = (offset) => {
    this.#end(offset, '}');
  };

  readonly onArrayEnd: JSONVisitor['onArrayEnd'] = (offset) => {
    this.#end(offset, ']');
  };

  readonly onError: JSONVisitor['onError'] = (_code, offset) => {
    throw new Stop(describeSyntaxError(this.#text, offset, this.#open.at(-1)?.node ?? null));
  };

  #begin(open: OpenArray | OpenObject): void {
    if (this.#open.length === DEEPEST) {
      throw new Stop({ position: open.node.position, message: `nested more than ${DEEPEST} levels deep` });
    }
    this.#values++;
    this.#add(open.node, open.value);
    this.#open.push(open);
  }

  #add(node: JsonNode, value: unknown): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) {
      this.#root = { node, value };
    } else if ('key' in parent) {
      parent.node.members.push({ key: parent.key, position: parent.keyAt, value: node });
      setOwn(parent.value, parent.key, value);
    } else {
      parent.node.items.push(node);
      parent.value.push(value);
    }
  }

  /** `visit` tells the end of what is never closed, too, before it tells the error. */
  #end(offset: number, bracket: string): void {
    if (this.#text[offset] === bracket) {
      this.#open.pop();
    }
  }
}

/** An assignment to __proto__ would set the prototype. */
function setOwn(object: Record<string, unknown>, key: string, value: unknown): void {
  if (key === '__proto__') {
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  } else {
    object[key] = value;
  }
}

function toPosition(line: number, character: number): Position {
  return { line: line + 1, column: character + 1 };
}
