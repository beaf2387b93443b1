import { toNftProblem, type NftProblem } from './nft-problem.js';
import type { NftItem } from './read-nft-items.js';
import { REFUSED_NFT_PHRASES, REFUSED_NFT_WORDS } from './refused-nft-words.js';
import type { NftStatement } from './split-nft-statements.js';
import { splitNftWord } from './split-nft-word.js';
import type { NftToken } from './tokenize-nft.js';

const CT_HELPER = 'ct helper is refused: it has the kernel load a module for the whole machine';

/**
 * Finds the words and phrases that loopfw refuses. Comments are not searched, because nft sees no keywords there. A string counts only as
 * the second word of a phrase.
 */
export function checkNftWords(tokens: NftToken[], statements: NftStatement[]): NftProblem[] {
  const items = tokens.flatMap(toItems);
  const problems = items.flatMap((item, place) => checkItem(item, items[place - 1]));
  const helpers = [
    ...items.flatMap((item, place) => checkHelper(item, items[place - 1], items[place + 1])),
    ...statements.flatMap(checkHelperObject),
  ];
  return [...problems, ...(helpers.length > 0 ? helpers : items.flatMap((item, place) => checkHelperType(item, items[place - 1])))];
}

function toItems(token: NftToken): NftItem[] {
  return token.kind === 'word'
    ? splitNftWord(token.text).map((part) => ({ ...part, token }))
    : [{ kind: token.kind === 'string' ? 'string' : 'other', text: token.text, token }];
}

function checkItem({ kind, text, token }: NftItem, before: NftItem | undefined): NftProblem[] {
  if (kind === 'other') {
    return [];
  }
  const reason = kind === 'name' && Object.hasOwn(REFUSED_NFT_WORDS, text) ? REFUSED_NFT_WORDS[text] : undefined;
  if (reason !== undefined) {
    return [toNftProblem(token, `${text} is refused: ${reason}`)];
  }
  const phrase = `${before?.kind === 'name' ? before.text : ''} ${text}`;
  return Object.hasOwn(REFUSED_NFT_PHRASES, phrase)
    ? [toNftProblem(token, `${phrase} is refused: ${REFUSED_NFT_PHRASES[phrase] ?? ''}`)]
    : [];
}

/** A rule may match the helper of a connection, but not set it. */
function checkHelper({ kind, text, token }: NftItem, before: NftItem | undefined, after: NftItem | undefined): NftProblem[] {
  return kind === 'name' && text === 'helper' && before?.text === 'ct' && after?.text === 'set' ? [toNftProblem(token, CT_HELPER)] : [];
}

/** Outside a rule, `ct helper` declares a helper object. */
function checkHelperObject({ context, tokens }: NftStatement): NftProblem[] {
  const words = ['add', 'create'].includes(tokens[0]?.text ?? '') ? tokens.slice(1) : tokens;
  const [ct, helper] = words;
  return (context === 'file' || context === 'table') && ct?.text === 'ct' && helper?.text === 'helper'
    ? [toNftProblem(helper, CT_HELPER)]
    : [];
}

/** Only the type of a helper object is a string. This check finds a declaration that the other checks did not see. */
function checkHelperType({ kind, token }: NftItem, before: NftItem | undefined): NftProblem[] {
  return kind === 'string' && before?.kind === 'name' && before.text === 'type' ? [toNftProblem(token, CT_HELPER)] : [];
}
