import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runLoopfw } from '../competitors/loopfw.js';
import { makeFoundingCases, toScenario } from '../founding.js';

export const growth = {
  id: 'growth',
  title: 'Growth',
  prose: `The scenarios of "Many scenarios", more and more of them in one \`loopfw run\`. The memory is the most (VmHWM) that each of the two processes ever
had. The outside reads, judges and reports. The inside is PID 1 of the sandbox, with the worlds.`,
  makeCases: ({ quick, folder }) => Promise.all((quick ? [10, 40, 100] : [100, 1000, 5000]).map((count) => makeCase(count, folder))),
};

async function makeCase(count, folder) {
  const file = join(folder, `growth ${count}.json`);
  await writeFile(file, JSON.stringify(makeFoundingCases(count).map(toScenario)));
  return {
    name: `${count.toLocaleString('en')} scenarios`,
    size: count,
    repetitions: 3,
    entries: [{ name: 'loopfw', run: () => runLoopfw(file, 2 * count) }],
  };
}
