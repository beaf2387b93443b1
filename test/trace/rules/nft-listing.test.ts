// What nft lists, as it lists it (nftables 1.0.6): rules with their handles, whatever their strings and sets hold.
import t from 'tap';
import { parseNftListing } from '../../../src/trace/rules/nft-listing.js';

const LISTING = `table inet fw { # handle 1
	comment "hello {"
	counter named { # handle 5
		comment "c"
		packets 3 bytes 180
	}

	quota q { # handle 6
		over 25 mbytes used 60 bytes
	}

	set bad { # handle 8
		type ipv4_addr
		flags interval
		elements = { 10.0.0.0/8, 127.0.0.66,
			     127.0.0.67 }
	}

	set dyn { # handle 9
		type ipv4_addr
		size 65535
		flags dynamic,timeout
		timeout 1m
		elements = { 127.0.0.1 timeout 1m expires 59s, 127.0.0.2 timeout 1m
			     expires 58s }
	}

	chain my_input { # handle 1
		comment "line1
line2 # handle 7
}"
		type filter hook input priority -5; policy drop;
		ct state established,related counter packets 7 bytes 420 accept comment "est # handle 9" # handle 11
		tcp dport { 22, 1000-2000 } counter name "named" accept # handle 15
		ip saddr @bad log prefix "counter packets 1 bytes 2 reject" drop # handle 16
		counter packets 2 bytes 120 tcp dport 90 reject with tcp reset # handle 21
		ip saddr 127.0.0.5 accept comment "a { b
c # handle 99" # handle 22
	}

	chain other { # handle 2
		counter packets 1 bytes 60 log prefix "x" level info reject with icmp host-unreachable # handle 24
	}

	chain natted { # handle 3
		type nat hook output priority -100; policy accept;
		tcp dport 95 counter packets 4 bytes 240 dnat ip to 127.0.0.2:80 persistent comment "to-80" # handle 27
		tcp dport 96 counter packets 4 bytes 240 dnat ip to tcp dport map { 96 : 127.0.0.2 } # handle 28
	}
}
table inet loopfw_trace { # handle 2
	chain output { # handle 1
		type filter hook output priority -2147483648; policy accept;
		meta nftrace set 1 # handle 2
	}
}
`;

const { chains, lasting } = parseNftListing(LISTING, 'loopfw_trace');
const rules = chains.flatMap((chain) => chain.rules);

t.test('chains with what they hang on', async (t) => {
  t.strictSame(
    chains.map(({ family, table, name, base }) => [family, table, name, base]),
    [
      ['inet', 'fw', 'my_input', { type: 'filter', hook: 'input', priority: -5, policy: 'drop' }],
      ['inet', 'fw', 'other', null],
      ['inet', 'fw', 'natted', { type: 'nat', hook: 'output', priority: -100, policy: 'accept' }],
      ['inet', 'loopfw_trace', 'output', { type: 'filter', hook: 'output', priority: -2147483648, policy: 'accept' }],
    ],
  );
});

t.test("rules count through all chains but loopfw's own", async (t) => {
  t.strictSame(
    rules.map(({ index, handle, text }) => [index, handle, text]),
    [
      [0, '11', 'ct state established,related counter accept comment "est # handle 9"'],
      [1, '15', 'tcp dport { 22, 1000-2000 } counter name "named" accept'],
      [2, '16', 'ip saddr @bad log prefix "counter packets 1 bytes 2 reject" drop'],
      [3, '21', 'counter tcp dport 90 reject with tcp reset'],
      [4, '22', 'ip saddr 127.0.0.5 accept comment "a { b\nc # handle 99"'],
      [5, '24', 'counter log prefix "x" level info reject with icmp host-unreachable'],
      [6, '27', 'tcp dport 95 counter dnat ip to 127.0.0.2:80 persistent comment "to-80"'],
      [7, '28', 'tcp dport 96 counter dnat ip to tcp dport map { 96 : 127.0.0.2 }'],
      [null, '2', 'meta nftrace set 1'],
    ],
  );
});

t.test('what a rule is besides its text', async (t) => {
  t.strictSame(
    rules.filter(({ rejects }) => rejects).map(({ index }) => index),
    [3, 5],
  );
  t.strictSame(
    rules.map(({ comment }) => comment),
    ['est # handle 9', null, null, null, 'a { b\nc # handle 99', null, 'to-80', null, null],
  );
});

t.test('a counter is exact where no condition follows it', async (t) => {
  t.strictSame(
    rules.map(({ counter }) => counter && [counter.packets, counter.bytes, counter.isLast]),
    [[7, 420, true], null, null, [2, 120, false], null, [1, 60, true], [4, 240, true], [4, 240, false], null],
  );
});

t.test('what packets change is not lasting; all else is', async (t) => {
  const change = (from: string | RegExp, to: string) => parseNftListing(LISTING.replace(from, to), 'loopfw_trace').lasting;
  t.equal(change('packets 7 bytes 420', 'packets 8 bytes 480'), lasting);
  t.equal(change('packets 3 bytes 180', 'packets 4 bytes 240'), lasting);
  t.equal(change('used 60 bytes', 'used 2 kbytes'), lasting);
  t.equal(change(/elements = \{ 127\.0\.0\.1 [^}]*\}/, 'elements = { 127.0.0.9 timeout 1m expires 3s }'), lasting);
  t.equal(change(/\n\t\telements = \{ 127\.0\.0\.1 [^}]*\}/, ''), lasting);
  t.not(change('10.0.0.0/8', '10.0.0.0/9'), lasting);
  t.not(change('policy drop', 'policy accept'), lasting);
  t.not(change('"counter packets 1 bytes 2 reject"', '"counter packets 2 bytes 2 reject"'), lasting);
  t.not(change(/\n.*# handle 16/, ''), lasting);
});

t.test('nothing', async (t) => t.strictSame(parseNftListing('', 'loopfw_trace'), { chains: [], unseenRules: 0, lasting: '' }));
