// A fault as it is typed.
import t from 'tap';
import { assertMayStart, parseFault } from '../../../../src/run/world/faults/parse.js';

const BOTH = (address: { ipv4: string | null; ipv6: string | null }) => [
  { family: 'ipv4', address: address.ipv4 },
  { family: 'ipv6', address: address.ipv6 },
];

t.test('targets', async (t) => {
  const everywhere = BOTH({ ipv4: null, ipv6: null });
  const cases = {
    '127.0.0.2:5432': [[{ family: 'ipv4', address: '127.0.0.2' }], 'tcp', [5432, 5432]],
    'tcp://127.0.0.2:8000-8010': [[{ family: 'ipv4', address: '127.0.0.2' }], 'tcp', [8000, 8010]],
    '10.255.255.1': [[{ family: 'ipv4', address: '10.255.255.1' }], 'tcp', null],
    'udp://[2001:db8::1]:53': [[{ family: 'ipv6', address: '2001:db8::1' }], 'udp', [53, 53]],
    '[2001:db8::1]': [[{ family: 'ipv6', address: '2001:db8::1' }], 'tcp', null],
    '2001:db8::1': [[{ family: 'ipv6', address: '2001:db8::1' }], 'tcp', null],
    'localhost:80': [BOTH({ ipv4: '127.0.0.1', ipv6: '::1' }), 'tcp', [80, 80]],
    ':5432': [everywhere, 'tcp', [5432, 5432]],
    '0.0.0.0:5432': [everywhere, 'tcp', [5432, 5432]],
    '[::]:5432': [everywhere, 'tcp', [5432, 5432]],
  };
  for (const [text, [hosts, protocol, ports]] of Object.entries(cases)) {
    const { target } = parseFault(`dropped=${text}`);
    t.strictSame([target.hosts, target.protocol, target.ports && [target.ports.first, target.ports.last]], [hosts, protocol, ports], text);
  }
});

t.test('keys', async (t) => {
  t.match(parseFault('dropped=127.0.0.2:80'), {
    afterMs: 0,
    forMs: null,
    selection: { first: null, chance: null },
    keepsLive: false,
    bytes: null,
  });
  t.match(parseFault('refused=127.0.0.2:80,after=1.5s,for=200ms,first=3,chance=.3,keep-live'), {
    kind: 'refused',
    afterMs: 1500,
    forMs: 200,
    selection: { first: 3, chance: 0.3 },
    keepsLive: true,
  });
  t.equal(parseFault('closed-after=127.0.0.2:80,bytes=50000').bytes, 50_000);
});

t.test('what cannot be meant', async (t) => {
  const cases: [string, RegExp][] = [
    ['refsed=127.0.0.2:80', /unknown fault "refsed" \(did you mean "refused"\?\)/],
    ['', /unknown fault ""/],
    ['refused', /expected ADDRESS:PORT/],
    ['refused=:', /expected a port/],
    ['refused=127.0.0.2:0', /expected a port/],
    ['refused=example.org:80', /numeric/],
    ['refused=224.0.0.1:80', /unicast/],
    ['refused=sctp://127.0.0.2:80', /expected tcp:\/\/ or udp:\/\//],
    ['refused=127.0.0.2:80,afer=1s', /unknown key "afer" \(did you mean "after"\?\)/],
    ['refused=127.0.0.2:80,after=1s,after=2s', /after is there twice/],
    ['refused=127.0.0.2:80,after=1', /expected a time such as 500ms/],
    ['refused=127.0.0.2:80,for=0s', /expected a time/],
    ['refused=127.0.0.2:80,first=0', /a number from 1/],
    ['refused=127.0.0.2:80,first', /first needs a value/],
    ['refused=127.0.0.2:80,chance=1.5', /above 0, and 1 at most/],
    ['refused=127.0.0.2:80,keep-live=1', /keep-live has no value/],
    ['refused=127.0.0.2:80,bytes=5', /only closed-after has/],
    ['closed-after=127.0.0.2:80', /say how many bytes/],
    ['half-open=udp://127.0.0.2:80', /UDP has no half-open/],
    ['reply-lost=udp://127.0.0.2:80', /UDP has no reply-lost/],
    ['refused=udp://127.0.0.2:80,keep-live', /UDP has no connections/],
    ['proto-unreachable=[::1]:80', /IPv6 has no proto-unreachable: name an address of IPv4/],
    ['proto-unreachable=localhost:80', /IPv6 has no proto-unreachable/],
    ['half-open=127.0.0.2:80,keep-live', /keep-live would leave nothing/],
    ['half-open=127.0.0.2:80,after=1s,for=1s', /at one moment/],
  ];
  for (const [text, message] of cases) {
    t.throws(() => parseFault(text), { message }, text);
  }
});

t.test('a program that starts has no connections', async (t) => {
  assertMayStart(['half-open=127.0.0.2:80,after=1s', 'refused=127.0.0.2:80'].map(parseFault));
  t.throws(() => assertMayStart([parseFault('half-open=127.0.0.2:80')]), { message: /say when, as in half-open=127\.0\.0\.2:80,after=1s/ });
});
