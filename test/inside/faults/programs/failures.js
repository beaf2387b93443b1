// In a namespace of its own: changes of faults that fail. Prints, as JSON, what each was answered, and what clients then saw.
// `node failures.js threads` has a limit of threads (ulimit -u) that leaves too few for a hold.
import { connect, createServer } from 'node:net';
import { Faults } from '../../../../build/inside/faults/faults.js';
import { bringUp } from '../../../../build/kernel/network/links.js';
import { ChildLedger } from '../../../../build/kernel/process/children.js';
import { CommandRunner } from '../../../../build/kernel/process/run-command.js';
import { planFault } from '../../../../build/plan/faults/plan.js';
import { parseFault } from '../../../../build/run/world/faults/parse.js';
import { LO_ALONE } from './lo-alone.js';

const SILENCE_MS = 500;
const MANY = 12;

/** Commands of nft that can be denied, as where no process can be started. */
class Commands extends CommandRunner {
  isDenied = false;

  feed(...args) {
    if (this.isDenied) {
      throw new Error('denied');
    }
    super.feed(...args);
  }
}

bringUp('lo');
const commands = new Commands(new ChildLedger());
for (const port of [80, 81]) {
  await new Promise((resolve) => createServer((socket) => socket.on('error', () => {}).resume()).listen(port, '127.0.0.2', resolve));
}
const faults = new Faults(commands, LO_ALONE);
faults.begin();
const plan = (text, id) => planFault(parseFault(text), id);
/** A fault that nft refuses. */
const spoil = (text, id) => ({ ...plan(text, id), put: [...plan(text, id).put, `add rule inet loopfw_faults f${id} jump nowhere`] });

const said = [];
async function attempt(what, work) {
  let answer = 'done';
  try {
    work();
  } catch (error) {
    answer = error.name;
  }
  const saw = [];
  for (const [host, port] of [
    ['127.0.0.2', 80],
    ['127.0.0.2', 81],
    ['10.9.9.8', 80],
  ]) {
    saw.push(await ask(host, port));
  }
  const objects = commands.read('nft', ['list', 'table', 'inet', 'loopfw_faults']).match(/(?:chain|set|counter) f\d+/g);
  said.push({ what, answer, saw, objects: [...new Set(objects.map((object) => object.replace(/^\w+ /, '')))] });
}

await attempt('one', () => faults.add([plan('refused=127.0.0.2:80', 1)]));
if (process.argv[2] === 'threads') {
  await attempt('a hold', () => faults.add([plan('refused=127.0.0.2:81', 2), plan('host-unreachable=10.9.9.8:80', 3)]));
} else {
  await attempt('a bad one', () => faults.add([plan('dropped=127.0.0.2:81', 2), spoil('refused=10.9.9.8:80', 3)]));
  const many = Array.from({ length: MANY }, (_, place) => plan('dropped=127.0.0.2:81,chance=1', 2 + place));
  await attempt('a bad one among many', () => faults.add([...many, spoil('refused=10.9.9.8:80', 2 + MANY)]));
  commands.isDenied = true;
  await attempt('a heal', () => faults.heal(null));
  commands.isDenied = false;
}
await attempt('the same numbers again', () => faults.add([plan('dropped=127.0.0.2:81', 2), plan('dropped=10.9.9.8:80', 3)]));
await attempt('a heal', () => faults.heal([1]));
await faults.close();
console.log(JSON.stringify({ said, hits: faults.readHits() }));
process.exit(0);

function ask(host, port) {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const end = (saw) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(saw);
    };
    const timer = setTimeout(() => end('silence'), SILENCE_MS);
    socket.on('connect', () => end('connected')).on('error', ({ code }) => end(code));
  });
}
