import { closest, distance } from 'fastest-levenshtein';

/** ` (did you mean "…"?)` for a word that is nearly one of the candidates, else nothing. Case does not count. */
export function suggest(word: string, candidates: readonly string[]): string {
  if (candidates.length === 0) return '';
  const lower = word.toLowerCase();
  const best = closest(lower, candidates.map((candidate) => candidate.toLowerCase()));
  if (distance(lower, best) > Math.max(1, Math.floor(word.length / 3))) return '';
  const original = candidates.find((candidate) => candidate.toLowerCase() === best);
  return ` (did you mean "${original}"?)`;
}
