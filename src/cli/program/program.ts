import { Command } from 'commander';
import { getVersion } from '../../run/version.js';
import { assertThreads } from '../../sandbox/machine/limits.js';
import type { CheckCommandOptions } from '../commands/check.js';
import type { RunCommandOptions } from '../commands/run/run-selected.js';
import { assertSwitches } from '../output/switches.js';
import { addDiffCommand } from './diff.js';
import { addExecCommand } from './exec.js';
import { LEAST_WIDTH, toHelpText } from './help-text.js';
import { addInitCommand } from './init.js';
import { addInformationCommands } from './information.js';
import { addMergeCommand } from './merge.js';
import { addMutateCommand } from './mutate.js';
import { addProbeCommand } from './probe.js';
import { addReportCommand } from './report.js';
import { addShellCommand } from './shell.js';
import { addWorldCommands } from './world.js';
import { addRunOptions, makePathArgument, RULESET_OPTION, STRICT_OPTION } from './run-options.js';
import { addTeachingCommands } from './teaching.js';

const EXAMPLES = `
Examples:
  $ loopfw init first                      write a first scenario
  $ loopfw scenarios/first.json            run one file: run can be left out
  $ loopfw run scenarios                   run every scenario in a folder
  $ loopfw run -r json scenarios > r.json  the whole evidence, for programs
  $ loopfw check scenarios                 look for mistakes, run nothing
  $ loopfw doctor                          what works on this machine, what does not

Exit codes: 0 all passed, 1 failed or inconclusive (or a warning under --strict), 2 usage or scenario error, 3 this machine cannot run it,
4 internal error, 128+n ended by signal n.`;

const RUN_EXAMPLES = `
Examples:
  $ loopfw run scenarios/reject.json
  $ loopfw run -r human -r json=result.json scenarios
  $ loopfw run --patience full scenarios/drop.json
  $ loopfw run --tag reject --tag drop --bail scenarios
  $ loopfw run --grep '^mended' --list scenarios
  $ loopfw run --last-failed
  $ loopfw run --watch scenarios/reject.json
  $ loopfw run --update scenarios/reject.json
  $ loopfw run --min-coverage 90 scenarios
  $ loopfw run --shard 2/5 -r json=part-2.json scenarios
  $ loopfw run -r tap scenarios > firewall.tap
  $ loopfw run --ruleset /etc/iptables/rules.v4 scenarios
  $ sudo iptables-save | loopfw run --ruleset - server.json
  $ generate-scenario | loopfw run -

Rules are applied in a network namespace that loopfw makes and throws away, never in yours. No root is needed where
user namespaces are allowed.`;

const CHECK_EXAMPLES = `
Examples:
  $ loopfw check scenarios
  $ loopfw check - < scenario.json`;

const EXPLAIN_EXAMPLES = `
Examples:
  $ loopfw explain
  $ loopfw explain answer-eaten
  $ loopfw explain inconclusive
  $ loopfw explain dead-rule
  $ loopfw explain why not
  $ loopfw explain ECONNREFUSED`;

const DOCTOR_EXAMPLES = `
Examples:
  $ loopfw doctor
  $ loopfw doctor && loopfw run scenarios

Everything is really done once: a sandbox, rules on both back ends, packets, the kernel's trace of them. The legacy back
end may load kernel modules on the host (ip_tables, nfnetlink_log and others), as iptables itself does.

Exit codes: 0 everything that the nft back end needs works (the rest are warnings), 3 it does not.`;

/**
 * The commands that start a sandbox. The others need only the threads that read and write files. doctor is one of the others, because it
 * reports limits in detail.
 */
const WORK: Record<string, 'sandbox' | 'program'> = {
  run: 'sandbox',
  probe: 'sandbox',
  init: 'sandbox',
  diff: 'sandbox',
  mutate: 'sandbox',
  exec: 'program',
  shell: 'program',
  tour: 'sandbox',
};

/** The commands with options that a variable turns on, such as LOOPFW_STRICT=1. */
const SWITCHED = ['run', 'check', 'probe', 'merge', 'report', 'exec', 'shell'];

/** The whole command line. The code of a command is imported when the command runs: --help and --version stay fast. */
export function makeProgram(setExitCode: (code: number) => void): Command {
  let color: boolean | undefined;
  const program = new Command('loopfw')
    .description(
      'Test loopback firewall rules on a real Linux kernel: what the client saw, which rule made it so, and what became of the answer.',
    )
    .version(getVersion(), '-V, --version')
    .exitOverride()
    .configureHelp({ minWidthToWrap: LEAST_WIDTH })
    .enablePositionalOptions()
    .showSuggestionAfterError()
    .showHelpAfterError('(run it with --help for its options)')
    .addHelpText('after', toHelpText(EXAMPLES))
    .hook('preAction', (_, command) => {
      assertThreads(command.opts()['list'] || command.opts()['watch'] ? 'files' : (WORK[command.name()] ?? 'files'));
      if (SWITCHED.includes(command.name())) {
        assertSwitches();
      }
      color = command.opts<{ color?: boolean }>().color;
    });
  const hasColors = () => color ?? program.configureOutput().getOutHasColors?.() ?? false;

  addRunOptions(program.command('run'))
    .description('run scenarios and report whether what was observed is what they say')
    .addArgument(makePathArgument())
    .addHelpText('after', toHelpText(RUN_EXAMPLES))
    .action(async (paths: string[], options: RunCommandOptions, command: Command) => {
      const { runCommand } = await import('../commands/run/run.js');
      setExitCode(await runCommand(options.lastFailed && command.args.length === 0 ? null : paths, options, hasColors()));
    });

  program
    .command('check')
    .description('look for mistakes in scenario files without running them')
    .addArgument(makePathArgument())
    .addOption(RULESET_OPTION())
    .addOption(STRICT_OPTION())
    .addHelpText('after', toHelpText(CHECK_EXAMPLES))
    .action(async (paths: string[], options: CheckCommandOptions) => {
      const { checkCommand } = await import('../commands/check.js');
      setExitCode(await checkCommand(paths, options));
    });

  program
    .command('explain')
    .description('say what a word of a report or a scenario means, what usually makes it, and what to do')
    .argument(
      '[word...]',
      'an outcome, a cause, a status, closed, the code of a warning, a part of a report, or another word such as ECONNREFUSED; without it, a line for each',
    )
    .addHelpText('after', toHelpText(EXPLAIN_EXAMPLES))
    .action(async (words: string[]) => {
      const { explainCommand } = await import('../commands/explain.js');
      setExitCode(await explainCommand(words, hasColors()));
    });

  program
    .command('doctor')
    .description('try everything that loopfw needs on this machine, and say what does not work, and what to do about it')
    .addHelpText('after', toHelpText(DOCTOR_EXAMPLES))
    .action(async () => {
      const { doctorCommand } = await import('../commands/doctor.js');
      setExitCode(await doctorCommand(hasColors()));
    });

  addMergeCommand(program, setExitCode, hasColors);
  addReportCommand(program, setExitCode, hasColors);
  addProbeCommand(program, setExitCode, hasColors);
  addInitCommand(program, setExitCode);
  addDiffCommand(program, setExitCode, hasColors);
  addMutateCommand(program, setExitCode, hasColors);
  addExecCommand(program, setExitCode);
  addTeachingCommands(program, setExitCode, hasColors);
  addShellCommand(program, setExitCode, hasColors);
  addWorldCommands(program, setExitCode, hasColors);
  addInformationCommands(program, setExitCode);
  addColorOptions(program);
  return program;
}

/** The commands whose output has colours. */
const COLORED = [
  ...['run', 'probe', 'merge', 'report', 'explain', 'doctor', 'exercise', 'tour'],
  ...['diff', 'mutate', 'shell', 'fault', 'rules', 'journeys', 'trace'],
];

/** Adds --color and --no-color. Without both, the terminal and NO_COLOR or FORCE_COLOR decide. */
function addColorOptions(program: Command): void {
  for (const command of program.commands.filter((each) => COLORED.includes(each.name()))) {
    command.option('--color', 'colours, even if standard output is no terminal').option('--no-color', 'no colours');
  }
}
