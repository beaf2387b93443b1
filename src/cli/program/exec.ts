import { type Command, Option } from 'commander';
import { FAULT_FORM, FAULT_HELP } from '../../run/world/faults/kinds.js';
import type { ExecCommandOptions } from '../commands/exec/exec.js';
import { toHelpText } from './help-text.js';
import { RULE_OPTION } from './probe.js';
import { ALLOW_COMMANDS_OPTION, BACKEND_OPTION, collect } from './run-options.js';

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
  $ loopfw exec scenarios/reject.json -- sh -c 'curl -sS http://$LOOPFW_SERVER_WEB/'

The program runs in a network of its own. Without SCENARIO that has only lo: servers that it needs, it must start itself. A server
"web" of SCENARIO is LOOPFW_SERVER_WEB=ADDRESS:PORT in its environment. The program has the caller's files and terminal, but no
rights over its network. At the end a line on stderr says how many connections each fault has hit. The exit code is the program's,
128+n where signal n ended it, 127 where it was not found. Where loopfw itself fails, it is 2, 3 or 4, with a line "loopfw: …".
docs/faults.md says more of each kind.`;

export function addExecCommand(program: Command, setExitCode: (code: number) => void): void {
  program
    .command('exec')
    .description('run a program in a world where some connections fail')
    .usage('[SCENARIO] [options] -- COMMAND [ARG]...')
    .argument('[words...]', 'SCENARIO: a file whose servers, interfaces and first rules are the world of the program; COMMAND: the program')
    .addOption(new Option('--fault <kind=target>', `a fault: ${FAULT_FORM}, see below; repeatable`).argParser(collect))
    .addOption(RULE_OPTION())
    .addOption(BACKEND_OPTION("nft or legacy: instead of the scenario's own; of several, the first"))
    .option('--expect-hit', 'exit with 1 if a fault was never touched, and the program with 0')
    .option('-r, --reporter <json=file>', "write the program's exit code and what the faults have hit to a file")
    .addOption(ALLOW_COMMANDS_OPTION())
    .option('--allow-net-admin', 'let the program change the network and the rules of its world')
    .addHelpText('after', toHelpText(MORE))
    .action(async (words: string[], options: ExecCommandOptions, { parent }: Command) => {
      const { execCommand } = await import('../commands/exec/exec.js');
      // commander leaves out the first --.
      const typed: string[] = parent?.args ?? [];
      const behind = typed.includes('--') ? typed.length - typed.indexOf('--') - 1 : 0;
      const first = words.length - behind;
      setExitCode(await execCommand({ scenarios: words.slice(0, first), command: words.slice(first) }, options));
    });
}
