import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { makeFloorEntries } from '../competitors/floor.js';
import { makeFoundingCases, toFloor, toRestore } from '../founding.js';
import { runProcess } from '../run-process.js';

const PROGRAM = fileURLToPath(new URL('../competitors/commands.js', import.meta.url));
/** The inside's size with one scenario, and with many. */
const SMALL_MB = 65;
const LARGE_MB = 105;

export const commands = {
  id: 'commands',
  title: 'One command',
  prose: `What it costs to run \`iptables-nft-restore\` with one rule, each time in a new network namespace. The command is the same; the ways to start it
differ. Node.js is ready before its clock starts.

- **execaSync** is loopfw's way. It calls Node.js' spawnSync, and adds its own options, checks and errors.
- **spawnSync** is \`child_process.spawnSync\`. It forks: the kernel copies the page tables of the whole process, so the process' size counts.
- **floor** is a C program with posix_spawn, which copies nothing.

The first case is one after the other. The second has a thread, or a process of the C program, for each processor.`,
  /** This row compares the parts of loopfw, not loopfw. */
  isOfParts: true,
  async makeCases({ quick, folder }) {
    const count = quick ? 50 : 200;
    const cases = makeFoundingCases(count);
    const inputs = cases.map(toRestore);
    const makeCase = async (name, ways, threads) => {
      const scenarios = cases.map((each) => ({ ...toFloor(each), servers: [], probes: [] }));
      const [floor] = await makeFloorEntries({ folder, name: `commands-${threads}`, scenarios, jobs: Math.max(1, threads) });
      return {
        name: `${count} commands, ${name}`,
        size: count,
        entries: [
          ...ways.map(([way, megabytes]) => ({
            name: `${way}, a process of ${megabytes} MB`,
            run: () => runCommands({ way, inputs, threads, bytes: megabytes * 1e6 }),
          })),
          floor,
        ],
      };
    };
    const alone = ['execaSync', 'spawnSync'].flatMap((way) => [SMALL_MB, LARGE_MB].map((megabytes) => [way, megabytes]));
    const many = ['execaSync', 'spawnSync'].map((way) => [way, LARGE_MB]);
    return [await makeCase('one after the other', alone, 0), await makeCase('one for each processor', many, availableParallelism())];
  },
};

async function runCommands(work) {
  const { stdout } = await runProcess(process.execPath, [PROGRAM, JSON.stringify(work)]);
  return { ms: JSON.parse(stdout).ms };
}
