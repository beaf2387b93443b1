import type { ScenarioResult } from '../../model/result.js';
import { makeScenarioHarmless } from '../shared/harmless.js';
import { makePaint } from '../shared/paint.js';
import { listStories, type Story } from './causes.js';
import { makeTeller } from './story.js';

/** The stories of all that did not pass, as the report for people tells them: without colour, and no line is wrapped. */
export function tellFailures(scenarios: ScenarioResult[]): string[] {
  const teller = makeTeller({ isVerbose: false, hasContext: false }, { paint: makePaint(false), columns: null });
  return listStories({ scenarios: scenarios.map(makeScenarioHarmless) }).map((story) => teller(withLine(story)));
}

/** What is about a scenario and not about a probe is at the line of the scenario. */
function withLine(story: Story): Story {
  const { scenario } = story;
  return story.kind === 'probe' ? story : { ...story, scenario: { ...scenario, file: `${scenario.file}:${scenario.line}` } };
}
