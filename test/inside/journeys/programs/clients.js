// Clients, one after the other: each argument is PROTOCOL,ADDRESS,PORT[,BYTES]. Each waits for an answer or an error, for 300 ms at most.
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';

const LIMIT_MS = 300;

for (const argument of process.argv.slice(2)) {
  const [protocol, address, port, bytes = '1'] = argument.split(',');
  await (protocol === 'udp' ? ask : talk)(address, Number(port), 'x'.repeat(Number(bytes)));
}

function talk(host, port, text) {
  return new Promise((resolve) => {
    const socket = connect({ host, port }, () => socket.write(text));
    socket.setTimeout(LIMIT_MS, () => socket.destroy());
    socket.on('data', () => socket.destroy());
    socket.on('error', () => {});
    socket.on('close', resolve);
  });
}

function ask(address, port, text) {
  return new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4');
    const timer = setTimeout(end, LIMIT_MS);
    function end() {
      clearTimeout(timer);
      socket.close(resolve);
    }
    socket.on('error', end);
    socket.on('message', end);
    socket.connect(port, address, () => socket.send(text));
  });
}
