// Connects that many times to a server of its own on port 7000, one after the other. `node many.js COUNT wait`: a further connection is open
// until it is reset, for 10 s at most.
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

const LIMIT_MS = 10_000;

const [, , count, then] = process.argv;
const server = createServer((socket) => socket.on('error', () => {}));
server.listen(7000, '127.0.0.1');
await once(server, 'listening');
for (let place = 0; place < Number(count); place++) {
  const socket = connect(7000, '127.0.0.1');
  await once(socket, 'connect');
  socket.destroy();
}
if (then === 'wait') {
  setTimeout(() => process.exit(1), LIMIT_MS);
  const [error] = await once(connect(7000, '127.0.0.1'), 'error').catch((error) => [error]);
  process.exit(error.code === 'ECONNRESET' ? 0 : 1);
}
process.exit(0);
