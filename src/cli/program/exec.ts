import { type Command, Option } from 'commander';
import { FAULT_FORM, FAULT_HELP } from '../../run/faults/kinds.js';
import type { ExecCommandOptions } from '../commands/exec.js';

const MORE = `
KIND:
${FAULT_HELP}

TARGET:
  127.0.0.2:5432  an address and a port, or a range of ports (8000-8010)
  10.255.255.1    every port of an address. The program's network gets every address that a fault names
  [::1]:80        IPv6
  localhost:80    127.0.0.1 and ::1
  :5432           every address, as 0.0.0.0:5432
  udp://:53       UDP

KEY:
  after=1s        begins then, counted from the start of the program
  for=2s          is healed after that time
  first=3         only the first connections
  chance=0.3      each connection with this probability
  keep-live       connections that exist when it begins go on
  bytes=50000     for closed-after

Examples:
  $ loopfw exec --fault refused=127.0.0.2:5432 -- npm test
  $ loopfw exec --fault dropped=10.255.255.1 -- cargo test
  $ loopfw exec --fault refused=localhost:5432,after=1s,for=2s --expect-hit -- go test ./...
  $ loopfw exec --fault refused=127.0.0.2:8000 -- curl -sS http://127.0.0.2:8000/

The program runs in a network of its own, which has only lo: servers that it needs, it must start itself. At the end a line
on stderr says how many connections each fault has hit. The exit code is the program's, 128+n where signal n ended it, 127
where it was not found. docs/faults.md says more of each kind.`;

export function addExecCommand(program: Command, setExitCode: (code: number) => void): void {
  program
    .command('exec')
    .description('run a program in a world where some connections fail')
    .argument('<command...>', 'the program and its arguments, behind --')
    .addOption(
      new Option('--fault <kind=target>', `a fault: ${FAULT_FORM}, see below; repeatable`)
        .argParser((value: string, earlier: string[] | undefined) => [...(earlier ?? []), value])
        .makeOptionMandatory(),
    )
    .option('--expect-hit', 'exit with 1 if a fault was never touched, and the program with 0')
    .passThroughOptions()
    .addHelpText('after', MORE)
    .action(async (command: string[], options: ExecCommandOptions) => {
      const { execCommand } = await import('../commands/exec.js');
      setExitCode(await execCommand(command, options));
    });
}
