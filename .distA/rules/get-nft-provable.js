import { listNftKeywords } from './list-nft-keywords.js';
import { tokenizeNft } from './tokenize-nft.js';
/** Where one of these stands, what a packet meets may depend on time, rate, history or chance. */
const HISTORY = [
    ...['limit', 'quota', 'numgen', 'symhash', 'random', 'time', 'hour', 'day'],
    // Sets that packets change.
    ...['dynamic', 'update', 'timeout', 'expires', 'meter'],
];
/** What connection tracking knows of earlier packets: how many, how long, and what they have left there. */
const TRACKED_HISTORY = /\bct (?:(?:original|reply) )?(?:count|status|expiration|bytes|packets|avgpkt|mark|label)\b/;
/** Where one of these stands, connection tracking may be asked. */
const STATEFUL = ['ct', 'nat', 'snat', 'dnat', 'masquerade', 'redirect'];
/** What may be decided by proof under a native rule set. Told by its words: a name that is one of them only costs the client's waiting. */
export function getNftProvable(text) {
    const tokens = tokenizeNft(text);
    const words = tokens.flatMap(listNftKeywords);
    const changesSet = tokens.some((token, place) => token.text.startsWith('@') && ['add', 'delete'].includes(tokens[place - 1]?.text ?? ''));
    if (changesSet || words.some((word) => HISTORY.includes(word)) || TRACKED_HISTORY.test(words.join(' '))) {
        return 'nothing';
    }
    return words.some((word) => STATEFUL.includes(word)) ? 'drops' : 'all';
}
