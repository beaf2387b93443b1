import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import type { Backend } from '../../model/result.js';
import { REPORTERS } from '../../report/reporters.js';
import { didYouMean } from '../../words/suggestion.js';

const BACKENDS: Backend[] = ['nft', 'legacy'];

/** Adds the options of `run`. RunCommandOptions has their values. */
export function addRunOptions(command: Command): Command {
  return OPTIONS.reduce((extended, option) => extended.addOption(option), command);
}

/** The scenarios that a command reads. */
export function makePathArgument(): Argument {
  return new Argument('[paths...]', 'scenario files, folders of them, patterns, or - for standard input').default(
    [],
    'the folder scenarios',
  );
}

export const REPORTER_OPTION = () =>
  new Option(
    '-r, --reporter <name[=file]>',
    `${Object.keys(REPORTERS).join(', ')}: to standard output or a file; repeatable (default: human; tap under a harness, which sets TAP=1 or HARNESS_ACTIVE=1; human and github under GITHUB_ACTIONS=true)`,
  )
    .env('LOOPFW_REPORTER')
    .argParser(collect);

export const BACKEND_OPTION = (description = "nft, legacy, or both with a comma: instead of the scenarios' own") =>
  new Option('--backend <names>', description).env('LOOPFW_BACKEND').argParser(parseBackends);

export const RULESET_OPTION = () =>
  new Option(
    '--ruleset <file>',
    "what iptables-save or iptables -S writes, a script of iptables lines, or what nft -f reads (-: standard input), in the place of the scenarios' own rules; repeatable: all of them judge a packet",
  )
    .env('LOOPFW_RULESET')
    .argParser(collectFiles);

export const PATIENCE_OPTION = () =>
  new Option(
    '--patience <how>',
    'proof: what the evidence proves to be lost is not waited for; full: every client waits to its own time limit',
  )
    .env('LOOPFW_PATIENCE')
    .choices(['proof', 'full'])
    .default('proof');

export const MIN_COVERAGE_OPTION = () =>
  new Option('--min-coverage <percent>', 'fail when packets reached fewer of the rules that a probe can reach (0-100)')
    .env('LOOPFW_MIN_COVERAGE')
    .argParser(parsePercent);

export const COVERAGE_OPTION = () =>
  new Option(
    '--coverage',
    'the human report lists the rules that no packet reached: which can never match, which need what no probe sends, and which probe is missing',
  );

export const COVERAGE_FILE_OPTION = () =>
  new Option('--coverage-file <file>', 'write how many packets each line of rules met, in the format of lcov').env('LOOPFW_COVERAGE_FILE');

// commander's env() is not used: it would read LOOPFW_STRICT=0 as true.
export const STRICT_OPTION = () => new Option('--strict', 'warnings count: where one is left, the exit code is 1 (env: LOOPFW_STRICT=1)');

// commander's env() is not used: it would read LOOPFW_NO_ADVICE=0 as true.
export const ADVICE_OPTION = () =>
  new Option('--no-advice', 'do not try advice in a second world before it is given (env: LOOPFW_NO_ADVICE=1)');

// commander's env() is not used: it would read LOOPFW_WHY=0 as true.
export const WHY_OPTION = () =>
  new Option('--why', 'notes also for probes that ended as expected: which rule comes nearest to another end (env: LOOPFW_WHY=1)');

export const VERBOSE_OPTION = () =>
  new Option(
    '-v, --verbose',
    'the human report has every probe, warning and packet, the slowest scenarios, and what loopfw added to each world: routes, kernel settings, cables',
  );

// commander's env() is not used: it would read LOOPFW_QUIET=0 as true.
export const QUIET_OPTION = () =>
  new Option('-q, --quiet', 'the human report has only what did not pass, and the counts (env: LOOPFW_QUIET=1)').conflicts('verbose');

export const ALLOW_COMMANDS_OPTION = () =>
  new Option('--allow-commands', "run servers that are programs of the scenarios' own, without privilege (env: LOOPFW_ALLOW_COMMANDS=1)");

export const JOBS_OPTION = (what: string) =>
  new Option(
    '-j, --jobs <count>',
    `how many ${what} at once, at the most (default: one for each processor, more while those have nothing to do)`,
  )
    .env('LOOPFW_JOBS')
    .argParser(parseJobs);

const OPTIONS = [
  REPORTER_OPTION(),
  BACKEND_OPTION(),
  RULESET_OPTION(),
  PATIENCE_OPTION(),
  new Option('--tag <tag>', 'only scenarios that have this tag; repeatable: any of them').env('LOOPFW_TAG').argParser(collect),
  new Option('--grep <regexp>', 'only scenarios whose name matches this JavaScript regular expression')
    .env('LOOPFW_GREP')
    .argParser(parseRegExp),
  new Option(
    '--last-failed',
    'only scenarios that did not pass when they last ran in this folder (without paths: their files), as noted in ${XDG_STATE_HOME:-~/.local/state}/loopfw',
  ),
  new Option('--watch', 'run again after each change of a scenario, a rule set or an ipset, until Ctrl-C'),
  new Option('--list', 'only name the scenarios that would run'),
  // commander's env() is not used: it would read LOOPFW_BAIL=0 as true.
  new Option('--bail', 'stop after the first scenario that does not pass; --fail-fast is the same (env: LOOPFW_BAIL=1)'),
  new Option('--fail-fast', 'the same as --bail').implies({ bail: true }).hideHelp(),
  JOBS_OPTION('scenarios run'),
  // commander's env() is not used: messages name the source of the shard.
  new Option(
    '--shard <i/n>',
    "only the i-th of n parts of the scenarios, which merge puts together (env: LOOPFW_SHARD; GitLab's CI_NODE_INDEX and CI_NODE_TOTAL; Kubernetes' JOB_COMPLETION_INDEX with LOOPFW_SHARD_TOTAL)",
  ),
  ADVICE_OPTION(),
  ALLOW_COMMANDS_OPTION(),
  new Option('--pcap <folder>', 'write the packets of each scenario there, as a file for tcpdump or wireshark').env('LOOPFW_PCAP'),
  COVERAGE_OPTION(),
  MIN_COVERAGE_OPTION(),
  COVERAGE_FILE_OPTION(),
  STRICT_OPTION(),
  WHY_OPTION(),
  new Option(
    '--update',
    'show what was seen in place of each expectation that failed, ask, and write it into the scenario; never where CI is set',
  ),
  new Option('-y, --yes', 'with --update: write without asking'),
  VERBOSE_OPTION(),
  QUIET_OPTION(),
];

/** The parser of a repeatable option: it appends the value to the earlier ones. */
export function collect(value: string, earlier: string[] | undefined): string[] {
  return [...(earlier ?? []), value];
}

/** The same for names of files, of which standard input can be one. */
export function collectFiles(value: string, earlier: string[] | undefined): string[] {
  if (value === '') {
    throw new InvalidArgumentError('The name of a file is missing.');
  }
  if (value === '-' && earlier?.includes('-') === true) {
    throw new InvalidArgumentError('Standard input can be read only once.');
  }
  return collect(value, earlier);
}

function parseBackends(value: string): Backend[] {
  const names = [...new Set(value.split(','))];
  const wrong = names.find((name) => !BACKENDS.includes(name as Backend));
  if (wrong !== undefined) {
    throw new InvalidArgumentError(`Unknown back end "${wrong}"${didYouMean(wrong, BACKENDS)}. Allowed are ${BACKENDS.join(', ')}.`);
  }
  return names as Backend[];
}

function parseJobs(value: string): number {
  if (!/^[1-9]\d{0,3}$/.test(value)) {
    throw new InvalidArgumentError('Expected a whole number of 1 or more.');
  }
  return Number(value);
}

function parseRegExp(value: string): RegExp {
  try {
    return new RegExp(value);
  } catch (error) {
    throw new InvalidArgumentError(error instanceof Error ? error.message : String(error));
  }
}

export function parsePercent(value: string): number {
  const percent = Number(value);
  if (!/^\d+(\.\d+)?$/.test(value) || percent > 100) {
    throw new InvalidArgumentError('Expected a number from 0 to 100.');
  }
  return percent;
}
