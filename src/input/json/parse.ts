import { type JSONVisitor, visit } from 'jsonc-parser';
import type { Position } from '../../model/diagnostic.js';
import { detectFormat } from '../../rules/save/file-format.js';
import type { JsonArrayNode, JsonNode, JsonObjectNode } from './node.js';
import { describeSyntaxError, type SyntaxProblem } from './syntax-problem.js';

/** The deepest nesting of arrays and objects. */
const DEEPEST = 64;
/**
 * The limit of memory. A number takes about 100 bytes, an object with one number 520 (measured). Nested arrays need most: a million take
 * 450 MB. Fifty thousand rules of ten keys have half as many values, and take 120 MB.
 */
const MOST_VALUES = 1_000_000;

/** A JSON text that has been parsed: `root` has the positions, and `value` is what the schema checks. */
export interface ParsedJson {
  root: JsonNode;
  value: unknown;
  /** In the order of the text. */
  duplicates: DuplicateKey[];
}

/** A key that occurred earlier in the same object. */
export interface DuplicateKey {
  key: string;
  position: Position;
  /** The keys and indices from the root to this key. */
  path: (string | number)[];
  firstLine: number;
}

/** An array whose end has not been reached. */
interface OpenArray {
  node: JsonArrayNode;
  value: unknown[];
}

interface OpenObject {
  node: JsonObjectNode;
  value: Record<string, unknown>;
  /** The key of the next value. */
  key: string;
  keyAt: Position;
  /** The line of the first occurrence, by key. The map is made when the first duplicate is found; until then it is null. */
  firstLines: Map<string, number> | null;
}

/** Parses a scenario file: JSON with comments and trailing commas. Parsing stops at the first syntax error. */
export function parseJson(text: string): ParsedJson | SyntaxProblem {
  const json = parseAnyJson(text);
  const message = 'message' in json ? describeOtherFormat(text) : null;
  return message === null ? json : { position: { line: 1, column: 1 }, message };
}

/** The first line with a meaning, after comments of a shell or of YAML. */
const FIRST_LINE = /^(?:\s*#.*(?:\r?\n|$)|\s+)*(?<line>.*)/;
/** A line of YAML: a document's start, a key without quotes, or an entry of a list. */
const YAML = /^(?:---|%YAML|- |[\w$.-]+:(?:\s|$))/;

/** Describes a text that is no JSON at all. Users try to run a rule set, or a scenario in YAML. No scenario begins like one of these. */
function describeOtherFormat(text: string): string | null {
  if (/^\s*[[{]/.test(text)) {
    return null;
  }
  const line = FIRST_LINE.exec(text)?.groups?.['line'] ?? '';
  if (YAML.test(line)) {
    return 'this is YAML, and a scenario file is JSON: { "name": "…", "probes": [ … ] }';
  }
  return detectFormat(text) === null
    ? null
    : 'this is a rule set, not a scenario: loopfw run --ruleset FILE tries it with scenarios, and loopfw init --ruleset FILE writes the first one';
}

/** Parses any JSON in the same way. */
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

/** Ends `visit`: it continues after an error, so that only an exception can end it. */
class Stop extends Error {
  readonly problem: SyntaxProblem;

  constructor(problem: SyntaxProblem) {
    super(problem.message);
    this.problem = problem;
  }
}

/** Builds the tree and the value from the callbacks of `visit`. jsonc-parser's own `parse` loses a key with the name __proto__. */
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

  /**
   * Ends an array or object. At the end of the text, `visit` also calls this for those that are not closed, and only then reports the
   * error.
   */
  #end(offset: number, bracket: string): void {
    if (this.#text[offset] === bracket) {
      this.#open.pop();
    }
  }
}

/** Sets a key of an object. An assignment to __proto__ would set the prototype instead. */
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
