import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFloorEntries } from '../competitors/floor.js';
import { runLoopfwForEvidence } from '../competitors/loopfw.js';
import { HURRIED, runNmap } from '../competitors/nmap.js';
import { printRestore } from '../founding.js';

const PORT = 8000;
/** Every fifth client is rejected, each by its own rule. */
const REJECTED = 5;

export const matrix = {
  id: 'matrix',
  title: 'A truth table',
  prose: `One scenario with a matrix: every client against every server, in one world. Each client has an address of its own. A fifth of the clients are
rejected, each by a rule of its own. The others are served.

- **loopfw** must find the cause and the rule of each cell in the kernel's trace. It writes all the evidence as JSON.
- **floor** is a C program with raw system calls and no evidence. It asks the same questions in one namespace with the same rules. With
  controls and trace it asks each twice, and reads the trace away.
- **nmap** is a connect scan, which has one client address. So it asks as many questions of another kind: as many addresses, with as many ports
  at each. A fifth of the ports are rejected, by as many rules. Its namespace is ready before its clock starts. It says open or closed.`,
  async makeCases({ quick, folder }) {
    const side = quick ? 10 : 100;
    const total = side ** 2;
    const file = join(folder, 'matrix.json');
    await writeFile(file, JSON.stringify(makeScenario(side)));
    const places = range(side).filter(isRejected);
    const lines = places.map((place) => `-A INPUT -d 127.0.2.0/24 -p tcp -m tcp --dport ${PORT + place} -j REJECT`);
    const world = {
      restore: printRestore(lines),
      listen: { address: '0.0.0.0', first: PORT + 1, last: PORT + side },
      ports: `${PORT + 1}-${PORT + side}`,
      target: `127.0.2.1-${side}`,
    };
    const expected = { 'conn-refused': places.length * side, 'syn-ack': total - places.length * side };
    return [
      {
        name: `${total.toLocaleString('en')} probes, ${side} clients × ${side} servers`,
        size: total,
        commands: 1,
        entries: [
          { name: 'loopfw', run: () => runLoopfwForEvidence(file, total) },
          { name: 'loopfw, an ordinary user', needs: 'nobody', run: () => runLoopfwForEvidence(file, total, { isRoot: false }) },
          ...(await makeFloorEntries({ folder, name: 'matrix', scenarios: [toFloor(side)], jobs: 1 })),
          { name: 'nmap in a hurry', needs: 'nmap', run: () => runNmap({ ...world, options: HURRIED }, expected) },
          { name: 'nmap', needs: 'nmap', run: () => runNmap(world, expected) },
        ],
      },
    ];
  },
};

function makeScenario(side) {
  const places = range(side);
  const rejected = places.filter(isRejected);
  const getCell = (place) => (isRejected(place) ? { cause: 'rejected', rule: rejected.indexOf(place) } : 'connected');
  return {
    name: 'matrix',
    clients: Object.fromEntries(places.map((place) => [`c${place}`, `127.0.1.${place}`])),
    servers: Object.fromEntries(places.map((place) => [`s${place}`, `tcp://127.0.2.${place}:${PORT}`])),
    rules: rejected.map(toRule),
    matrix: Object.fromEntries(
      places.map((client) => [`c${client}`, Object.fromEntries(places.map((server) => [`s${server}`, getCell(client)]))]),
    ),
  };
}

function toFloor(side) {
  const places = range(side);
  const ports = [PORT, PORT];
  const ask = (client) => (server) => ({
    outcome: isRejected(client) ? 'refused' : 'connected',
    from: `127.0.1.${client}`,
    to: `127.0.2.${server}`,
    ports,
  });
  return {
    rules: places.filter(isRejected).map(toRule),
    servers: places.map((server) => ({ address: `127.0.2.${server}`, ports })),
    probes: places.flatMap((client) => places.map(ask(client))),
  };
}

function toRule(client) {
  return `-A INPUT -s 127.0.1.${client}/32 -d 127.0.2.0/24 -p tcp -m tcp --dport ${PORT} -j REJECT`;
}

function isRejected(place) {
  return place % REJECTED === 0;
}

/** 1, 2, … */
function range(count) {
  return Array.from({ length: count }, (_, place) => place + 1);
}
