// A server that says too much, or no HTTP: `node flood.mjs HOW ADDRESS PORT`.
import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';

const [how, address, port] = process.argv.slice(2);
const CHUNK = Buffer.alloc(1 << 16, 'flood ');

/** Without end, as fast as the client reads. */
function pour(socket) {
  while (socket.write(CHUNK)) {
    // the next one
  }
  socket.once('drain', () => pour(socket));
}

const ANSWERS = {
  tcp: pour,
  body: (socket) => (socket.write('HTTP/1.1 200 OK\r\n\r\n'), pour(socket)),
  header: (socket) => (socket.write('HTTP/1.1 200 OK\r\nX: '), pour(socket)),
  chunk: (socket) => socket.end('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nwell\r\nno size\r\n'),
  ssh: (socket) => socket.end('SSH-2.0-none\r\n'),
};

if (how === 'udp') {
  const socket = createSocket('udp4');
  // Not without end: each is traced, and the kernel keeps only so much of a trace.
  const send = (to, left) => left > 0 && socket.send(CHUNK.subarray(0, 1000), to.port, to.address, () => send(to, left - 1));
  socket.on('message', (_, client) => send(client, 3000));
  socket.bind(Number(port), address);
} else {
  createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => ANSWERS[how](socket));
  }).listen(Number(port), address);
}
