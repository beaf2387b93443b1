import { distance } from 'fastest-levenshtein';

const LONGEST = 100;

/**
 * The candidate that was probably meant: it begins with the word, or differs from it by a few typing errors. The result is null if there is
 * none.
 */
export function suggestWord(found: string, candidates: Iterable<string>): string | null {
  if (found.length > LONGEST) {
    return null;
  }
  const wanted = found.toLowerCase();
  let best: string | null = null;
  let least = Infinity;
  for (const candidate of candidates) {
    const offered = candidate.toLowerCase();
    const errors = isNear(wanted, offered) ? 1 : distance(wanted, offered);
    if (errors < least) {
      [best, least] = [candidate, errors];
    }
  }
  const tolerated = wanted.length < 4 ? 1 : Math.max(2, Math.floor(wanted.length / 3));
  return least <= tolerated ? best : null;
}

/** Whether the error is one that the Levenshtein distance overrates: a missing end, or letters in another order. */
function isNear(wanted: string, offered: string): boolean {
  return (
    wanted.length > 2 && (offered.startsWith(wanted) || (wanted.length === offered.length && sortLetters(wanted) === sortLetters(offered)))
  );
}

function sortLetters(word: string): string {
  return [...word].sort().join('');
}

/** The text to add to a message about an unknown word: ` (did you mean "…"?)`, or nothing. */
export function didYouMean(found: string, candidates: Iterable<string>): string {
  const suggestion = suggestWord(found, candidates);
  return suggestion === null ? '' : ` (did you mean ${JSON.stringify(suggestion)}?)`;
}
