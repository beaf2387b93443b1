import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runInParallel } from '../competitors/in-parallel.js';
import { checkByLoopfw } from '../competitors/loopfw.js';
import { startNode } from '../competitors/node.js';
import { makeFoundingCases, toRestore, toScenario } from '../founding.js';
import { runProcess } from '../run-process.js';

const PROGRAM = fileURLToPath(new URL('../competitors/json-schema.js', import.meta.url));
const SCHEMA = 'schema/scenario.json';
const TEST = ['sh', '-c', 'iptables-nft-restore --test "$0" && echo ok'];

export const check = {
  id: 'check',
  title: 'A check of many files',
  prose: `\`loopfw check\` of a folder with many files, each with a scenario of the section "Many scenarios". It runs nothing.

- **JSON.parse and ajv** is a program on Node.js that checks all the files against \`${SCHEMA}\`. It knows nothing of rules, or of addresses.
- **iptables-nft-restore --test** checks the rules alone. It needs root, and runs once for each file under \`xargs -P 8\`.
- **node -e 0** is what any program on Node.js costs before it does anything.`,
  async makeCases({ quick, folder }) {
    const count = quick ? 40 : 2000;
    const cases = makeFoundingCases(count);
    const [files, rules] = ['check', 'check-rules'].map((name) => join(folder, name));
    await mkdir(files);
    await mkdir(rules);
    await Promise.all(cases.map((each) => writeFile(join(files, `${each.number}.json`), JSON.stringify(toScenario(each), null, 2))));
    await Promise.all(cases.map((each) => writeFile(join(rules, `${each.number}.v4`), toRestore(each))));
    const list = join(folder, 'check-list');
    await writeFile(list, cases.map(({ number }) => `${join(rules, `${number}.v4`)}\n`).join(''));
    return [
      {
        name: `${count.toLocaleString('en')} files`,
        size: count,
        entries: [
          { name: 'loopfw', run: () => checkByLoopfw(files, count) },
          { name: 'JSON.parse and ajv', run: () => checkBySchema(files, count) },
          { name: 'iptables-nft-restore --test, xargs -P 8', run: () => runInParallel(TEST, { file: list, runs: count, jobs: 8 }) },
          { name: 'node -e 0', run: () => startNode({ isRoot: true }) },
        ],
      },
    ];
  },
};

async function checkBySchema(folder, files) {
  const { ms, stdout } = await runProcess(process.execPath, [PROGRAM, SCHEMA, folder]);
  if (stdout !== `${files}`) {
    throw new Error(`${stdout} of ${files} files match the schema`);
  }
  return { ms };
}
