// A plain server on port 80 of all addresses, over TCP and UDP. It prints "ready".
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer } from 'node:net';

const listener = createServer((socket) => socket.on('error', () => {})).listen(80, '::');
const socket = createSocket('udp6').bind(80, '::');
socket.on('message', (text, { port, address }) => socket.send(text, port, address, () => {}));
await Promise.all([once(listener, 'listening'), once(socket, 'listening')]);
process.stdout.write('ready\n');
