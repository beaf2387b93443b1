// A program that changes faults by $LOOPFW_CONTROL, each change followed at once by a request: `node changing-faults.mjs CHANGES`.
// It prints as JSON how many requests it made, and what those saw that saw something else than the fault that was in force, or none.
import { createServer } from 'node:http';
import { connect as open } from 'node:net';
import { connect } from '../../dist/control.js';

const changes = Number(process.argv[2]);
/** Silence cannot be waited for: an answer would come in less than that. */
const SILENCE_MS = 60;
const LIMIT_MS = 10_000;
/** What a client sees over IPv4, and over IPv6. */
const KINDS = Object.entries({
  refused: ['ECONNREFUSED', 'ECONNREFUSED'],
  dropped: ['silence', 'silence'],
  'host-unreachable': ['EHOSTUNREACH', 'EHOSTUNREACH'],
  'answer-eaten': ['silence', 'silence'],
  'admin-prohibited': ['EHOSTUNREACH', 'EACCES'],
  'net-unreachable': ['ENETUNREACH', 'ENETUNREACH'],
  'reply-lost': ['silence', 'silence'],
});
const HOSTS = ['127.0.0.2', '::1', '127.0.0.3', '10.255.255.1'];
const FIRST_PORT = 8001;

for (const place of HOSTS.keys()) {
  const server = createServer((_, response) => response.end('x'));
  await new Promise((resolve) => server.listen(FIRST_PORT + place, '::', resolve));
}
const world = connect();
/** The world has this address by a fault alone, and keeps it. */
await world.fault('refused=10.255.255.1:1');

const wrong = [];
let requests = 0;
for (let turn = 0; turn < changes / 2; turn++) {
  const [kind, seen] = KINDS[turn % KINDS.length];
  const place = Math.floor(turn / 2) % HOSTS.length;
  const [host, port] = [HOSTS[place], FIRST_PORT + place];
  const expected = seen[host.includes(':') ? 1 : 0];
  const text = `${kind}=${host.includes(':') ? `[${host}]` : host}:${port}`;
  const fault = await world.fault(text);
  await check(text, host, port, expected);
  await fault.heal();
  await check(`healed: ${text}`, host, port, 'answer');
}
console.log(JSON.stringify({ requests, wrong }));
process.exit();

async function check(change, host, port, expected) {
  const saw = await request(host, port, expected === 'silence' ? SILENCE_MS : LIMIT_MS);
  requests++;
  if (saw !== expected) {
    wrong.push({ change, expected, saw });
  }
}

function request(host, port, limitMs) {
  return new Promise((resolve) => {
    const socket = open(port, host, () => socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n'));
    const end = (saw) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(saw);
    };
    const timer = setTimeout(() => end('silence'), limitMs);
    socket.on('error', ({ code }) => end(code)).on('data', () => end('answer'));
  });
}
