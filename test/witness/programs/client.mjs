// A plain client for a witness. It prints what it saw: connected, or the name of the error, or timeout.
// Arguments: protocol, own address, own port, address, port, time limit in ms.
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

const [protocol, from, ownPort, to, port, limit] = process.argv.slice(2);
const say = (word) => {
  process.stdout.write(`${word}\n`, () => process.exit());
};
setTimeout(() => say('timeout'), Number(limit));
if (protocol === 'tcp') {
  const socket = connect({ localAddress: from, localPort: Number(ownPort), host: to, port: Number(port) });
  socket.on('connect', () => {
    socket.resetAndDestroy();
    say('connected');
  });
  socket.on('error', ({ code }) => say(code));
} else {
  const socket = createSocket('udp4');
  socket.on('message', () => say('connected'));
  socket.on('error', ({ code }) => say(code));
  socket.bind(Number(ownPort), from, () => {
    socket.connect(Number(port), to, (error) =>
      error ? say(error.code) : socket.send('hello', (failure) => failure && say(failure.code)),
    );
  });
}
