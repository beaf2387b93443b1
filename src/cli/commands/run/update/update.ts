import { replaceValue } from '../../../../input/json/edit.js';
import { UsageError } from '../../../../model/errors.js';
import type { Result } from '../../../../model/result.js';
import { quote } from '../../../../report/human/again.js';
import { makePaint, type Paint } from '../../../../report/shared/paint.js';
import { makeHarmless } from '../../../../words/harmless.js';
import { countNoun } from '../../../../words/phrases.js';
import { EXIT_CODES, getExitCode } from '../../../output/exit-codes.js';
import { rewriteWhole } from '../../../output/files.js';
import { type Change, type Expected, findChange, listFailed } from './changes.js';
import { openQuestions, type Questions } from './questions.js';
import { readAgain, type ScenarioText } from './text.js';

const LINE_END = /\r\n|\n|\r/;

/** A change, and what it is for. */
interface Proposed {
  expected: Expected;
  text: ScenarioText;
  change: Change;
}

interface Choices {
  /** Whether all is written without asking: --yes. */
  isSure: boolean;
  countsWarnings: boolean;
  hasColors: boolean;
}

/**
 * `loopfw run --update`: shows what was seen in place of each expectation that a probe has failed, asks, and writes it. Returns the exit
 * code of the run, in which a probe whose expectation was written counts as passed.
 */
export async function updateExpectations(result: Result, { isSure, countsWarnings, hasColors }: Choices): Promise<number> {
  if (result.aborted) {
    say('--update: the run was aborted, and nothing is written');
    return getExitCode(result, countsWarnings);
  }
  const paint = makePaint(hasColors && process.stderr.isTTY);
  const proposed = await propose(result);
  const questions = isSure || proposed.length === 0 ? null : openQuestions();
  const isAsked = questions !== null;
  const chosen = await choose(proposed, isSure ? 'all' : (questions ?? 'none'), paint);
  questions?.close();
  const written = await writeAll(chosen);
  if (proposed.length > 0 && !isSure && !isAsked) {
    say('--update has written nothing: it asks first, and there is no terminal; --yes writes without asking');
    return Math.max(getExitCode(result, countsWarnings), EXIT_CODES.usage);
  }
  if (written === 0) {
    say('--update has written nothing');
  }
  const { summary } = result;
  return getExitCode({ ...result, summary: { ...summary, failed: summary.failed - written } }, countsWarnings);
}

/** The changes that are possible. Says why others are not. */
async function propose(result: Result): Promise<Proposed[]> {
  const texts = new Map<string, ScenarioText | { problem: string }>();
  const proposed: Proposed[] = [];
  for (const expected of listFailed(result)) {
    const { file, line, column, probes } = expected;
    const text = texts.get(file) ?? (await readAgain(file));
    texts.set(file, text);
    const leave = (problem: string) => say(`not updated: ${file}:${line}:${column}: ${probes[0]?.probe.name ?? ''}: ${problem}`);
    if ('problem' in text) {
      leave(text.problem);
      continue;
    }
    const change = findChange(expected, text);
    if ('problem' in change) {
      leave(change.problem);
    } else {
      proposed.push({ expected, text, change });
    }
  }
  return proposed;
}

/** Shows each change, and asks about it. */
async function choose(proposed: Proposed[], decision: Questions | 'all' | 'none', paint: Paint): Promise<Proposed[]> {
  const chosen: Proposed[] = [];
  let decided = decision;
  for (const [place, each] of proposed.entries()) {
    process.stderr.write(show(each, paint));
    const answer = typeof decided === 'string' ? decided : await decided.ask(`Write it? (${place + 1} of ${proposed.length})`);
    if (answer === 'quit') {
      return chosen;
    }
    if (answer === 'all' || answer === 'yes') {
      chosen.push(each);
    }
    decided = answer === 'all' ? 'all' : decided;
  }
  return chosen;
}

/** A change as the lines of a diff, with the place of the expectation. */
function show({ expected: { file, probes }, text: { text }, change }: Proposed, paint: Paint): string {
  const { key, beforeText, afterText, headline, isOpened, value } = change;
  const { line, column } = value.position;
  const indent = /^[ \t]*/.exec(text.split(LINE_END)[line - 1] ?? '')?.[0] ?? '';
  const toLines = (sign: string, after: string) =>
    `${JSON.stringify(key)}: ${after}`
      .split(LINE_END)
      .map((own) => makeHarmless(`  ${sign} ${own.startsWith(indent) ? own.slice(indent.length) : own}`));
  const lines = [
    '',
    paint.bold(makeHarmless(`${file}:${line}:${column}: ${probes[0]?.probe.name ?? ''}`)),
    ...toLines('-', beforeText).map((own) => paint.fail(own)),
    ...toLines('+', afterText).map((own) => paint.status('passed', own)),
    paint.dim(makeHarmless(`    ${headline}`)),
    ...(isOpened ? [paint.warn('    It was expected to be blocked, and it is open.')] : []),
  ];
  return `${lines.join('\n')}\n`;
}

/** Writes each file once, with all its changes. Returns how many failed probes they are about. */
async function writeAll(chosen: Proposed[]): Promise<number> {
  const files = [...new Set(chosen.map(({ expected }) => expected.file))];
  for (const file of files) {
    const own = chosen.filter(({ expected }) => expected.file === file);
    const [first] = own;
    if (first !== undefined) {
      await write(file, first.text, own);
      say(`${file}: ${countNoun(own.length, 'expectation')} written`);
    }
  }
  if (files.length > 0) {
    say(`run it again: loopfw run ${files.map(quote).join(' ')}`);
  }
  return chosen.reduce((sum, { change }) => sum + change.failed, 0);
}

async function write(file: string, known: ScenarioText, own: Proposed[]): Promise<void> {
  const now = await readAgain(file);
  if ('problem' in now || now.text !== known.text) {
    throw new UsageError(makeHarmless(`cannot write ${file}: ${'problem' in now ? now.problem : 'it has changed since it was read'}`));
  }
  // A change has another length than what it replaces, but its path leads to the same value.
  const text = own.reduce((edited, { change }) => replaceValue(edited, change.value, change.after), known.text);
  await rewriteWhole(file, `${known.mark}${text}`, now.stats);
}

function say(line: string): void {
  process.stderr.write(`loopfw: ${makeHarmless(line)}\n`);
}
