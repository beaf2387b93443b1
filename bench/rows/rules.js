import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFloorEntries } from '../competitors/floor.js';
import { runInWorld } from '../competitors/in-world.js';
import { runLoopfw } from '../competitors/loopfw.js';
import { printRestore } from '../founding.js';

const SERVER = '127.0.0.2';
const PORT = 8000;
/**
 * The number of rejecting rules at the end of the chain: one for each probe that must be rejected. The same number of probes must connect.
 */
const REJECTS = 10;

export const rules = {
  id: 'rules',
  title: 'Many rules',
  prose: `One scenario with more and more rules, and 20 probes. The last ten rules reject a port each. Ten probes must be rejected by their own rule, and
ten must connect.

- **iptables-nft-restore alone** applies the same rules and asks nothing. Its namespace is there before its clock starts. It gets the rules as
  loopfw writes them.
- **floor** is a C program with raw system calls and no evidence: the namespace, these rules, and the 20 connections.
- **the same, with header lines** has also the header lines of the three chains, as iptables-save writes them.`,
  makeCases: ({ quick, folder }) => Promise.all((quick ? [10, 100] : [10, 100, 1000, 10_000]).map((count) => makeCase(count, folder))),
};

async function makeCase(count, folder) {
  const lines = makeRules(count);
  const bare = join(folder, `bare ${count}.v4`);
  const saved = join(folder, `saved ${count}.v4`);
  const scenario = join(folder, `rules ${count}.json`);
  await writeFile(bare, printRestore(lines));
  await writeFile(saved, printRestore([...['INPUT', 'FORWARD', 'OUTPUT'].map((chain) => `:${chain} ACCEPT [0:0]`), ...lines]));
  await writeFile(scenario, JSON.stringify(makeScenario(lines)));
  return {
    name: `${count.toLocaleString('en')} rules, 20 probes`,
    size: count,
    commands: 1,
    entries: [
      { name: 'loopfw', run: () => runLoopfw(scenario, 2 * REJECTS) },
      { name: 'iptables-nft-restore alone', run: () => restore(bare, count) },
      { name: 'the same, with header lines', run: () => restore(saved, count) },
      ...(await makeFloorEntries({ folder, name: `rules-${count}`, scenarios: [toFloor(lines)], jobs: 1 })),
    ],
  };
}

function makeScenario(lines) {
  const first = lines.length - REJECTS;
  return {
    name: 'rules',
    servers: { web: { protocol: 'tcp', address: SERVER, port: `${PORT}-${PORT + 2 * REJECTS - 1}` } },
    rules: lines,
    probes: Array.from({ length: 2 * REJECTS }, (_, place) => ({
      from: '127.0.0.1',
      to: `tcp://${SERVER}:${PORT + place}`,
      expect: place < REJECTS ? { cause: 'rejected', rule: first + place } : 'connected',
    })),
  };
}

function toFloor(rules) {
  const last = PORT + 2 * REJECTS - 1;
  return {
    rules,
    servers: [{ address: SERVER, ports: [PORT, last] }],
    probes: [
      { outcome: 'refused', from: '127.0.0.1', to: SERVER, ports: [PORT, PORT + REJECTS - 1] },
      { outcome: 'connected', from: '127.0.0.1', to: SERVER, ports: [PORT + REJECTS, last] },
    ],
  };
}

/** Makes different rules. Only the last ones match a probe. */
function makeRules(count) {
  const idle = Array.from(
    { length: count - REJECTS },
    (_, place) =>
      `-A INPUT -s 10.${place >> 16}.${(place >> 8) & 255}.${place & 255}/32 -p tcp -m tcp --dport ${1024 + (place % 60_000)} -j DROP`,
  );
  const rejects = Array.from({ length: REJECTS }, (_, place) => `-A INPUT -d ${SERVER}/32 -p tcp -m tcp --dport ${PORT + place} -j REJECT`);
  return [...idle, ...rejects];
}

async function restore(file, count) {
  const { ms, rules: found } = await runInWorld({ restore: null, listen: null, command: ['iptables-nft-restore', file] });
  if (found !== count) {
    throw new Error(`iptables-nft-restore was given ${count} rules, and the kernel holds ${found}`);
  }
  return { ms };
}
