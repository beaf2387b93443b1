import type { ExerciseScenario, Server } from '../../model/scenario.js';
import { makeHarmless } from '../../words/harmless.js';
import { getColumns, measure, pad, type Screen, wrap } from '../shared/layout.js';
import { quote } from '../human/again.js';
import { makePaint } from '../shared/paint.js';
import type { ReportOptions } from '../shared/reporter.js';

type Look = Pick<ReportOptions, 'color' | 'columns'>;

const INDENT = '  ';
const LABEL = 12;
/** The columns of a file of rules, without the sign of a comment. */
const FILE_COLUMNS = 78;

export function makeScreen({ color, columns }: Look): Screen {
  return { paint: makePaint(color), columns: getColumns(columns) };
}

/** A line for each exercise. */
export function showExercises(exercises: { name: string; scenario: ExerciseScenario }[], look: Look): string {
  const screen = makeScreen(look);
  const width = Math.max(0, ...exercises.map(({ name }) => name.length));
  const lines = exercises.map(({ name, scenario }) => {
    const start = ' '.repeat(width + INDENT.length);
    return `${screen.paint.bold(pad(name, width))}${INDENT}${wrap(makeHarmless(scenario.name), start, screen).slice(start.length)}`;
  });
  return `${lines.join('\n')}\n\nThe task of one: loopfw exercise NAME, or its number\n`;
}

/**
 * The task, the world, the rules at the beginning, and how to go on.
 * @param typed what names the exercise on a command line
 */
export function showTask(name: string, typed: string, scenario: ExerciseScenario, look: Look): string {
  const screen = makeScreen(look);
  const { bold } = screen.paint;
  const { exercise } = scenario;
  const hints = exercise.hints.length;
  return [
    bold(wrap(makeHarmless(`${name}: ${scenario.name}`), '', screen)),
    '',
    ...showParagraphs(exercise.task, '', screen),
    '',
    ...showWorld(scenario, screen),
    '',
    bold(exercise.start.length === 0 ? 'There are no rules at the beginning.' : 'the rules at the beginning'),
    // Not wrapped: users copy them.
    ...exercise.start.map((rule) => `${INDENT}${toCommand(rule)}`),
    '',
    bold('how to go on'),
    ...showCommands(
      [
        [`loopfw exercise ${quote(typed)} --start my.rules`, 'writes these rules to a new file'],
        [`loopfw exercise ${quote(typed)} --rules my.rules`, 'runs your rules, and says what is right'],
        ...(hints === 0
          ? []
          : [[`loopfw exercise ${quote(typed)} --hint 1`, hints === 1 ? 'gives a hint' : `gives the first of ${hints} hints`] as const]),
      ],
      screen,
    ),
    '',
  ].join('\n');
}

/** The rules at the beginning as a file, with the task in comments. */
export function printStart(name: string, typed: string, scenario: ExerciseScenario): string {
  const screen: Screen = { paint: makePaint(false), columns: FILE_COLUMNS };
  const comments = [
    `Exercise ${makeHarmless(`${name}: ${scenario.name}`)}`,
    '',
    ...showParagraphs(scenario.exercise.task, '', screen),
    '',
    ...showWorld(scenario, screen),
    '',
    `Change the rules below, then run: loopfw exercise ${makeHarmless(quote(typed))} --rules FILE`,
  ];
  const lines = comments.flatMap((text) => text.split('\n')).map((line) => `# ${line}`.trimEnd());
  return [...lines, '', ...scenario.exercise.start.map(toCommand), ''].join('\n');
}

/** Hints up to a number, counted from 1. */
export function showHints({ exercise }: ExerciseScenario, upTo: number, look: Look): string {
  const screen = makeScreen(look);
  const lines = exercise.hints
    .slice(0, upTo)
    .map((hint, place) => wrap(`${screen.paint.bold(`hint ${place + 1} of ${exercise.hints.length}:`)} ${makeHarmless(hint)}`, '', screen));
  return `${lines.join('\n')}\n`;
}

/** Text with empty lines between its paragraphs. */
export function showParagraphs(text: string, indent: string, screen: Screen): string[] {
  const paragraphs = text.split(/\n\s*\n/).map((paragraph) => wrap(makeHarmless(paragraph.replaceAll('\n', ' ')), indent, screen));
  return paragraphs.flatMap((paragraph, place) => (place === 0 ? [paragraph] : ['', paragraph]));
}

/** Commands, and what each does: beside them, or below them where a terminal is too narrow. */
export function showCommands(commands: (readonly [command: string, does: string])[], { columns, paint }: Screen): string[] {
  const harmless = commands.map(([command, does]) => [makeHarmless(command), makeHarmless(does)] as const);
  const width = Math.max(0, ...harmless.map(([command]) => measure(command)));
  const isBeside = columns === null || harmless.every(([, does]) => 2 * INDENT.length + width + measure(does) <= columns);
  return harmless.flatMap(([command, does]) =>
    isBeside
      ? [`${INDENT}${pad(command, width)}${INDENT}${paint.dim(does)}`]
      : [`${INDENT}${command}`, `${INDENT}${INDENT}${paint.dim(does)}`],
  );
}

function toCommand(rule: string): string {
  const text = makeHarmless(rule.trim());
  return text.startsWith('-') ? `iptables ${text}` : text;
}

/** What the world has: servers, clients, interfaces, addresses. Each with its name, if it has one. */
function showWorld({ servers, phases, world }: ExerciseScenario, screen: Screen): string[] {
  const probes = phases.flatMap(({ batches }) => batches.flat());
  const clients = new Map(
    probes.map(({ client, from, via }) => [`${client} ${from} ${via}`, { name: client ?? '', text: from + describeVia(via) }]),
  );
  const rows = [
    ...label(
      'servers',
      servers.map((server) => ({ name: server.name, text: describeServer(server) })),
    ),
    ...label('clients', [...clients.values()]),
    ...label(
      'interfaces',
      world.interfaces.map(({ name, addresses }) => ({ name, text: addresses.join(', ') })),
    ),
    ...label(
      'addresses',
      world.addresses.map(({ address }) => ({ name: '', text: address })),
    ),
  ];
  const width = Math.max(0, ...rows.map(({ name }) => measure(name)));
  return rows.map(({ word, name, text }) => {
    const before = `${pad(word, LABEL)}${name === '' ? '' : `${pad(name, width)}${INDENT}`}`;
    const lines = wrap(text, ' '.repeat(before.length), screen).slice(before.length);
    return `${screen.paint.bold(before.slice(0, LABEL))}${before.slice(LABEL)}${lines}`;
  });
}

function label(word: string, rows: { name: string; text: string }[]): { word: string; name: string; text: string }[] {
  return rows.map(({ name, text }, place) => ({ word: place === 0 ? word : '', name: makeHarmless(name), text: makeHarmless(text) }));
}

function describeServer({ protocol, address, port, lastPort, via }: Server): string {
  const host = address.includes(':') ? `[${address}]` : address;
  return `${protocol}://${host}:${port}${lastPort === port ? '' : `-${lastPort}`}${describeVia(via)}`;
}

function describeVia(via: string | null): string {
  return via === null ? '' : `, at the other end of ${via}`;
}
