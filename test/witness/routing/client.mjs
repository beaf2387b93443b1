// A plain client. It prints what it saw: connected, the name of the error, or timeout.
// Arguments: protocol, own address, own port, address, port, time limit in ms.
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

const [protocol, from, ownPort, to, port, limit] = process.argv.slice(2);
const say = (word) => {
  process.stdout.write(`${word}\n`, () => process.exit());
};
const fail = (error) => error && say(error.code);
// What came in while the process had no processor is read first.
setTimeout(() => setImmediate(() => say('timeout')), Number(limit));
if (protocol === 'tcp') {
  const socket = connect({ localAddress: from, localPort: Number(ownPort), host: to, port: Number(port) });
  socket.on('connect', () => say('connected'));
  socket.on('error', fail);
} else {
  const socket = createSocket(from.includes(':') ? 'udp6' : 'udp4');
  socket.on('message', () => say('connected'));
  socket.on('error', fail);
  socket.bind(Number(ownPort), from, () => {
    socket.connect(Number(port), to, (error) => (error ? fail(error) : socket.send('hello', fail)));
  });
}
