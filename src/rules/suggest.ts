import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean "…"?)` for a word that is nearly one of the candidates, else nothing. Case does not count. */
export function suggest(word: string, candidates: readonly string[]): string {
  const best = findSwapped(word, candidates) ?? findNear(word, candidates);
  return best === undefined ? '' : ` (did you mean "${best}"?)`;
}

/** Swapped letters are two edits, too many for a short word, and the most common slip. */
function findSwapped(word: string, candidates: readonly string[]): string | undefined {
  const letters = sortLetters(word);
  return candidates.find((candidate) => candidate.length === word.length && sortLetters(candidate) === letters);
}

function sortLetters(word: string): string {
  return [...word.toLowerCase()].sort().join('');
}

function findNear(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) {
    return undefined;
  }
  const lower = word.toLowerCase();
  const best = closest(
    lower,
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  if (distance(lower, best) > Math.max(1, Math.floor(word.length / 3))) {
    return undefined;
  }
  return candidates.find((candidate) => candidate.toLowerCase() === best);
}
