// In a namespace of its own: changes of faults, each followed at once by a client. `node changes.js HOST COUNT` prints what went wrong, and
// times, as JSON.
import { connect, createServer } from 'node:net';
import { Faults } from '../../../../build/inside/faults/faults.js';
import { bringUp } from '../../../../build/kernel/network/links.js';
import { ChildLedger } from '../../../../build/kernel/process/children.js';
import { CommandRunner } from '../../../../build/kernel/process/run-command.js';
import { planFault } from '../../../../build/plan/faults/plan.js';
import { parseFault } from '../../../../build/run/world/faults/parse.js';
import { LO_ALONE } from './lo-alone.js';

const [host = '127.0.0.2', count = '1'] = process.argv.slice(2);
const PORT = 80;
/** How long a client waits where it should see nothing, and where it should see something. */
const SILENCE_MS = 150;
const ANSWER_MS = 10_000;
const target = host.includes(':') ? `[${host}]:${PORT}` : `${host}:${PORT}`;
/** The fault from each change on, and what a client then sees. */
const TURNS = [
  ['refused', 'ECONNREFUSED'],
  ['host-unreachable', 'EHOSTUNREACH'],
  [null, 'connected'],
  ['dropped', 'silence'],
  ['net-unreachable', 'ENETUNREACH'],
  ['admin-prohibited', host.includes(':') ? 'EACCES' : 'EHOSTUNREACH'],
  ['refused', 'ECONNREFUSED'],
  [null, 'connected'],
];

bringUp('lo');
const commands = new CommandRunner(new ChildLedger());
const server = createServer((socket) => socket.on('error', () => {}).resume());
await new Promise((resolve) => server.listen(PORT, host, resolve));
const faults = new Faults(commands, LO_ALONE);
faults.begin();

const wrong = [];
const [changes, clients] = [[], []];
let last = null;
for (let turn = 0; turn < Number(count); turn++) {
  const [kind, expected] = TURNS[turn % TURNS.length];
  const start = performance.now();
  if (last !== null) {
    faults.heal([last]);
  }
  last = kind === null ? null : turn;
  if (kind !== null) {
    faults.add([planFault(parseFault(`${kind}=${target}`), turn)]);
  }
  changes.push(performance.now() - start);
  const { saw, ms } = await ask(expected);
  if (saw !== 'silence') {
    clients.push(ms);
  }
  if (saw !== expected) {
    wrong.push({ turn, expected, saw, ms });
  }
  if (turn % 50 === 20) {
    // A native rule set of a scenario replaces all rules of nf_tables.
    faults.keepThrough(() => commands.feed('nft', ['-f', '-'], 'flush ruleset\n'));
  } else if (turn % 50 === 40) {
    // Rules of iptables replace those of iptables alone.
    faults.keepThrough(() => {});
  }
}
const hits = faults.readHits();
await faults.close();
const notOne = hits.filter(({ connections }) => connections !== 1);
console.log(JSON.stringify({ wrong, faults: hits.length, notOne, changeMs: summarize(changes), clientMs: summarize(clients) }));
process.exit(0);

function ask(expected) {
  return new Promise((resolve) => {
    const start = performance.now();
    const socket = connect(PORT, host);
    const end = (saw) => {
      clearTimeout(timer);
      // Nothing of this client may count later: neither its server's socket, which a RST ends, nor a SYN that comes again.
      if (saw === 'connected') {
        socket.resetAndDestroy();
      } else {
        socket.destroy();
      }
      resolve({ saw, ms: performance.now() - start });
    };
    const timer = setTimeout(() => end('silence'), expected === 'silence' ? SILENCE_MS : ANSWER_MS);
    socket.on('connect', () => end('connected')).on('error', ({ code }) => end(code));
  });
}

/** The median, the 99th percentile and the longest. */
function summarize(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return [0.5, 0.99, 1].map((part) => Math.round((sorted[Math.ceil(sorted.length * part) - 1] ?? 0) * 100) / 100);
}
