import type { Backend } from '../../src/model/result.js';
import type { Entry } from '../../src/model/rule.js';
import { checkRuleSet } from '../../src/rules/chains/check.js';
import { getUnsupported } from '../../src/rules/rule/traits.js';
import { tryParse } from './try-parse.js';

/** Leaves out rules that have no place where they stand, or that the back end cannot hold. */
export function keepPossible(texts: string[], backend: Backend): { rules: string[]; entries: Entry[] } {
  let kept = texts.flatMap((text) => {
    const entry = tryParse(text);
    return entry !== null && (!('rules' in entry) || entry.rules.every((rule) => getUnsupported(rule, backend) === null))
      ? [{ text, entry }]
      : [];
  });
  for (;;) {
    const wrong = new Set(checkRuleSet(kept.map(({ entry }) => [entry])).map(({ index }) => index));
    if (wrong.size === 0) {
      return { rules: kept.map(({ text }) => text), entries: kept.map(({ entry }) => entry) };
    }
    kept = kept.filter((_, index) => !wrong.has(index));
  }
}
