import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runInWorld } from '../competitors/in-world.js';
import { runLoopfw } from '../competitors/loopfw.js';

const FOLDER = 'scenarios/rule-sets';
const PROBES = 20;

export const ruleSets = {
  id: 'rule-sets',
  title: 'Rule sets with history',
  prose: `Two rule sets of servers, as ufw and firehol make them, with 20 probes each: \`${FOLDER}\`. Both have rules with history (limit, recent). What
such a rule says depends on the packets before. loopfw proves a drop only where no retransmission can meet such a rule. Otherwise it waits for
the client.

- **loopfw** runs the scenario without the time limits in the file. Each client then waits 2.5 s for an answer, as by default.
- **loopfw, --patience full** proves no drop, and waits for every client. Only the first rule set is run so: it takes long.
- **iptables-nft-restore alone** applies the same rules and asks nothing. Its namespace is there before its clock starts.`,
  makeCases: async ({ quick, folder }) => {
    const full = { name: 'loopfw, --patience full', options: ['--patience', 'full'] };
    const ufw = await makeCase('ufw-server', [full], folder);
    return quick ? [ufw] : [ufw, await makeCase('firehol-server', [], folder)];
  },
};

/** @param variants further runs of loopfw, each with its options */
async function makeCase(name, variants, folder) {
  const own = join(folder, name);
  const rules = join(own, `${name}.rules.v4`);
  const suite = join(own, `${name}.json`);
  const scenario = JSON.parse(await readFile(join(FOLDER, `${name}.json`), 'utf8'));
  const probes = scenario.probes.map(({ timeoutMs: _, ...probe }) => probe);
  await mkdir(own);
  await copyFile(join(FOLDER, `${name}.rules.v4`), rules);
  await writeFile(suite, JSON.stringify({ ...scenario, probes }));
  const count = (await readFile(rules, 'utf8')).match(/^-A /gm).length;
  return {
    name: `${count} rules by ${name.split('-')[0]}, ${PROBES} probes`,
    size: PROBES,
    repetitions: 3,
    entries: [
      { name: 'loopfw', run: () => runLoopfw(suite, PROBES) },
      ...variants.map((variant) => ({ name: variant.name, run: () => runLoopfw(suite, PROBES, { options: variant.options }) })),
      {
        name: 'iptables-nft-restore alone',
        run: () => runInWorld({ restore: null, listen: null, command: ['iptables-nft-restore', rules] }),
      },
    ],
  };
}
