// The agent of a witness in one network namespace: plain servers and plain clients. It reads commands as lines of JSON, and answers in lines.
// { id, serve: [{ protocol, address, port }] }; { id, ask: { protocol, from, ownPort, to, port } }; { stop: ID }, for a client that has no answer.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, isIPv6 } from 'node:net';
import { createInterface } from 'node:readline';
import { echo } from './echo.mjs';

const getKind = (address) => (isIPv6(address) ? 'udp6' : 'udp4');

/** A server of TCP says nothing: whatever it sent after the client's reset would meet the rules. */
const SERVERS = {
  tcp: async ({ address, port }) => {
    const server = createServer((socket) => socket.on('error', () => {}));
    await once(server.listen({ port, host: address, ipv6Only: true }), 'listening');
  },
  udp: async ({ address, port }) => {
    const socket = createSocket({ type: getKind(address), ipv6Only: isIPv6(address) });
    socket.on('message', (_, { port: from, address: to }) => socket.send('hello', from, to, () => {}));
    socket.bind(port, address);
    await once(socket, 'listening');
  },
};

/** Each client calls say() with what it saw: connected, or the name of the error. It returns how to close it. */
const CLIENTS = {
  tcp: ({ from, ownPort, to, port }, say) => {
    const socket = connect({ localAddress: from, localPort: ownPort, host: to, port });
    socket.on('connect', () => say('connected'));
    socket.on('error', ({ code }) => say(code));
    return () => (socket.connecting ? socket.destroy() : socket.resetAndDestroy());
  },
  udp: ({ from, ownPort, to, port }, say) => {
    const socket = createSocket(getKind(from));
    const fail = (error) => error && say(error.code);
    socket.on('message', () => say('connected'));
    socket.on('error', fail);
    socket.bind(ownPort, from, () => {
      socket.connect(port, to, (error) => (error ? fail(error) : socket.send('hello', fail)));
    });
    return () => socket.close();
  },
  icmp: ({ from, ownPort, to }, say) => echo({ from, identifier: ownPort, to }, say),
};

/** Clients without an answer, by the number of their question. */
const waiting = new Map();

async function ask(id, question) {
  let close = () => {};
  const said = await new Promise((resolve) => {
    waiting.set(id, resolve);
    close = CLIENTS[question.protocol](question, resolve);
  });
  waiting.delete(id);
  close();
  return said;
}

const answer = (id, said) => console.log(JSON.stringify({ id, said }));
for await (const line of createInterface({ input: process.stdin })) {
  const { id, serve, ask: question, stop } = JSON.parse(line);
  if (serve) {
    for (const server of serve) {
      await SERVERS[server.protocol](server);
    }
    answer(id, 'ready');
  } else if (question) {
    void ask(id, question).then((said) => answer(id, said));
  } else {
    waiting.get(stop)?.('timeout');
  }
}
process.exit();
