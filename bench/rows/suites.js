import { runLoopfw } from '../competitors/loopfw.js';

const FOLDER = 'scenarios/filtering';
const PROBES = 53;

export const suites = {
  id: 'suites',
  title: 'Many suites at once',
  prose: `Several \`loopfw run ${FOLDER}\`, as on a busy CI machine. Each has a sandbox of its own, and all of them must pass.

- **loopfw** starts them all together. The time is until the last one ends.
- **one after the other** starts each when the one before has ended.`,
  makeCases: ({ quick }) => {
    const count = quick ? 4 : 16;
    return [
      {
        name: `${count} suites of ${PROBES} probes`,
        size: count,
        repetitions: 3,
        entries: [
          { name: 'loopfw', run: () => measure(() => Promise.all(Array.from({ length: count }, run))) },
          {
            name: 'one after the other',
            run: () =>
              measure(async () => {
                for (let turn = 0; turn < count; turn++) {
                  await run();
                }
              }),
          },
        ],
      },
    ];
  },
};

function run() {
  return runLoopfw(FOLDER, PROBES);
}

async function measure(work) {
  const started = performance.now();
  await work();
  return { ms: performance.now() - started };
}
