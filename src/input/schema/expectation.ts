import type { Expectation } from '../../model/result.js';
import type { ExpectationInput, ExpectedWord } from '../../model/scenario-file.js';

const WORDS: Record<ExpectedWord, Expectation> = {
  connected: { outcome: 'connected' },
  refused: { outcome: 'refused' },
  unreachable: { outcome: 'unreachable' },
  denied: { outcome: 'denied' },
  reset: { outcome: 'reset' },
  timeout: { outcome: 'timeout' },
  service: { cause: 'service' },
  'no-listener': { cause: 'no-listener' },
  rejected: { cause: 'rejected' },
  dropped: { cause: 'dropped' },
  'answer-eaten': { cause: 'answer-eaten' },
  silent: { cause: 'silent' },
  'not-routed': { cause: 'not-routed' },
  local: { cause: 'local' },
  unexplained: { cause: 'unexplained' },
  closed: { outcome: 'refused', cause: 'no-listener' },
};

/** Expands a word of `expect` to its outcome or cause. An object is returned as it is. */
export function normalizeExpectation(expect: ExpectedWord | ExpectationInput): Expectation {
  return typeof expect === 'string' ? { ...WORDS[expect] } : expect;
}

/** The words of `expect` that set the outcome alone, or the cause alone. "closed" sets both and is in neither list. */
export function getWords(key: 'outcome' | 'cause'): string[] {
  return Object.entries(WORDS).flatMap(([word, expectation]) =>
    key in expectation && Object.keys(expectation).length === 1 ? [word] : [],
  );
}
