import type { ScenarioRule } from '../model/scenario.js';

/** The same as ruleName in schema/scenario.json. */
const NAME = /^(?=.{1,100}$)[0-9]*[A-Za-z_][A-Za-z0-9_.-]*$/;

/** Gives a rule its comment as name, if the comment is a valid name and no other rule has it. */
export function nameByComments(rules: ScenarioRule[]): ScenarioRule[] {
  const comments = rules.map(getComment);
  const counts = new Map<string | null, number>();
  for (const comment of comments) {
    counts.set(comment, (counts.get(comment) ?? 0) + 1);
  }
  return rules.map((rule, place) => {
    const comment = comments[place] ?? null;
    return { ...rule, name: comment !== null && counts.get(comment) === 1 && NAME.test(comment) ? comment : null };
  });
}

function getComment({ entries }: ScenarioRule): string | null {
  const [entry] = entries;
  const [rule] = entry !== undefined && 'rules' in entry ? entry.rules : [];
  return rule?.matches.find(({ name }) => name === 'comment')?.options[0]?.values[0] ?? null;
}
