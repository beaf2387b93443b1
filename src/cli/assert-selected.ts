import { UsageError } from '../errors.js';
import type { Scenario } from '../model/scenario.js';
import { makeHarmless } from '../words/harmless.js';
import { countNoun } from '../words/phrases.js';
import type { Selection } from './select-scenarios.js';

/**
 * Checks that a selection leaves a scenario: a run without a probe would look like a run that passed.
 * @throws UsageError where it leaves none
 */
export function assertSelected(selected: Scenario[], all: Scenario[], { tags, grep }: Selection): void {
  if (selected.length > 0) {
    return;
  }
  const asked = [...(tags.length === 0 ? [] : [`the tag ${tags.join(' or ')}`]), ...(grep === null ? [] : [`a name that matches ${grep}`])];
  const known = [...new Set(all.flatMap((scenario) => scenario.tags))].sort();
  const advice = tags.length === 0 ? '' : `; ${known.length === 0 ? 'there are no tags' : `the tags there are: ${known.join(', ')}`}`;
  throw new UsageError(makeHarmless(`nothing to run: of ${countNoun(all.length, 'scenario')} none has ${asked.join(' and ')}${advice}`));
}
