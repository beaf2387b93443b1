/** A verdict is a tag; the description says it in words. From good to bad. */
const VERDICTS = { confirmed: /\bTrue\b/, qualified: /\bNot quite\b/, refuted: /\bWrong\b/ };

/** The claim that a scenario is about, and its verdict on it where it gives one: `4 qualified`. */
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

/** The number of the claim that a scenario is about, or null. */
export function getClaim({ tags }) {
  const tag = tags.find((each) => /^claim-\d+$/.test(each));
  return tag === undefined ? null : Number(tag.slice('claim-'.length));
}

function findVerdict({ tags }) {
  return Object.keys(VERDICTS).find((verdict) => tags.includes(verdict));
}

/** The verdict on a claim is the worst that any scenario has on it. */
export function getWorstVerdict(scenarios) {
  return Object.keys(VERDICTS).findLast((verdict) => scenarios.some(({ tags }) => tags.includes(verdict)));
}
