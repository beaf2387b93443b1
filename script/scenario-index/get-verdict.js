/** A verdict is a tag, and the description must contain its words. From good to bad. */
const VERDICTS = { confirmed: /\bTrue\b/, qualified: /\bNot quite\b/, refuted: /\bWrong\b/ };

/**
 * The claim of a scenario, and its verdict on the claim if it has one: `4 qualified`.
 * @throws for a verdict without a claim, or without its words in the description
 */
export function getVerdict(scenario) {
  const claim = getClaim(scenario);
  const verdict = findVerdict(scenario);
  if (verdict !== undefined && (claim === null || !VERDICTS[verdict].test(scenario.description))) {
    throw new Error(
      `${scenario.file}: ${scenario.name}: the tag "${verdict}" needs a tag claim-N, and a description with ${VERDICTS[verdict]}`,
    );
  }
  return [claim, verdict].filter((part) => part != null).join(' ');
}

/** The number of the scenario's claim, or null. */
export function getClaim({ tags }) {
  const tag = tags.find((each) => /^claim-\d+$/.test(each));
  return tag === undefined ? null : Number(tag.slice('claim-'.length));
}

function findVerdict({ tags }) {
  return Object.keys(VERDICTS).find((verdict) => tags.includes(verdict));
}

/** The verdict on a claim: the worst verdict of its scenarios. */
export function getWorstVerdict(scenarios) {
  return Object.keys(VERDICTS).findLast((verdict) => scenarios.some(({ tags }) => tags.includes(verdict)));
}
