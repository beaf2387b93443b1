import { InvalidArgumentError, Option, type Command } from 'commander';
import { REPORTERS } from '../report/reporters.js';

/** The options of `run`; what each becomes is RunCommandOptions. */
export function addRunOptions(command: Command): Command {
  return OPTIONS.reduce((extended, option) => extended.addOption(option), command);
}

const OPTIONS = [
  new Option(
    '-r, --reporter <name[=file]>',
    `${Object.keys(REPORTERS).join(', ')}: to standard output or a file; repeatable (default: human; tap under a harness, which sets TAP=1 or HARNESS_ACTIVE=1)`,
  )
    .env('LOOPFW_REPORTER')
    .argParser(collect),
  new Option(
    '--patience <how>',
    'proof: what the evidence proves to be lost is not waited for; full: every client waits to its own time limit',
  )
    .env('LOOPFW_PATIENCE')
    .choices(['proof', 'full'])
    .default('proof'),
  new Option('--tag <tag>', 'only scenarios that have this tag; repeatable: any of them').env('LOOPFW_TAG').argParser(collect),
  new Option('--grep <regexp>', 'only scenarios whose name matches this JavaScript regular expression')
    .env('LOOPFW_GREP')
    .argParser(parseRegExp),
  new Option('--list', 'only name the scenarios that would run'),
  // Not by commander's env(): it would take LOOPFW_BAIL=0 for a yes.
  new Option('--bail', 'stop after the first scenario that does not pass (env: LOOPFW_BAIL=1)'),
  new Option('--min-coverage <percent>', 'fail when packets reached fewer of the rules that have a counter (0-100)')
    .env('LOOPFW_MIN_COVERAGE')
    .argParser(parsePercent),
];

function collect(value: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

function parseRegExp(value: string): RegExp {
  try {
    return new RegExp(value);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

function parsePercent(value: string): number {
  const percent = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || percent > 100) {
    throw new InvalidArgumentError('Expected a number from 0 to 100.');
  }
  return percent;
}
