import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFloorEntries } from '../competitors/floor.js';
import { runLoopfwForEvidence } from '../competitors/loopfw.js';
import { runNc } from '../competitors/nc.js';
import { HURRIED, runNmap } from '../competitors/nmap.js';
import { printRestore } from '../founding.js';
import { countBy, DROP, MIX } from '../port-kinds.js';

const TARGET = '127.0.0.2';
const FIRST = 8000;

export const ports = {
  id: 'ports',
  title: 'Many ports',
  prose: `One scenario whose probes are ranges of ports, in two forms. The first is a mix by ten rules: accepted, dropped and rejected ports
(port-unreachable, tcp-reset, host-unreachable). In the second every port is dropped.

- **loopfw** must name the cause and the rule of every port, from the kernel's trace. It writes all of it as JSON. A drop is proved, not waited
  for. It asks one port after the other, and only waits overlap. With \`"parallel": true\` it asks all at once.
- **floor** is a C program with raw system calls and no evidence. It takes a port that has not answered at once for a dropped one.
- **nmap and nc** run in a namespace with the same rules and servers, which are there before their clock starts. They see only the port's
  answer: a rejected port and a closed one are the same to them. A port that has not answered yet counts as dropped.
- **nmap in a hurry** is \`nmap ${HURRIED.join(' ')}\`. It takes a single unanswered SYN for a drop.
- **nc -w1** asks one port after the other, and waits a second for each silent one. It gets a sample of each rule's ports, and its time is
  scaled.`,
  makeCases: async ({ quick, folder }) => [
    await makeCase({ name: 'a mix by ten rules', kinds: MIX, block: quick ? 10 : 100, sample: quick ? 1 : 2, folder }),
    await makeCase({ name: 'all dropped', kinds: [DROP], block: quick ? 100 : 1000, sample: quick ? 2 : 5, folder }),
  ],
};

/** @param sample how many ports of each block nc asks */
async function makeCase({ name, kinds, block, sample, folder }) {
  const total = kinds.length * block;
  const starts = kinds.map((_, place) => FIRST + place * block);
  const toRange = (count) => (start) => `${start}-${start + count - 1}`;
  const lines = starts.map(
    (start, place) => `-A INPUT -d ${TARGET}/32 -p tcp -m tcp --dport ${start}:${start + block - 1} -j ${kinds[place].target}`,
  );
  const probes = starts.map((start, place) => ({
    from: '127.0.0.1',
    to: `tcp://${TARGET}:${toRange(block)(start)}`,
    expect: { cause: kinds[place].cause, rule: place },
  }));
  const servers = { web: { protocol: 'tcp', address: TARGET, port: toRange(total)(FIRST) } };
  const scenario = { name, servers, rules: lines, probes };
  const [serial, parallel] = ['serial', 'parallel'].map((way) => join(folder, `${name} ${way}.json`));
  await writeFile(serial, JSON.stringify(scenario));
  await writeFile(parallel, JSON.stringify({ ...scenario, probes: probes.map((probe) => ({ ...probe, parallel: true })) }));
  const isProved = ({ cause, decided }) => cause !== 'dropped' || decided === 'proved';
  const world = { restore: printRestore(lines), listen: { address: TARGET, first: FIRST, last: FIRST + total - 1 }, target: TARGET };
  const scan = (options) => runNmap({ ...world, options, ports: toRange(total)(FIRST) }, countBy(kinds, 'reason', block));
  const floor = {
    rules: lines,
    servers: [{ address: TARGET, ports: [FIRST, FIRST + total - 1] }],
    probes: starts.map((start, place) => ({
      outcome: kinds[place].answer,
      from: '127.0.0.1',
      to: TARGET,
      ports: [start, start + block - 1],
    })),
  };
  const part = { done: sample * kinds.length, of: total };
  return {
    name: `${total.toLocaleString('en')} ports, ${name}`,
    size: total,
    commands: 1,
    entries: [
      { name: 'loopfw, "parallel": true', run: () => runLoopfwForEvidence(parallel, total, { isRight: isProved }) },
      { name: 'loopfw, in turn', run: () => runLoopfwForEvidence(serial, total, { isRight: isProved }) },
      {
        name: 'loopfw, "parallel": true, an ordinary user',
        needs: 'nobody',
        run: () => runLoopfwForEvidence(parallel, total, { isRight: isProved, isRoot: false }),
      },
      ...(await makeFloorEntries({ folder, name: `ports-${kinds.length}`, scenarios: [floor], jobs: 1 })),
      { name: 'nmap in a hurry', needs: 'nmap', run: () => scan(HURRIED) },
      { name: 'nmap', needs: 'nmap', run: () => scan() },
      {
        name: 'nc -w1',
        needs: 'nc',
        sample: part,
        run: () => runNc({ ...world, ranges: starts.map(toRange(sample)) }, countBy(kinds, 'answer', sample)),
      },
    ],
  };
}
