import { fileURLToPath } from 'node:url';
import { runLoopfw } from '../competitors/loopfw.js';
import { runProcess } from '../run-process.js';

const SCENARIO = 'scenarios/reject.json';
const BY_HAND = fileURLToPath(new URL('../competitors/by-hand.sh', import.meta.url));

export const one = {
  id: 'one',
  title: 'One scenario',
  prose: `One small scenario, the whole process from its start to its end: one REJECT, two servers, four probes.

- **loopfw** is \`loopfw run scenarios/reject.json\`.
- **shell script** is \`bench/competitors/by-hand.sh\`, in a namespace of its own by \`unshare --net\`. It has the same servers (\`nc -lk\`),
  the same rule, the same four questions (\`nc -z\`) and the rule's counter. It has a control for the two servers only. It has no trace, and
  does not say why.
- **node -e 0** is what any program on Node.js costs before it does anything.`,
  makeCases: () => [
    {
      name: 'one scenario',
      size: 1,
      repetitions: 15,
      entries: [
        { name: 'loopfw', run: () => runLoopfw(SCENARIO, 4) },
        { name: 'shell script', needs: 'nc', run: runByHand },
        { name: 'node -e 0', run: () => runProcess(process.execPath, ['-e', '0']) },
      ],
    },
  ],
};

async function runByHand() {
  const { ms, stdout } = await runProcess('unshare', ['--net', BY_HAND, '127.0.0.2', '127.0.0.3', '8000', '81']);
  if (stdout !== 'ok\n') {
    throw new Error(`the shell script said ${stdout}`);
  }
  return { ms };
}
