// Connects to addresses and ports, and says what it saw: the target of a fault is also the address of this client.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

const SILENCE_MS = 400;
/** A port that the kernel gives to clients, too. */
const HIGH_PORT = 40_000;

for (const [host, port] of [
  ['127.0.0.1', 8000],
  ['127.0.0.1', HIGH_PORT],
  ['127.0.0.2', 8000],
]) {
  const server = createServer((socket) => socket.on('error', () => {}).pipe(socket)).listen(port, host);
  await once(server, 'listening');
}
for (const host of ['127.0.0.1', '127.0.0.2']) {
  const socket = createSocket('udp4').on('message', (data, { port, address }) => socket.send(data, port, address));
  socket.bind(53, host);
  await once(socket, 'listening');
}

const silent = () => sleep(SILENCE_MS).then(() => 'silence');
const failed = (socket) => new Promise((resolve) => socket.on('error', ({ code }) => resolve(code)));

async function echo(socket, error = failed(socket)) {
  socket.write('x');
  return Promise.race([once(socket, 'data').then(() => 'answer'), error, silent()]);
}

async function ask(host, port) {
  const socket = connect(port, host);
  const saw = await Promise.race([
    once(socket, 'connect').then(
      () => echo(socket),
      () => failed(socket),
    ),
    failed(socket),
    silent(),
  ]);
  socket.destroy();
  return saw;
}

async function askUdp(host) {
  const socket = createSocket('udp4');
  socket.connect(53, host);
  await once(socket, 'connect');
  const error = failed(socket);
  socket.send('x');
  return Promise.race([once(socket, 'message').then(() => 'answer'), error, silent()]);
}

const pooled = [];
for (const host of ['127.0.0.1', '127.0.0.2']) {
  const socket = connect(8000, host);
  await once(socket, 'connect');
  pooled.push([socket, failed(socket)]);
}
const { connect: control } = await import(process.argv[2]);
await control().fault(process.argv[3]);
const saw = process.argv[3].includes('udp')
  ? { target: await askUdp('127.0.0.1'), other: await askUdp('127.0.0.2') }
  : {
      target: await ask('127.0.0.1', 8000),
      high: await ask('127.0.0.1', HIGH_PORT),
      other: await ask('127.0.0.2', 8000),
      pooled: await Promise.all(pooled.map((each) => echo(...each))),
    };
console.log(JSON.stringify(saw));
process.exit();
