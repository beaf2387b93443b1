import { listNftKeywords } from '../list-nft-keywords.js';
import { tokenizeNft } from '../tokenize-nft.js';
import { NFT_FIELDS, NFT_STATEMENTS } from './nft-expressions.js';

/** What notes what packets did, by its last word. add and delete are commands too: they note where a set follows, or as `set add`. */
const WORDS = new Set([
  ...Object.entries(NFT_STATEMENTS).flatMap(([word, { stability }]) => (stability === 'memory' ? [word] : [])),
  ...Object.values(NFT_FIELDS).flatMap((fields) =>
    Object.entries(fields).flatMap(([name, { stability }]) => (stability === 'memory' ? [name] : [])),
  ),
]);
/** A given port for a client: whoever had it before keeps it for a while, so that the next client does not get it. */
const GIVES_PORTS = /\b(?:snat|masquerade)\b[^;\n]*?(?:\bmap\b|\bto\s*:(?!:)|\]:|\d\.\d+(?:-[\d.]+)?\s*:|\s:(?!:)|@|\$)/;
const COMMANDS = new Set(['add', 'delete']);
/** Of sets: packets or time change them. */
const CHANGES = new Set(['dynamic', 'timeout', 'expires']);

/** Whether a native rule set may remember packets. Told by its words: a name that is one of them only makes probes wait for each other. */
export function hasNftMemory(text: string): boolean {
  const tokens = tokenizeNft(text);
  return (
    GIVES_PORTS.test(text.replaceAll('\\\n', ' ')) ||
    tokens.some((token, place) =>
      listNftKeywords(token).some((word) =>
        COMMANDS.has(word)
          ? tokens[place + 1]?.text.startsWith('@') === true || tokens[place - 1]?.text === 'set'
          : WORDS.has(word) || CHANGES.has(word),
      ),
    )
  );
}
