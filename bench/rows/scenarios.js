import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInParallel } from '../competitors/in-parallel.js';
import { runLoopfw } from '../competitors/loopfw.js';
import { makeFoundingCases, toRestore, toScenario } from '../founding.js';

const BY_HAND = fileURLToPath(new URL('../competitors/by-hand.sh', import.meta.url));
const RESTORE = ['sh', '-c', 'ip link set lo up && iptables-nft-restore "$0" && echo ok'];

export const scenarios = {
  id: 'scenarios',
  title: 'Many scenarios',
  prose: `One \`loopfw run\` with many different scenarios, each in a world of its own and with the kernel's trace. Each has its own addresses, port and
rule, two servers, and two probes with their controls. The others run under \`xargs -P\`:

- **iptables-nft-restore alone** applies the same rules, each set in a network namespace with lo up. It tests nothing.
- **shell script** is the script of the row above, with these two probes.`,
  async makeCases({ quick, folder }) {
    const count = quick ? 40 : 1000;
    const cases = makeFoundingCases(count);
    const suite = join(folder, 'founding.json');
    const restores = join(folder, 'restores');
    const calls = join(folder, 'calls');
    await writeFile(suite, JSON.stringify(cases.map(toScenario)));
    await mkdir(join(folder, 'rules'));
    const files = cases.map(({ number }) => join(folder, 'rules', `${number}.v4`));
    await Promise.all(cases.map((each, place) => writeFile(files[place], toRestore(each))));
    await writeFile(restores, `${files.join('\n')}\n`);
    await writeFile(calls, cases.map(({ web, neighbour, port }) => `${web} ${neighbour} ${port}\n`).join(''));
    return [
      {
        name: `${count.toLocaleString('en')} scenarios`,
        size: count,
        entries: [
          { name: 'loopfw', run: () => runLoopfw(suite, 2 * count) },
          { name: 'shell script, xargs -P 8', needs: 'nc', run: () => runInParallel([BY_HAND], { file: calls, runs: count, jobs: 8 }) },
          ...[1, 8, 16].map((jobs) => ({
            name: `iptables-nft-restore alone, xargs -P ${jobs}`,
            run: () => runInParallel(RESTORE, { file: restores, runs: count, jobs }),
          })),
        ],
      },
    ];
  },
};
