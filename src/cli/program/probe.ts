import { type Command, InvalidArgumentError } from 'commander';
import { URL_FORMS } from '../../input/scenario/parties/url-forms.js';
import type { ProbeCommandOptions } from '../commands/probe.js';
import { BACKEND_OPTION, collect, PATIENCE_OPTION, REPORTER_OPTION } from './run-options.js';

const EXAMPLES = `
Examples:
  $ loopfw probe 127.0.0.1 tcp://127.0.0.2:8000 --rule '-A INPUT -d 127.0.0.2 -j REJECT'
  $ loopfw probe 127.0.0.1 udp://127.0.0.2:53 --rule '-A OUTPUT -p udp -j DROP'
  $ loopfw probe ::1 icmp://[::1] --rule 'ip6tables -P INPUT DROP'
  $ loopfw probe 127.0.0.1 tcp://127.0.0.2:8000 --expect connected

A server listens where the client goes, unless --no-server says otherwise. Without --expect the exit code is 0 whatever the answer.`;

export function addProbeCommand(program: Command, setExitCode: (code: number) => void, hasColors: () => boolean): void {
  program
    .command('probe')
    .description('ask one question: what does a client see, and why?')
    .argument('<from>', "the client's address")
    .argument('<to>', URL_FORMS)
    .option('--rule <arguments>', 'a rule, as iptables takes it; repeatable, in order', collect)
    .option('--expect <word>', 'an outcome or a cause: makes a verdict of the answer')
    .option('--send <text>', 'what the client sends')
    .option('--timeout <ms>', "the client's time limit", parseMilliseconds)
    .option('--blocking', 'the client calls a blocking connect(2)')
    .option('--no-server', 'nothing listens there')
    .addOption(REPORTER_OPTION())
    .addOption(BACKEND_OPTION())
    .addOption(PATIENCE_OPTION())
    .addHelpText('after', EXAMPLES)
    .action(async (from: string, to: string, options: ProbeCommandOptions) => {
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
