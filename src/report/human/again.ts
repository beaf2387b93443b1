import type { Result } from '../../model/result.js';
import { makeHarmless } from '../../words/harmless.js';

/** With more names than this, the command names the files only. */
const MOST_NAMES = 5;
/** Scenarios that a program has as objects are in no file that loopfw reads. */
const PROGRAM = /\.[cm]?[jt]sx?$/;
/** The options of a run that decide how a probe ends. The others choose scenarios and reports. */
const WITH_VALUE = ['--ruleset', '--backend', '--patience'];
const ALONE = ['--allow-commands'];

/**
 * The command that runs again what did not pass, for a POSIX shell; null where all passed, where a part came from standard
 * input or from a program, or where no terminal may show the name of a rule set.
 *
 * @param result with its texts as they are: the command must find the scenarios by them
 */
export function getRerunCommand({ scenarios, argv }: Result): string | null {
  const failed = scenarios.filter(({ status }) => status !== 'passed');
  const options = listOptions(argv);
  if (
    failed.length === 0 ||
    options.includes('-') ||
    options.some(isHarmful) ||
    failed.some(({ file }) => file.startsWith('<') || PROGRAM.test(file))
  ) {
    return null;
  }
  const names = [...new Set(failed.map(({ name }) => name))];
  const files = [...new Set(failed.map(({ file }) => file))];
  // A file whose name no terminal may show has a note all the same.
  if (files.some(isHarmful)) {
    return ['loopfw run', ...options.map(quote), '--last-failed'].join(' ');
  }
  const selection = names.length > MOST_NAMES ? [] : ['--grep', makePattern(names)];
  return ['loopfw run', ...[...options, ...selection, ...files.map(toPath)].map(quote)].join(' ');
}

/** The options of a command line that another run needs too. */
function listOptions(argv: string[]): string[] {
  const options: string[] = [];
  argv.forEach((argument, place) => {
    const [name = ''] = argument.split('=', 1);
    if (WITH_VALUE.includes(name)) {
      options.push(...(argument === name ? [name, argv[place + 1] ?? ''] : [name, argument.slice(name.length + 1)]));
    } else if (ALONE.includes(argument)) {
      options.push(argument);
    }
  });
  return options;
}

/** A regular expression that matches these names and no other. What no terminal may show matches any character. */
function makePattern(names: string[]): string {
  const patterns = names.map((name) => Array.from(name, escape).join(''));
  return patterns.length === 1 ? `^${patterns.join('')}$` : `^(?:${patterns.join('|')})$`;
}

function escape(character: string): string {
  if (isHarmful(character)) {
    return '[^]'.repeat(character.length);
  }
  return character.replace(/[$()*+.?[\\\]^{|}]/, String.raw`\$&`);
}

function isHarmful(text: string): boolean {
  return makeHarmless(text) !== text;
}

/** A path that no program takes for an option. */
function toPath(file: string): string {
  return file.startsWith('-') ? `./${file}` : file;
}

/** A word for a POSIX shell. */
export function quote(word: string): string {
  return /^[\w%+,./:@=-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
