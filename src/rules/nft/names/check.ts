import { NFT_UNKNOWN, type NftExpected } from './expectation.js';
import type { NftProblem } from '../scan.js';
import { getNftRule, NFT_FAMILIES, type NftStatement } from '../statements.js';
import { type NftItem, type NftToken, readNftItems } from '../tokens.js';
import { DATA_TYPES, type NftKind } from './value-kinds.js';
import { type NftNameProblem, type NftUse, NftValueReader } from './value-reader.js';

const VERBS = ['add', 'create', 'delete', 'destroy', 'get', 'reset'];
const DEFINING = ['define', 'redefine'];

/** The items of one reading, and the kinds of value that nft expects in them. */
interface Part {
  items: NftItem[];
  expected: NftExpected;
}

interface Block {
  head: NftStatement;
  /** The statements in its braces, unless it is a table or a chain. */
  body: NftStatement[];
}

/**
 * Finds names that nft would look up on the machine: names of hosts, services, users and others. A word of unknown kind is reported only if
 * nothing else is wrong. After a mistake, the following words look unknown too.
 */
export function checkNftNames(text: string, statements: NftStatement[], others: NftProblem[]): NftProblem[] {
  const lines = text.split('\n');
  const blocks = toBlocks(statements);
  const read = (tokens: NftToken[]) => readNftItems(tokens, lines);
  const sets = new Map<string, NftExpected[]>();
  const definitions = new Map<string, NftItem[][]>();
  for (const { head, body } of blocks) {
    const words = head.tokens.map((token) => token.text);
    if (DEFINING.includes(words[0] ?? '')) {
      // Inside a table, splitNftStatements takes the braces of a definition for those of a block. They are added again here.
      const inner = body.flatMap(({ tokens }) => tokens);
      const [open, close] = ['{', '}'].map((text): NftItem[] => inner.slice(0, 1).map((token) => ({ kind: 'other', text, token })));
      const values = [...read(head.tokens), ...(open ?? []), ...read(inner), ...(close ?? [])];
      push(definitions, words[1]?.replace(/=.*/, '') ?? '', values.slice(values.findIndex((item) => item.text === '=') + 1));
    } else if (isSet(words)) {
      push(sets, words.at(-1) ?? '', readTypes(body, read));
    }
  }
  const parts = blocks.flatMap((block) => toParts(block, sets, read));
  const problems = readAll(parts, definitions);
  const ofKnownKind = problems.filter(({ isKindKnown }) => isKindKnown);
  return (ofKnownKind.length + others.length > 0 ? ofKnownKind : problems).map(({ problem }) => problem);
}

function toBlocks(statements: NftStatement[]): Block[] {
  const blocks: Block[] = [];
  for (const statement of statements) {
    const last = blocks.at(-1);
    if (statement.context === 'object' && last !== undefined) {
      last.body.push(statement);
    } else {
      blocks.push({ head: statement, body: [] });
    }
  }
  return blocks;
}

function push<Value>(lists: Map<string, Value[]>, name: string, value: Value): void {
  lists.set(name, [...(lists.get(name) ?? []), value]);
}

function isSet(words: string[]): boolean {
  const object = VERBS.includes(words[0] ?? '') ? words[1] : words[0];
  return object === 'set' || object === 'map';
}

/** The kinds of a set's elements, from its `type` or `typeof`. */
function readTypes(body: NftStatement[], read: (tokens: NftToken[]) => NftItem[]): NftExpected {
  const type = body.map(({ tokens }) => read(tokens)).find(([first]) => first?.text === 'type' || first?.text === 'typeof');
  if (type === undefined) {
    return NFT_UNKNOWN;
  }
  const items = type.slice(1).filter(({ text }) => text !== 'interval');
  const colon = items.findIndex(({ text }) => text === ':');
  const halves = colon === -1 ? [items, []] : [items.slice(0, colon), items.slice(colon + 1)];
  const [keys = NFT_UNKNOWN.keys, data = NFT_UNKNOWN.data] = halves.map((half): NftKind[] =>
    half.length === 0
      ? ['unknown']
      : type[0]?.text === 'typeof'
        ? new NftValueReader(half).read()
        : half
            .filter(({ text }) => text !== '.')
            .map(({ text }) => (Object.hasOwn(DATA_TYPES, text) ? DATA_TYPES[text] : undefined) ?? 'unknown'),
  );
  return { keys, data };
}

function toParts({ head, body }: Block, sets: Map<string, NftExpected[]>, read: (tokens: NftToken[]) => NftItem[]): Part[] {
  const words = head.tokens.map(({ text }) => text);
  if (DEFINING.includes(words[0] ?? '')) {
    return [];
  }
  const elements = readElements(head, sets, read);
  if (elements !== null) {
    return elements;
  }
  const expected = isSet(words) ? readTypes(body, read) : NFT_UNKNOWN;
  const rule = getNftRule(words[0] === 'replace' ? { ...head, tokens: head.tokens.slice(1) } : head);
  return [
    { items: read(rule), expected: NFT_UNKNOWN },
    ...body.flatMap(({ tokens }): Part[] => {
      const items = read(tokens);
      const first = items[0]?.text;
      if (first === 'type') {
        return [];
      }
      return first === 'elements' ? [{ items: items.slice(1), expected }] : [{ items, expected: NFT_UNKNOWN }];
    }),
  ];
}

/** Reads the elements of a command such as `add element ip filter bad { 127.0.0.5 }`. null for any other statement. */
function readElements(
  { context, tokens }: NftStatement,
  sets: Map<string, NftExpected[]>,
  read: (tokens: NftToken[]) => NftItem[],
): Part[] | null {
  const words = VERBS.includes(tokens[0]?.text ?? '') ? tokens.slice(1) : tokens;
  if (context !== 'file' || words[0]?.text !== 'element') {
    return null;
  }
  const names = words.slice(NFT_FAMILIES.includes(words[1]?.text ?? '') ? 2 : 1);
  return (sets.get(names[1]?.text ?? '') ?? [NFT_UNKNOWN]).map((expected) => ({ items: read(names.slice(2)), expected }));
}

/** Reads all parts. Reads each definition once for each kind of value that is expected where it is used. */
function readAll(parts: Part[], definitions: Map<string, NftItem[][]>): NftNameProblem[] {
  const problems = new Map<string, NftNameProblem>();
  const seen = new Set<string>();
  const waiting = [...parts];
  // The list grows during this loop.
  for (const part of waiting) {
    const reader = new NftValueReader(part.items, part.expected);
    reader.read();
    for (const found of reader.problems) {
      const place = `${found.problem.line}:${found.problem.column}`;
      const earlier = problems.get(place);
      problems.set(place, earlier?.isKindKnown === true ? earlier : found);
    }
    for (const use of reader.uses.filter((one) => !hasSeen(one, seen))) {
      waiting.push(...(definitions.get(use.name) ?? []).map((items) => ({ items, expected: use })));
    }
  }
  return [...problems.values()];
}

function hasSeen(use: NftUse, seen: Set<string>): boolean {
  const key = [use.name, use.keys.join('.'), use.data.join('.')].join(' ');
  const has = seen.has(key);
  seen.add(key);
  return has;
}
