// A port, or an echo's identifier, is one probe's alone, and never the one that it asks.
import t from 'tap';
import { PortAllocator } from '../../../src/inside/session/ports.js';

const SERVER = {
  name: 'web',
  protocol: 'tcp',
  address: '127.0.0.2',
  via: null,
  banner: null,
  isTransparent: false,
  command: null,
} as const;
const tcp = (from: string, address: string, port: number, clientPort: number | null = null) => ({
  protocol: 'tcp' as const,
  from,
  clientPort,
  to: { address, port },
});
const echo = (from: string) => ({ ...tcp(from, '127.0.0.1', 0), protocol: 'icmp' as const });

t.test('ports are counted by address, and leave out those of servers and of other clients', async (t) => {
  const ports = new PortAllocator([{ ...SERVER, port: 32768, lastPort: 32769 }]);
  const own = tcp('127.0.0.5', '127.0.0.2', 80, 32770);
  ports.reserve([own]);
  t.equal(ports.take(own), 32770);
  t.equal(ports.take(tcp('127.0.0.1', '127.0.0.2', 80)), 32771);
  t.equal(ports.take(tcp('127.0.0.1', '127.0.0.2', 80)), 32772);
  t.equal(ports.take(tcp('127.0.0.3', '127.0.0.2', 80)), 32771);
});

t.test('echoes have identifiers of the world, not of an address', async (t) => {
  const ports = new PortAllocator([]);
  t.strictSame(
    ['127.0.0.1', '127.0.0.3', '127.0.0.1'].map((from) => ports.take(echo(from))),
    [1, 2, 3],
  );
  for (let count = 3; count < 0xffff; count++) {
    ports.take(echo('127.0.0.1'));
  }
  t.throws(() => ports.take(echo('127.0.0.1')), {
    message: /no identifier is left for another echo: one is used once, and there are 65535/,
  });
});

t.test('nobody asks from a port that somebody asks at that address, as long as there are others', async (t) => {
  const ports = new PortAllocator([]);
  const scan = Array.from({ length: 60_998 - 32_768 }, (_, place) => tcp('127.0.0.1', '127.0.0.1', 32_768 + place));
  ports.reserve(scan);
  const free = [1, 2].map(() => ports.take(tcp('127.0.0.1', '127.0.0.1', 32_768)));
  t.strictSame(free, [60_998, 60_999], 'the only ones that nobody asks');
  t.equal(ports.take(tcp('127.0.0.3', '127.0.0.1', 32_768)), 32_768, 'at another address it is nobody');
  const taken = scan.map((probe) => [ports.take(probe), probe.to.port] as const);
  t.equal(new Set(taken.map(([port]) => port)).size, scan.length, 'each once');
  t.ok(taken.every(([port, target]) => port !== target));
  t.throws(() => ports.take(tcp('127.0.0.1', '127.0.0.2', 80)), { message: /client address 127\.0\.0\.1 has no port left/ });
});
