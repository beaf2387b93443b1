import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeFloorEntries } from '../competitors/floor.js';
import { runInParallel } from '../competitors/in-parallel.js';
import { runLoopfw } from '../competitors/loopfw.js';
import { makeFoundingCases, toFloor, toRestore, toScenario } from '../founding.js';

const BY_HAND = fileURLToPath(new URL('../competitors/by-hand.sh', import.meta.url));
const RESTORE = ['sh', '-c', 'ip link set lo up && iptables-nft-restore "$0" && echo ok'];

export const scenarios = {
  id: 'scenarios',
  title: 'Many scenarios',
  prose: `One \`loopfw run\` with many different scenarios, each in a world of its own and with the kernel's trace. Each has its own addresses, port and
rule, two servers, and two probes with their controls.

- **floor** is the C program of the section above, with these two probes. It runs 16 scenarios at once.
- **iptables-nft-restore alone** applies the same rules under \`xargs -P 8\`, each set in a network namespace with lo up. It tests nothing.
- **shell script** is the script of the section above under \`xargs -P 8\`, with these two probes.`,
  makeCases: ({ quick, folder }) => Promise.all((quick ? [20, 40] : [400, 2000]).map((count) => makeCase(count, folder))),
};

async function makeCase(count, folder) {
  const cases = makeFoundingCases(count);
  const own = join(folder, `scenarios-${count}`);
  const [suite, restores, calls] = ['suite.json', 'restores', 'calls'].map((name) => join(own, name));
  const files = cases.map(({ number }) => join(own, `${number}.v4`));
  await mkdir(own);
  await writeFile(suite, JSON.stringify(cases.map(toScenario)));
  await Promise.all(cases.map((each, place) => writeFile(files[place], toRestore(each))));
  await writeFile(restores, `${files.join('\n')}\n`);
  await writeFile(calls, cases.map(({ web, neighbour, port }) => `${web} ${neighbour} ${port}\n`).join(''));
  return {
    name: `${count.toLocaleString('en')} scenarios`,
    size: count,
    commands: count,
    entries: [
      { name: 'loopfw', run: () => runLoopfw(suite, 2 * count) },
      { name: 'loopfw, an ordinary user', needs: 'nobody', run: () => runLoopfw(suite, 2 * count, { isRoot: false }) },
      ...(await makeFloorEntries({ folder, name: `scenarios-${count}`, scenarios: cases.map(toFloor) })),
      {
        name: 'iptables-nft-restore alone, xargs -P 8',
        run: () => runInParallel(RESTORE, { file: restores, runs: count, jobs: 8 }),
      },
      { name: 'shell script, xargs -P 8', needs: 'nc', run: () => runInParallel([BY_HAND], { file: calls, runs: count, jobs: 8 }) },
    ],
  };
}
