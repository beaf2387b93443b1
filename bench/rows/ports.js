import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runLoopfwForEvidence } from '../competitors/loopfw.js';
import { runNc } from '../competitors/nc.js';
import { HURRIED, runNmap } from '../competitors/nmap.js';
import { printRestore } from '../founding.js';

const TARGET = '127.0.0.2';
const FIRST = 8000;
/** A block of ports each: the rule's target, loopfw's cause, nmap's reason, nc's answer. */
const ACCEPT = { target: 'ACCEPT', cause: 'service', reason: 'syn-ack', answer: 'connected' };
const REJECT = { target: 'REJECT', cause: 'rejected', reason: 'conn-refused', answer: 'refused' };
const RESET = { ...REJECT, target: 'REJECT --reject-with tcp-reset' };
const UNREACHABLE = {
  target: 'REJECT --reject-with icmp-host-unreachable',
  cause: 'rejected',
  reason: 'host-unreach',
  answer: 'unreachable',
};
const DROP = { target: 'DROP', cause: 'dropped', reason: 'no-response', answer: 'silence' };
const MIX = [ACCEPT, REJECT, DROP, ACCEPT, RESET, DROP, ACCEPT, UNREACHABLE, DROP, ACCEPT];

export const ports = {
  id: 'ports',
  title: 'Many ports',
  prose: `One scenario whose probes are ranges of ports: once a mix of accepted, rejected (port-unreachable, tcp-reset, host-unreachable) and dropped ports by
ten rules, and once nothing but dropped ones. loopfw must name the cause and the rule of every port, from the kernel's trace, and writes
all of it as JSON; a drop is proved, not waited for. nmap and nc run in a namespace with the same rules and servers, made before their
clock starts. They see the port's answer alone: a rejected port and a closed one are the same to them, and a drop is what has not answered
yet. nmap in a hurry is \`nmap ${HURRIED.join(' ')}\`: it takes a single unanswered SYN for a drop. nmap as it is unless told otherwise and
\`nc -w1\` wait for every dropped port, so that they are given a sample of each rule's ports, and their times are scaled.`,
  makeCases: async ({ quick, folder }) => [
    await makeCase({ name: 'a mix by ten rules', kinds: MIX, block: quick ? 10 : 100, sample: quick ? 2 : 20, folder }),
    await makeCase({ name: 'all dropped', kinds: [DROP], block: quick ? 100 : 1000, sample: quick ? 20 : 200, folder }),
  ],
};

/** @param sample how many ports of each block the slow ones are given */
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
  const scan = (count, options) =>
    runNmap({ ...world, options, ports: starts.map(toRange(count)).join(',') }, countBy(kinds, 'reason', count));
  const part = { done: sample * kinds.length, of: total };
  return {
    name: `${total.toLocaleString('en')} ports, ${name}`,
    size: total,
    entries: [
      { name: 'loopfw, "parallel": true', run: () => runLoopfwForEvidence(parallel, total, isProved) },
      { name: 'loopfw, one after the other', run: () => runLoopfwForEvidence(serial, total, isProved) },
      { name: 'nmap in a hurry', needs: 'nmap', run: () => scan(block, HURRIED) },
      { name: 'nmap', needs: 'nmap', sample: part, run: () => scan(sample) },
      {
        name: 'nc -w1',
        needs: 'nc',
        sample: part,
        run: () => runNc({ ...world, ranges: starts.map(toRange(sample)) }, countBy(kinds, 'answer', sample)),
      },
    ],
  };
}

function countBy(kinds, key, each) {
  const counts = {};
  for (const kind of kinds) {
    counts[kind[key]] = (counts[kind[key]] ?? 0) + each;
  }
  return counts;
}
