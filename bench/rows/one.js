import { fileURLToPath } from 'node:url';
import { makeFloorEntries } from '../competitors/floor.js';
import { runLoopfw } from '../competitors/loopfw.js';
import { startNode, startTwice, TWO_STARTS } from '../competitors/node.js';
import { runProcess } from '../run-process.js';

const SCENARIO = 'scenarios/reject.json';
const BY_HAND = fileURLToPath(new URL('../competitors/by-hand.sh', import.meta.url));
const WEB = '127.0.0.2';
const NEIGHBOUR = '127.0.0.3';
/** The same scenario for the C program. */
const FLOOR_SCENARIO = {
  rules: [`-A INPUT -d ${WEB}/32 -p tcp -m tcp --dport 8000 -j REJECT`],
  servers: [WEB, NEIGHBOUR].map((address) => ({ address, ports: [8000, 8000] })),
  probes: [
    { outcome: 'refused', from: '127.0.0.1', to: WEB, ports: [8000, 8000] },
    { outcome: 'refused', from: '127.0.0.1', to: WEB, ports: [8000, 8000] },
    { outcome: 'connected', from: '127.0.0.1', to: NEIGHBOUR, ports: [8000, 8000] },
    { outcome: 'refused', control: 'refused', from: '127.0.0.1', to: WEB, ports: [81, 81] },
  ],
};

export const one = {
  id: 'one',
  title: 'One scenario',
  prose: `One small scenario, the whole process from its start to its end: one REJECT, two servers, four probes. Root runs it, and then an ordinary user
(nobody).

- **loopfw** is \`loopfw run scenarios/reject.json\`.
- **shell script** is \`bench/competitors/by-hand.sh\`, in a namespace of its own by \`unshare --net\`. It has the same servers (\`nc -lk\`),
  the same rule, the same four questions (\`nc -z\`) and the rule's counter. It has a control for the two servers only. It has no trace, and
  does not say why.
- **node -e 0** is what any program on Node.js costs before it does anything.
- **${TWO_STARTS}** is a \`node\` that starts a second one in new namespaces, as loopfw starts its sandbox. Neither does anything else.
- **floor** is a C program that does the same with raw system calls, and without evidence: \`bench/competitors/floor.c\`.
- **floor with controls and trace** also asks each question before the rules are there. It has the kernel trace every packet, and reads the
  trace away: this is what the evidence costs in the kernel.`,
  makeCases: async ({ folder }) => [
    await makeCase('one scenario', true, folder),
    await makeCase('one scenario, an ordinary user', false, folder),
  ],
};

async function makeCase(name, isRoot, folder) {
  return {
    name,
    ...(isRoot ? {} : { needs: 'nobody' }),
    size: 1,
    commands: 1,
    repetitions: 15,
    entries: [
      { name: 'loopfw', run: () => runLoopfw(SCENARIO, 4, { isRoot }) },
      ...(isRoot ? [{ name: 'shell script', needs: 'nc', run: runByHand }] : []),
      { name: 'node -e 0', run: () => startNode({ isRoot }) },
      { name: TWO_STARTS, run: () => startTwice({ isRoot }) },
      ...(await makeFloorEntries({ folder, name: isRoot ? 'one' : 'one-user', scenarios: [FLOOR_SCENARIO], jobs: 1, isRoot })),
    ],
  };
}

async function runByHand() {
  const { ms, stdout } = await runProcess('unshare', ['--net', BY_HAND, WEB, NEIGHBOUR, '8000', '81']);
  if (stdout !== 'ok\n') {
    throw new Error(`the shell script said ${stdout}`);
  }
  return { ms };
}
