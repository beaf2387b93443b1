import { getClaim, getWorstVerdict } from './get-verdict.js';

/**
 * The claims by number. The text of a claim comes from the first scenario of the claim whose description begins with it.
 * @throws if no description of a claim has its text
 */
export function findClaims(scenarios) {
  const numbers = new Set(scenarios.map(getClaim).filter((number) => number !== null));
  return [...numbers]
    .sort((a, b) => a - b)
    .map((number) => {
      const own = scenarios.filter((scenario) => getClaim(scenario) === number);
      const text = own
        .map(({ description }) => /^Claim: (.*?)[.] (?:True|Not quite|Wrong)\b/.exec(description)?.[1])
        .find((words) => words);
      if (text === undefined) {
        throw new Error(`claim-${number}: no description begins "Claim: … . True", "Not quite" or "Wrong"`);
      }
      return {
        number,
        text,
        verdict: getWorstVerdict(own),
        files: [...new Set(own.map(({ file }) => file))],
      };
    });
}
