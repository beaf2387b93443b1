import { type Command, Option } from 'commander';
import type { DiffCommandOptions } from '../commands/insight/diff.js';
import { DIFF_REPORTERS } from '../../report/insight/reporters.js';
import { toHelpText } from './help-text.js';

const EXAMPLES = `
Examples:
  $ loopfw diff rules.v4 new-rules.v4
  $ loopfw diff rules.v4 rules.nft                 a translation: does it do the same?
  $ loopfw diff server.json --after new-rules.v4    in the world of a scenario, against its own rules
  $ loopfw diff server.json --before rules.v4 --after new-rules.v4
  $ loopfw diff --families rules.v4 rules.v6         is IPv6 as closed as IPv4?
  $ loopfw diff --interface eth0=192.0.2.10/24 rules.v4 new-rules.v4
  $ loopfw diff -r human -r html=diff.html -r json=diff.json rules.v4 new-rules.v4

One packet of each kind is sent in a world with the rules before, and in one with the rules after. Only what the kernel did there is
reported. What was not compared is listed: history, rates, time, packets after the first.

Exit codes: 0 nothing has changed, 1 a packet is treated otherwise, 2 usage or rule set error, 3 this machine cannot run it,
4 internal error, 128+n ended by signal n.`;

export function addDiffCommand(program: Command, setExitCode: (code: number) => void, hasColors: () => boolean): void {
  program
    .command('diff')
    .description('compare two rule sets: which packets they treat otherwise, as the kernel shows')
    .argument(
      '<files...>',
      'two rule set files, as in loopfw run --ruleset (-: standard input); or a scenario, with --after; or the files of one, with --families',
    )
    .addOption(makeListOption('--before <file>', 'with a scenario: the rules before, instead of its own; repeatable'))
    .addOption(makeListOption('--after <file>', 'with a scenario: the rules after; repeatable'))
    .option('--families', 'compare IPv4 with IPv6 in one rule set: all files judge together')
    .addOption(makeListOption('--interface <name=address>', 'an interface with its address, as eth0=192.0.2.10/24; repeatable'))
    .option('--rules', 'report also packets that only another rule decides')
    .addOption(
      makeListOption(
        '-r, --reporter <name[=file]>',
        `${Object.keys(DIFF_REPORTERS).join(', ')}: to standard output or a file; repeatable (default: human; human and github under GITHUB_ACTIONS=true)`,
      ),
    )
    .addHelpText('after', toHelpText(EXAMPLES))
    .action(async (files: string[], options: DiffCommandOptions) => {
      const { diffCommand } = await import('../commands/insight/diff.js');
      setExitCode(await diffCommand(files, options, hasColors()));
    });
}

function makeListOption(flags: string, description: string): Option {
  return new Option(flags, description).argParser((value: string, others: string[] | undefined) => [...(others ?? []), value]);
}
