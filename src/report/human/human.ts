import { makeResultHarmless } from '../shared/harmless.js';
import { getColumns } from '../shared/layout.js';
import { makePaint } from '../shared/paint.js';
import type { Reporter } from '../shared/reporter.js';
import { getRerunCommand } from './again.js';
import { listStories } from './causes.js';
import { showCoverage } from './coverage.js';
import { listFolders, listScenarios, showHead, showWhole } from './overview.js';
import { showRecap } from './recap.js';
import { showWarnings } from './remarks.js';
import { makeTeller, nameStory } from './story.js';

/** On a terminal, more stories are told in two lines each. */
const MOST_STORIES = 10;
const SHORT = 'In short, for --verbose tells all of it:';

/**
 * The report for people. Of one file it has every probe, in columns. Of several it has a line for each folder, and on no terminal a line for
 * each scenario. Then comes what did not pass, each story once, and at the end the counts and the command that runs it again.
 */
export const reportHuman: Reporter = (
  foreign,
  { color, columns, isVerbose = false, isQuiet = false, countsWarnings = false, listsCoverage = false },
) => {
  const result = makeResultHarmless(foreign);
  const screen = { paint: makePaint(color), columns: getColumns(columns) };
  const isWhole = !isQuiet && (isVerbose || new Set(result.scenarios.map(({ file }) => file)).size <= 1);
  const overview = isWhole
    ? result.scenarios.map((scenario) => showWhole(scenario, isVerbose, screen))
    : isQuiet || result.scenarios.length === 0
      ? []
      : [screen.columns === null ? listScenarios(result, screen) : listFolders(result, screen)];
  const teller = makeTeller({ isVerbose, hasContext: isWhole }, screen);
  // A table has said all of a counter, and the head of a scenario all of its error.
  const all = listStories(result).filter(({ kind }) => !isWhole || kind === 'probe');
  const told = screen.columns === null || isVerbose ? all : all.slice(0, MOST_STORIES);
  const stories = told.map(teller);
  const short = all.slice(told.length).map((story) => nameStory(story, screen));
  const counted = countsWarnings && !isWhole ? result.scenarios.filter(({ warnings }) => warnings.length > 0) : [];
  const warned = counted.map((scenario) => [showHead(scenario, screen), ...showWarnings(scenario.warnings, '  ', screen)].join('\n'));
  const options = {
    isVerbose,
    isQuiet,
    hasWarnings: isWhole || counted.length > 0,
    countsWarnings,
    listsCoverage,
    again: getRerunCommand(foreign),
  };
  const coverage = listsCoverage ? showCoverage(result, screen) : [];
  return `${[...overview, ...stories, ...(short.length === 0 ? [] : [[SHORT, ...short].join('\n')]), ...warned, [...coverage, showRecap(result, options, screen)].join('\n')].join('\n\n')}\n`;
};
