import type { Status } from '../../model/result.js';
import { makeResultHarmless } from '../shared/harmless.js';
import { printWarning } from '../shared/diagnostics.js';
import { getRepositoryPath, type Pipeline } from '../shared/pipeline.js';
import type { Reporter } from '../shared/reporter.js';
import { listSuites, type Suite, tellStory, type TestCase } from './cases.js';
import { escapeAttribute, escapeXml, Room } from './markup.js';

/** GitLab refuses a file of more than 30 MB. The lines of the passed cases need some of it. */
const MOST_STORY_BYTES = 20_000_000;
const TOO_MANY = 'The reason is left out here: the report would be too large for GitLab. Another report has it, such as -r json=FILE.';

type Attributes = Record<string, string | number | null>;

interface Context {
  kernel: string;
  pipeline: Pipeline | undefined;
  room: Room;
}

/**
 * The report as JUnit XML, valid by junit-10.xsd of Jenkins. A suite is a scenario on a back end, a case is a probe. Inconclusive is an
 * error: a skipped case would be green, while loopfw ends with exit code 1.
 */
export const reportJunit: Reporter = (foreign, { pipeline }) => {
  const result = makeResultHarmless(foreign);
  const suites = listSuites(result);
  const context = { kernel: result.environment.kernel, pipeline, room: new Room(MOST_STORY_BYTES) };
  const totals = countCases(suites.flatMap(({ cases }) => cases));
  const lines = [
    '<?xml version="1.0" encoding="UTF-8"?>',
    open('testsuites', { name: 'loopfw', ...totals, time: toSeconds(result.summary.durationMs) }),
    ...suites.flatMap((suite) => printSuite(suite, context)),
    '</testsuites>',
  ];
  return `${lines.join('\n')}\n`;
};

function printSuite(suite: Suite, context: Context): string[] {
  const { name, file, backend, tags, startedAt, durationMs, warnings, cases } = suite;
  const { kernel } = context;
  const properties = [...Object.entries(backend === null ? { kernel } : { backend, kernel }), ...tags.map((tag) => ['tag', tag] as const)];
  // Some schemas forbid a part of a second and a zone. The time is UTC.
  const timestamp = startedAt.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length);
  return [
    `  ${open('testsuite', { name, ...countCases(cases), skipped: 0, time: toSeconds(durationMs), timestamp, file })}`,
    '    <properties>',
    ...properties.map(([key, value]) => `      ${open('property', { name: key, value }, '/>')}`),
    '    </properties>',
    ...cases.flatMap((testCase) => printCase(testCase, suite, context)),
    ...(warnings.length === 0
      ? []
      : ['    <system-err>', ...warnings.map((warning) => `      ${escapeXml(printWarning(warning))}`), '    </system-err>']),
    '  </testsuite>',
  ];
}

function printCase(testCase: TestCase, suite: Suite, { pipeline, room }: Context): string[] {
  const { name, status, elapsedMs, failure } = testCase;
  const attributes = {
    classname: getClassName(suite),
    name,
    time: elapsedMs === null ? null : toSeconds(elapsedMs),
    // GitLab links a case by its file. The schema of Jenkins forbids the attribute.
    file: pipeline?.kind === 'gitlab' && suite.file !== null ? getRepositoryPath(suite.file, pipeline) : null,
  };
  if (failure === null) {
    return [`    ${open('testcase', attributes, '/>')}`];
  }
  const element = status === 'failed' ? 'failure' : 'error';
  const { type, headline: message } = failure;
  // GitLab shows the text of the element, and not its message: so the text has all.
  const whole = `${open(element, { type, message })}\n${escapeXml(tellStory(testCase, suite, '        '))}`;
  return [
    `    ${open('testcase', attributes)}`,
    `      ${room.take(whole) ? whole : open(element, { type, message: TOO_MANY })}`,
    `      </${element}>`,
    '    </testcase>',
  ];
}

/**
 * `scenarios.rejecting.one-address › one address`: Jenkins takes what is before the last dot for the package. So the dots of the names are
 * other dots.
 */
function getClassName({ file, name }: Suite): string {
  const folders = (file ?? '').replace(/\.json$/, '').split('/');
  const path = folders.filter((folder) => folder !== '' && folder !== '.').map(hideDots);
  return [...(path.length === 0 ? [] : [path.join('.')]), hideDots(name)].join(' › ');
}

function hideDots(text: string): string {
  return text.replaceAll('.', '․');
}

function countCases(cases: TestCase[]): Attributes {
  const count = (...statuses: Status[]) => cases.filter(({ status }) => statuses.includes(status)).length;
  return { tests: cases.length, failures: count('failed'), errors: count('inconclusive', 'error') };
}

/** A decimal number, not 1e-7: at most three decimal places, as some schemas want it. */
function toSeconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}

/** The start tag of an element. Attributes without a value are left out. */
function open(name: string, attributes: Attributes, end: '>' | '/>' = '>'): string {
  const known = Object.entries(attributes).filter(([, value]) => value !== null);
  return `<${name}${known.map(([key, value]) => ` ${key}="${escapeAttribute(String(value))}"`).join('')}${end}`;
}
