import { listNftKeywords, tokenizeNft } from '../nft/tokens.js';
import { NFT_FIELDS, NFT_STATEMENTS } from './nft-expressions.js';

/**
 * The words of statements and fields that store what packets did. The words add and delete are also commands. They store something only
 * before a set, or as `set add`.
 */
const WORDS = new Set([
  ...Object.entries(NFT_STATEMENTS).flatMap(([word, { stability }]) => (stability === 'memory' ? [word] : [])),
  ...Object.values(NFT_FIELDS).flatMap((fields) =>
    Object.entries(fields).flatMap(([name, { stability }]) => (stability === 'memory' ? [name] : [])),
  ),
]);
/** NAT that gives clients a port. The kernel keeps the port for an earlier client for a while, so the next client does not get it. */
const GIVES_PORTS = /\b(?:snat|masquerade)\b[^;\n]*?(?:\bmap\b|\bto\s*:(?!:)|\]:|\d\.\d+(?:-[\d.]+)?\s*:|\s:(?!:)|@|\$)/;
const COMMANDS = new Set(['add', 'delete']);
/** Words of sets that packets or time change. */
const CHANGES = new Set(['dynamic', 'timeout', 'expires']);

/**
 * Whether a native rule set may remember packets, judged by its words. A name that is one of these words causes no error: probes only wait
 * for each other.
 */
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
