import type { Mutant, MutantStatus, Mutation } from '../../model/insight/mutation.js';

/** The first of these counts where scenarios that load the same rule do not agree. */
const ORDER: MutantStatus[] = ['noticed', 'unnoticed', 'unsure', 'equivalent', 'untested', 'invalid'];

/** The mutants of all scenarios. Scenarios that load the same rule judge its mutants together: it is enough that one of them notices. */
export function joinMutants({ scenarios }: Mutation): Mutant[] {
  const joined = new Map<string, Mutant>();
  for (const mutant of scenarios.flatMap(({ mutants }) => mutants)) {
    const { rule, text } = mutant;
    const key = JSON.stringify([rule.file, rule.line, rule.line === null ? rule.text : '', text]);
    const known = joined.get(key);
    joined.set(key, known === undefined || ORDER.indexOf(mutant.status) < ORDER.indexOf(known.status) ? mutant : known);
  }
  return [...joined.values()];
}

export function countMutants(mutants: Mutant[]): Record<MutantStatus, number> {
  const count = (status: MutantStatus) => mutants.filter((mutant) => mutant.status === status).length;
  const entries = ORDER.map((status): [MutantStatus, number] => [status, count(status)]);
  return Object.fromEntries(entries) as Record<MutantStatus, number>; // every status has an entry
}

/** The share of the mutants that are noticed, of those that can be, in percent; null if there is none. */
export function getScore(mutants: Mutant[]): number | null {
  const { noticed, unnoticed } = countMutants(mutants);
  return noticed + unnoticed === 0 ? null : (noticed * 100) / (noticed + unnoticed);
}
