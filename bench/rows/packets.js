import { fileURLToPath } from 'node:url';
import { runProcess } from '../run-process.js';

const PROGRAM = fileURLToPath(new URL('../competitors/packets.js', import.meta.url));
const ROUTERS = ['ufw-router', 'ferm-router', 'firehol-router'];
/** To ask about a packet takes a tenth of a millisecond. */
const SAMPLE = 4000;

export const packets = {
  id: 'packets',
  title: 'Packets that can differ',
  prose: `What \`loopfw diff\` thinks of the packets of a rule set, and of the same rule set without its last rule, before it proves anything on the kernel.
Node.js has loaded the rules before its clock starts.

- **in groups** is loopfw's way. Packets that no rule tells apart are asked about once.
- **each by itself** asks the evaluator about each packet, before and after.`,
  /** This row compares the parts of loopfw, not loopfw. */
  isOfParts: true,
  makeCases: ({ quick }) => Promise.all((quick ? ROUTERS.slice(0, 1) : ROUTERS).map(makeCase)),
};

async function makeCase(name) {
  const file = `scenarios/rule-sets/${name}.rules.v4`;
  const { packets: of } = await sort(file, { way: 'groups', most: Infinity });
  const done = Math.min(of, SAMPLE);
  return {
    name: `${name}: ${of.toLocaleString('en')} packets`,
    size: of,
    entries: [
      { name: 'in groups', run: () => sort(file, { way: 'groups', most: Infinity }) },
      { name: 'each by itself', sample: { done, of }, run: () => sort(file, { way: 'each', most: done }) },
    ],
  };
}

async function sort(file, { way, most }) {
  const { stdout } = await runProcess(process.execPath, [PROGRAM, file, way, String(most)]);
  return JSON.parse(stdout);
}
