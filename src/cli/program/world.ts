import { type Command, InvalidArgumentError, Option } from 'commander';
import { FAULT_FORM } from '../../run/world/faults/kinds.js';
import type { JourneysCommandOptions } from '../commands/world/journeys.js';
import type { Listing } from '../commands/world/listing.js';
import type { RulesCommandOptions } from '../commands/world/rules.js';
import { toHelpText } from './help-text.js';
import { RULE_OPTION } from './probe.js';
import { collectFiles } from './run-options.js';

const WHERE = `This is for programs that run in a world, in loopfw shell or under loopfw exec: they ask it over the socket in $LOOPFW_CONTROL.
Elsewhere the exit code is 2, and 3 where the world has ended.`;

const FAULT_MORE = `
Examples:
  $ loopfw fault refused=127.0.0.2:5432
  $ loopfw fault dropped=10.255.255.1,for=2s
  $ loopfw fault
  $ loopfw heal 1

A fault is in force when the command ends; its number is printed. after and for count from then. loopfw exec --help names the kinds and keys.

${WHERE}`;

const HEAL_MORE = `
Examples:
  $ loopfw heal 2 3
  $ loopfw heal

${WHERE}`;

const RULES_MORE = `
Examples:
  $ loopfw rules
  $ loopfw rules --rule '-A INPUT -p tcp --dport 8000 -j REJECT' --rule '-A INPUT -p udp -j DROP'
  $ loopfw rules --ruleset /etc/iptables/rules.v4

Rules that are replaced take their counters with them. A rule set that the kernel does not take changes nothing.

${WHERE}`;

const JOURNEYS_MORE = `
Examples:
  $ loopfw journeys
  $ loopfw journeys -v
  $ loopfw journeys -r json

Probes of loopfw are left out. The newest 1,000 connections are kept.

${WHERE}`;

const TRACE_MORE = `
Examples:
  $ loopfw trace
  $ loopfw trace & curl http://127.0.0.2:8000/

${WHERE}`;

const REPORTER_OPTION = () =>
  new Option('-r, --reporter <name>', 'human, or json: what the control socket answers').choices(['human', 'json']).default('human');

/** The commands that a program types in its world. */
export function addWorldCommands(program: Command, setExitCode: (code: number) => void, hasColors: () => boolean): void {
  program
    .command('fault')
    .description('in a world: put faults into force; without any, list them with what they have hit')
    .argument('[faults...]', `${FAULT_FORM}, as in loopfw exec --fault`)
    .addOption(REPORTER_OPTION())
    .addHelpText('after', toHelpText(FAULT_MORE))
    .action(async (faults: string[], options: Listing) => {
      const { faultCommand } = await import('../commands/world/faults.js');
      setExitCode(await faultCommand(faults, options, hasColors()));
    });

  program
    .command('heal')
    .description('in a world: end faults, or all of them')
    .argument('[ids...]', 'their numbers', parseId)
    .addHelpText('after', toHelpText(HEAL_MORE))
    .action(async (ids: number[]) => {
      const { healCommand } = await import('../commands/world/faults.js');
      setExitCode(await healCommand(ids));
    });

  program
    .command('rules')
    .description('in a world: list the rules with their counters, or replace all of them')
    .addOption(RULE_OPTION())
    .addOption(
      new Option('--ruleset <file>', 'rules of a file, as in loopfw run (-: standard input); repeatable: all of them judge a packet')
        .argParser(collectFiles)
        .conflicts('rule'),
    )
    .addOption(REPORTER_OPTION())
    .addHelpText('after', toHelpText(RULES_MORE))
    .action(async (options: RulesCommandOptions) => {
      const { rulesCommand } = await import('../commands/world/rules.js');
      setExitCode(await rulesCommand(options, hasColors()));
    });

  program
    .command('journeys')
    .description('in a world: list the connections of its programs, and what became of each')
    .addOption(REPORTER_OPTION())
    .option('-v, --verbose', 'with the packets of each, and the rules that they met')
    .addHelpText('after', toHelpText(JOURNEYS_MORE))
    .action(async (options: JourneysCommandOptions) => {
      const { journeysCommand } = await import('../commands/world/journeys.js');
      setExitCode(await journeysCommand(options, hasColors()));
    });

  program
    .command('trace')
    .description('in a world: show new connections of its programs as they come, with their packets, until Ctrl-C')
    .addHelpText('after', toHelpText(TRACE_MORE))
    .action(async () => {
      const { traceCommand } = await import('../commands/world/journeys.js');
      setExitCode(await traceCommand(hasColors()));
    });
}

function parseId(value: string, earlier: number[] | undefined): number[] {
  if (!/^[1-9]\d{0,8}$/.test(value)) {
    throw new InvalidArgumentError('Expected the number of a fault: loopfw fault lists them.');
  }
  return [...(earlier ?? []), Number(value)];
}
