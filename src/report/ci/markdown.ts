import type { Result, ScenarioResult, Summary } from '../../model/result.js';
import { countNoun } from '../../words/phrases.js';
import { getCoverage } from '../shared/coverage.js';
import { printWarning } from '../shared/diagnostics.js';
import { makeResultHarmless } from '../shared/harmless.js';
import { nameScenario } from '../shared/labels.js';
import { getMark } from '../shared/paint.js';
import type { Reporter } from '../shared/reporter.js';
import { listSuites, type Suite, tellStory, type TestCase } from './cases.js';
import { escapeMarkdown, Room } from './markup.js';

/** GitHub drops a summary of more than 1,024 kB as a whole. */
const MOST_BYTES = { stories: 500_000, warnings: 90_000, table: 300_000 };
/** How many stories are shown without a click. */
const MOST_OPEN = 10;

/**
 * The report as Markdown, for the summary of a job or a comment: what did not pass with its story, warnings, and a table of the scenarios.
 * Text from files is in elements of HTML, where each character that Markdown could take for markup is an entity.
 */
export const reportMarkdown: Reporter = (foreign) => {
  const result = makeResultHarmless(foreign);
  const blocks = [
    `## ${getTitle(result)}`,
    describeRun(result),
    ...(result.aborted ? ['**The run was aborted**: what had not finished is left out.'] : []),
    ...printStories(listSuites(result)),
    ...printWarnings(result),
    ...printTable(result.scenarios),
  ];
  return `${blocks.join('\n\n')}\n`;
};

/** `✖ 3 failed, 1 inconclusive of 4 probes` */
function getTitle({ summary, scenarios, aborted }: Result): string {
  const counters = scenarios.flatMap((scenario) => scenario.counters).filter(({ status }) => status === 'failed').length;
  const problems = [
    ...countOf(summary, 'failed'),
    ...countOf(summary, 'inconclusive'),
    ...(summary.errors === 0 ? [] : [countNoun(summary.errors, 'error')]),
  ];
  const others = counters === 0 ? '' : `, ${countNoun(counters, 'counter')} failed`;
  const mark = getMark(
    summary.failed + summary.errors + counters > 0 || aborted ? 'failed' : summary.inconclusive > 0 ? 'inconclusive' : 'passed',
  );
  return `${mark} ${problems.length === 0 ? `${summary.passed} passed` : problems.join(', ')} of ${countNoun(summary.probes, 'probe')}${others}`;
}

function countOf(summary: Summary, key: 'failed' | 'inconclusive'): string[] {
  return summary[key] === 0 ? [] : [`${summary[key]} ${key}`];
}

function describeRun(result: Result): string {
  const { summary, environment } = result;
  const { counted, reached, percent } = getCoverage(result);
  const rules = counted === 0 ? '' : ` Packets reached ${reached} of ${countNoun(counted, 'rule')} (${Math.floor(percent)} %).`;
  const seconds = (summary.durationMs / 1000).toFixed(2);
  return `${countNoun(summary.scenarios, 'scenario')} in ${seconds} s, loopfw ${toCode(environment.loopfw)}, Linux ${toCode(environment.kernel)}, started at ${toCode(result.startedAt)}.${rules}`;
}

function printStories(suites: Suite[]): string[] {
  const failed = suites.flatMap((suite) => suite.cases.filter(({ failure }) => failure !== null).map((testCase) => ({ testCase, suite })));
  const stories = failed.map(({ testCase, suite }, place) => printStory(testCase, suite, place < MOST_OPEN));
  const { kept, note } = fit(stories, MOST_BYTES.stories);
  return stories.length === 0 ? [] : ['### What did not pass', ...kept, ...note];
}

/** The empty lines are needed: they end one block of HTML and begin the next. Only the block of <pre> may have empty lines of its own. */
function printStory(testCase: TestCase, suite: Suite, isOpen: boolean): string {
  const { name, status, failure } = testCase;
  const title = `${getMark(status)} ${toCode(`${suite.name} › ${name}`)}: ${status}${failure !== null && status === 'failed' ? `, ${toCode(failure.headline)}` : ''}`;
  return [
    `<details${isOpen ? ' open' : ''}><summary>${title}</summary>`,
    `<pre>\n${escapeMarkdown(tellStory(testCase, suite, '  '))}\n</pre>`,
    '</details>',
  ].join('\n\n');
}

function printWarnings({ scenarios }: Result): string[] {
  const lines = new Set(scenarios.flatMap(({ warnings }) => warnings.map(printWarning)));
  const { kept, note } = fit(
    [...lines].map((line) => `- ${toCode(line)}`),
    MOST_BYTES.warnings,
  );
  return lines.size === 0 ? [] : ['### Warnings', kept.join('\n'), ...note];
}

function printTable(scenarios: ScenarioResult[]): string[] {
  const { kept, note } = fit(scenarios.map(printRow), MOST_BYTES.table);
  const head = ['| | scenario | file | passed | ms |', '|---|---|---|---|--:|'];
  return scenarios.length === 0 ? [] : ['### Scenarios', [...head, ...kept].join('\n'), ...note];
}

function printRow(scenario: ScenarioResult): string {
  const { file, line, status, probes, durationMs } = scenario;
  const passed = probes.filter((probe) => probe.status === 'passed').length;
  const cells = [
    `${getMark(status)} ${status}`,
    toCode(nameScenario(scenario)),
    toCode(`${file}:${line}`),
    `${passed} of ${probes.length}`,
    Math.round(durationMs),
  ];
  return `| ${cells.join(' | ')} |`;
}

function toCode(text: string): string {
  return `<code>${escapeMarkdown(text)}</code>`;
}

/** The texts that fit, and a note about the others. */
function fit(texts: string[], bytes: number): { kept: string[]; note: string[] } {
  const room = new Room(bytes);
  const kept = texts.filter((text) => room.take(text));
  const others = texts.length - kept.length;
  return { kept, note: others === 0 ? [] : [`And ${others} more: a summary of GitHub has no room for them.`] };
}
