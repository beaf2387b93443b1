// A program under faults: `node under-faults.mjs JSON`. It has a server at every peer that is not "served" already, and prints what its clients saw as JSON.
// Each peer: { host, port, bytes: what the server answers, ask: 'connect' | 'blocking' | 'request' | 'udp' | 'keep', times, limitMs }
// keep: a connection that is there before the faults begin. It waits, then sends, and then a new one is made.
import { spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { connect, createServer } from 'node:net';
import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const peers = JSON.parse(process.argv[2]);
const NAMES = new Map(Object.entries(constants.errno).map(([name, number]) => [number, name]));
/** A blocking connect(2), which Node.js does not have. */
const BLOCKING = `
  use Socket qw(:all); use Time::HiRes 'time';
  my ($host, $port) = @ARGV; my $six = $host =~ /:/;
  socket(my $s, $six ? AF_INET6 : AF_INET, SOCK_STREAM, 0) or die;
  my $to = $six ? pack_sockaddr_in6($port, inet_pton(AF_INET6, $host)) : pack_sockaddr_in($port, inet_aton($host));
  my $start = time; my $ok = connect($s, $to); my $errno = $ok ? 0 : $! + 0; print $errno, " ", (time - $start) * 1000;`;

const seen = [];
for (const peer of peers) {
  peer.requests = 0;
  peer.server = peer.served === true ? null : await listen(peer);
}
for (const peer of peers.filter(({ ask }) => ask === 'keep')) {
  peer.kept = await open(peer);
}
for (const peer of peers) {
  for (let count = 0; count < (peer.times ?? 1); count++) {
    const saw = peer.ask === 'keep' ? await watch(peer) : await { connect: request, request, blocking, udp }[peer.ask](peer);
    seen.push({ ...saw, requests: peer.requests });
  }
}
console.log(JSON.stringify(seen));
process.exit(0);

function listen(peer) {
  if (peer.ask === 'udp') {
    const server = createSocket(peer.host.includes(':') ? 'udp6' : 'udp4');
    server.on('message', (_, { address, port }) => {
      peer.requests++;
      server.send('x', port, address);
    });
    return new Promise((resolve) => server.bind(peer.port, peer.host, () => resolve(server)));
  }
  const server = createServer((socket) => {
    socket
      .on('error', () => {})
      .on('data', () => {
        peer.requests++;
        socket.write('x'.repeat(peer.bytes ?? 1));
      });
  });
  return new Promise((resolve) => server.listen(peer.port, peer.host, () => resolve(server)));
}

/** What a client saw: connected, an answer, an errno, or silence. */
function request({ host, port, ask, bytes = 1, limitMs = 5000 }) {
  return new Promise((resolve) => {
    const start = performance.now();
    let [connected, received] = [false, 0];
    const socket = connect(port, host);
    const end = (saw) => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ saw, connected, received, ms: performance.now() - start });
    };
    const timer = setTimeout(() => end('silence'), limitMs);
    socket.on('error', ({ code }) => end(code));
    socket.on('close', () => end('closed'));
    socket.on('connect', () => {
      connected = true;
      return ask === 'connect' ? end('connected') : socket.write('request');
    });
    socket.on('data', (data) => {
      received += data.length;
      if (received >= bytes) {
        end('answer');
      }
    });
  });
}

function blocking({ host, port }) {
  const { stdout } = spawnSync('perl', ['-e', BLOCKING, host, `${port}`], { encoding: 'utf8' });
  const [errno, ms] = stdout.split(' ').map(Number);
  return { saw: errno === 0 ? 'connected' : NAMES.get(errno), ms };
}

function udp({ host, port, limitMs = 5000 }) {
  return new Promise((resolve) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    const end = (saw) => {
      clearTimeout(timer);
      socket.close();
      resolve({ saw });
    };
    const timer = setTimeout(() => end('silence'), limitMs);
    socket.on('error', ({ code }) => end(code)).on('message', () => end('answer'));
    socket.connect(port, host, () => socket.send('request'));
  });
}

/** A connection that has had an answer. */
function open({ host, port }) {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => socket.write('request'));
    const kept = { socket, answers: 0, error: null };
    socket
      .on('error', ({ code }) => (kept.error = code))
      .on('data', () => {
        kept.answers++;
        resolve(kept);
      });
  });
}

/** What a connection saw while it waited, after it sent something, and what a new connection saw. */
async function watch({ waitMs, kept, ...peer }) {
  await sleep(Math.max(0, waitMs - performance.now()));
  const idle = kept.error ?? 'silence';
  kept.socket.write('more');
  await sleep(300);
  const used = kept.error ?? (kept.answers > 1 ? 'answer' : 'silence');
  const { saw } = await request({ ...peer, ask: 'request', limitMs: 300 });
  return { idle, used, saw };
}
