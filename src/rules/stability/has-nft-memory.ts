import { listNftKeywords } from '../list-nft-keywords.js';
import { tokenizeNft } from '../tokenize-nft.js';
import { NFT_FIELDS, NFT_STATEMENTS } from './nft-expressions.js';

/** What notes what packets did, by its last word. add and delete are commands too: they note where a set follows. */
const WORDS = new Set([
  ...Object.entries(NFT_STATEMENTS).flatMap(([word, { stability }]) => (stability === 'memory' ? [word] : [])),
  ...Object.values(NFT_FIELDS).flatMap((fields) =>
    Object.entries(fields).flatMap(([name, { stability }]) => (stability === 'memory' ? [name] : [])),
  ),
]);
const COMMANDS = new Set(['add', 'delete']);
/** Of sets: packets or time change them. */
const CHANGES = new Set(['dynamic', 'timeout', 'expires']);

/** Whether a native rule set may remember packets. Told by its words: a name that is one of them only makes probes wait for each other. */
export function hasNftMemory(text: string): boolean {
  const tokens = tokenizeNft(text);
  return tokens.some((token, place) =>
    listNftKeywords(token).some((word) =>
      COMMANDS.has(word) ? tokens[place + 1]?.text.startsWith('@') === true : WORDS.has(word) || CHANGES.has(word),
    ),
  );
}
