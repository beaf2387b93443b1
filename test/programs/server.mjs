// A server as a scenario may bring one: `node server.mjs tcp|udp|http ADDRESS PORT [HOW…]`. By http it says what it is and may do.
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import { createServer } from 'node:net';

const [protocol, address, port, ...how] = process.argv.slice(2);
let clients = 0;

console.error('starting');
if (how.includes('stubborn')) {
  process.on('SIGTERM', () => console.error('no'));
}

/** mortal: the third client is the end of it. */
function count() {
  clients += 1;
  if (how.includes('mortal') && clients === 3) {
    console.log('three are too many');
    process.exit(7);
  }
}

function describe() {
  const status = readFileSync('/proc/self/status', 'utf8');
  const fields = Object.fromEntries(
    [...status.matchAll(/^(Uid|Cap\w+|NoNewPrivs|Groups):\s*(.*?)\s*$/gm)].map(([, name, value]) => [name, value]),
  );
  return JSON.stringify({ ...fields, folder: process.cwd(), environment: Object.keys(process.env).sort() });
}

/** slow: a third of a second later. */
function echo(socket) {
  setTimeout(() => socket.pipe(socket), how.includes('slow') ? 333 : 0);
}

const STARTS = {
  tcp: (ready) => createServer((socket) => (count(), socket.on('error', () => {}), echo(socket))).listen(Number(port), address, ready),
  http: (ready) => createHttpServer((_, response) => response.end(describe())).listen(Number(port), address, ready),
  udp: (ready) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    socket.on('message', (message, client) => socket.send(message, client.port, client.address));
    socket.bind(Number(port), address, ready);
  },
};
STARTS[protocol](() => console.log('at your service'));
