// Plain servers for a witness: each answers "hello". The argument is a list of { protocol, address, port } as JSON.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

for (const { protocol, address, port } of JSON.parse(process.argv[2])) {
  if (protocol === 'tcp') {
    const server = createServer((socket) => socket.on('error', () => {}).write('hello')).listen(port, address);
    await once(server, 'listening');
  } else {
    const socket = createSocket('udp4');
    socket.on('message', (_, { port: from, address: to }) => socket.send('hello', from, to, () => {}));
    socket.bind(port, address);
    await once(socket, 'listening');
  }
}
process.stdout.write('ready\n');
