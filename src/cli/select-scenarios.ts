import type { Scenario } from '../model/scenario.js';
import { matchNames } from './match-names.js';

export interface Selection {
  /** A scenario must have one of these tags; without tags every scenario is selected. */
  tags: string[];
  /** The scenario's name must match it; null selects every name. */
  grep: RegExp | null;
}

/** The scenarios with one of the tags and a name that matches, in their order. */
export function selectScenarios<S extends Pick<Scenario, 'name' | 'tags'>>(scenarios: S[], { tags, grep }: Selection): S[] {
  const tagged = scenarios.filter((scenario) => tags.length === 0 || tags.some((tag) => scenario.tags.includes(tag)));
  if (grep === null) {
    return tagged;
  }
  const names = tagged.map(({ name }) => name);
  const matches = matchNames(grep, names);
  return tagged.filter((_, place) => matches[place]);
}
