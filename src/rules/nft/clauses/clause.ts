import type { NftKind } from '../names/value-kinds.js';
import { type NftItem, type NftToken, readNftItems } from '../tokens.js';

/** An item of a rule, and its place in the text: two offsets from 0. A string has no quotes in `text`. */
export interface NftWord extends NftItem {
  start: number;
  end: number;
}

/** One match or one statement of a rule. */
export type NftClause = { words: NftWord[] } & (
  | NftMatch
  /** Verdicts by value: `tcp dport vmap { … }`. */
  | { kind: 'verdict-map' }
  /** What matches at a rate, or up to a number: `limit rate 5/second`, `quota 10 mbytes`, `ct count over 3`. */
  | { kind: 'rate' }
  | { kind: 'verdict'; verdict: string }
  /** Changes the packet, its connection or a set. */
  | { kind: 'effect' }
  /** Changes nothing that a client sees: counter, log, comment. */
  | { kind: 'idle' }
  /** All words up to the end of the rule, which are not cut further. */
  | { kind: 'rest' }
);

/** A comparison. */
export interface NftMatch {
  kind: 'match';
  /** The left side: `tcp dport`. */
  field: string;
  /** The kind of its values; null for a concatenation and for a masked value. */
  of: NftKind | null;
  /** Whether the left side is masked: `ct mark & 0xff`. */
  isMasked: boolean;
  /** The sign between the two sides; null if there is none. */
  sign: NftWord | null;
  value: NftWord[];
}

/** A clause as it is read, without its words. */
export type NftClauseContent = NftClause extends infer Clause ? (Clause extends unknown ? Omit<Clause, 'words'> : never) : never;

/** Makes the function that gives the words of a rule their places in a text. */
export function makeNftLocator(text: string): (tokens: NftToken[]) => NftWord[] {
  const lines = text.split('\n');
  let next = 0;
  const starts = lines.map(({ length }) => {
    const start = next;
    next += length + 1;
    return start;
  });
  return (tokens) => {
    let last: NftToken | null = null;
    let end = 0;
    return readNftItems(tokens, lines).map((item): NftWord => {
      const { token } = item;
      const start = token === last ? end : (starts[token.line - 1] ?? 0) + token.column - 1;
      last = token;
      end = start + item.text.length + (item.kind === 'string' ? 2 : 0);
      return { ...item, start, end };
    });
  };
}
