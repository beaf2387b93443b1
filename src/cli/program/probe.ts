import { type Command, InvalidArgumentError, Option } from 'commander';
import { URL_FORMS } from '../../input/scenario/parties/url-forms.js';
import { CONTROL } from '../../run/world/control/variable.js';
import type { ProbeCommandOptions } from '../commands/probe.js';
import {
  ADVICE_OPTION,
  BACKEND_OPTION,
  collect,
  collectFiles,
  PATIENCE_OPTION,
  QUIET_OPTION,
  REPORTER_OPTION,
  VERBOSE_OPTION,
  WHY_OPTION,
} from './run-options.js';
import { toHelpText } from './help-text.js';

const EXAMPLES = `
Examples:
  $ loopfw probe 127.0.0.1 tcp://127.0.0.2:8000 --rule '-A INPUT -d 127.0.0.2 -j REJECT'
  $ loopfw probe 127.0.0.1 udp://127.0.0.2:53 --rule '-A OUTPUT -p udp -j DROP'
  $ loopfw probe ::1 icmp://[::1] --rule 'ip6tables -P INPUT DROP'
  $ loopfw probe 127.0.0.1 127.0.0.2:8000 --expect connected
  $ loopfw probe --ruleset /etc/iptables/rules.v4 203.0.113.9 192.0.2.10:5432
  $ sudo iptables-save | loopfw probe --ruleset - --in eth1 10.0.0.20 192.0.2.10:22

FROM and TO can be addresses of any network. The world gets the interfaces that the rules name, and addresses that fit the rules and the
question; the first line of the answer says which. A client of another network comes in by the interface in --in, else by the one in whose
network it is, else by the one to the world.

In a world (loopfw shell, loopfw exec) the question is for that world, unless there are rules: FROM and TO may then be names of its scenario.

A server listens where the client goes, unless --no-server says otherwise. Without --expect the exit code is 0 whatever the answer.`;

export const RULE_OPTION = () =>
  new Option('--rule <arguments>', 'a rule in quotes, as iptables takes it; repeatable, in order').argParser(collectRule);

export function addProbeCommand(program: Command, setExitCode: (code: number) => void, hasColors: () => boolean): void {
  program
    .command('probe')
    .description('ask one question: what does a client see, and why?')
    .argument('<from>', "the client's address")
    .argument('<to>', `${URL_FORMS}; without a scheme it is tcp`)
    .addOption(RULE_OPTION())
    .addOption(
      new Option('--ruleset <file>', 'rules of a file, as in loopfw run (-: standard input); repeatable: all of them judge a packet')
        .argParser(collectFiles)
        .conflicts('rule'),
    )
    .option('--in <interface>', 'the interface by which the client comes in')
    .option('--expect <word>', 'an outcome or a cause: makes a verdict of the answer')
    .option('--send <text>', 'what the client sends')
    .option('--timeout <ms>', "the client's time limit", parseMilliseconds)
    .option('--blocking', 'the client calls a blocking connect(2)')
    .option('--no-server', 'nothing listens there')
    .addOption(REPORTER_OPTION())
    .addOption(BACKEND_OPTION())
    .addOption(PATIENCE_OPTION())
    .addOption(ADVICE_OPTION())
    .addOption(WHY_OPTION())
    .addOption(VERBOSE_OPTION())
    .addOption(QUIET_OPTION())
    .addHelpText('after', toHelpText(EXAMPLES))
    .action(async (from: string, to: string, options: ProbeCommandOptions, command: Command) => {
      if (process.env[CONTROL] !== undefined && options.rule === undefined && options.ruleset === undefined) {
        const { probeWorld } = await import('../commands/world/probe.js');
        const typed = Object.keys(options).filter((key) => command.getOptionValueSource(key) === 'cli');
        setExitCode(await probeWorld(from, to, options, typed, hasColors()));
        return;
      }
      const { probeCommand } = await import('../commands/probe.js');
      setExitCode(await probeCommand(from, to, options, hasColors()));
    });
}

function parseMilliseconds(value: string): number {
  if (!/^\d+$/.test(value)) {
    throw new InvalidArgumentError('Expected a whole number of milliseconds.');
  }
  return Number(value);
}

/** A rule without quotes reaches loopfw as its first word only. */
function collectRule(value: string, earlier: string[] | undefined): string[] {
  if (/^(?:-{1,2}[\w-]+|sudo|ip6?tables\S*)$/.test(value.trim())) {
    throw new InvalidArgumentError(
      `Only the first word of a rule came: quote the rule, as in --rule '-A INPUT -p tcp --dport 80 -j DROP'.`,
    );
  }
  return collect(value, earlier);
}
