// The kernel's trace messages, as literal attributes: what becomes of them, what is made once, and that nothing lies in the receive buffer.
import t from 'tap';
import { type AttributeList, makeAttributes, type MessageBody } from '../../../src/kernel/netlink/message.js';
import { NflogDecoder } from '../../../src/kernel/trace/nflog.js';
import { NftTraceDecoder } from '../../../src/kernel/trace/nft.js';

const BEFORE = 32;

/** A message somewhere in a receive buffer that holds more. */
function receive(attributes: AttributeList, family = 2): MessageBody {
  const bytes = Buffer.concat([Buffer.alloc(BEFORE, 0xee), makeAttributes(attributes), Buffer.alloc(64, 0xee)]);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  return { bytes, view, start: BEFORE, end: bytes.length - 64, type: 0, family };
}

const text = (value: string) => Buffer.from(`${value}\0`);
const number = (value: number) => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};
const handle = (value: bigint) => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
};
const verdict = (code: number, chain?: string) =>
  makeAttributes([[1, number(code)], ...(chain ? ([[2, text(chain)]] as AttributeList) : [])]);

t.test('nft: a rule with headers, which are a copy', async (t) => {
  const [network, transport] = [Buffer.alloc(20, 0x45), Buffer.alloc(20, 7)];
  const body = receive([
    [1, text('filter')],
    [2, text('INPUT')],
    [3, handle(12n)],
    [4, number(3)],
    [0x8000 | 5, verdict(-3, 'web')],
    [6, number(-2)],
    [8, network],
    [9, transport],
    [10, number(3)],
    [12, number(4)],
    [14, number(0x5f)],
    [15, number(10)],
    [77, text('what a later kernel says')],
  ]);
  const event = new NftTraceDecoder().decode(body);
  body.bytes.fill(0xff);
  t.strictSame(event, {
    family: 'ipv6',
    space: 'ip',
    table: 'filter',
    chain: 'INPUT',
    type: 'rule',
    rule: { handle: '12' },
    verdict: 'jump',
    to: 'web',
    id: -2,
    hook: null,
    inIndex: 3,
    outIndex: 4,
    mark: 0x5f,
    headers: { network, transport },
  });
});

t.test('nft: verdicts, policies, and what is not said', async (t) => {
  const decoder = new NftTraceDecoder();
  const decode = (...attributes: AttributeList) => decoder.decode(receive(attributes));
  t.strictSame(
    [2, 10, 3, 5, 7].map((family) => decode([15, number(family)])?.family ?? null),
    ['ipv4', 'ipv6', null, null, null],
    'of arp, netdev and bridge there is no event',
  );
  // 0x8003: NFQUEUE number 0, with --queue-bypass
  const codes = [0, 1, -1, -2, -3, -4, -5, 99, 3, 0x8003];
  t.strictSame(
    codes.map((code) => decode([5, verdict(code)])?.verdict),
    ['drop', 'accept', 'continue', 'break', 'jump', 'goto', 'return', 'continue', 'queue', 'queue'],
  );
  t.match(decode([4, number(1)], [16, number(0)]), { type: 'policy', verdict: 'drop', rule: null, headers: null });
  t.match(decode([4, number(1)], [5, verdict(-1)], [16, number(1)]), { type: 'policy', verdict: 'accept' });
  t.match(decode([4, number(2)]), {
    family: 'ipv4',
    space: 'ip',
    table: '',
    chain: '',
    type: 'return',
    verdict: 'continue',
    id: 0,
    inIndex: 0,
    mark: 0,
  });
  t.match(decode([8, Buffer.alloc(20)]), { headers: { network: { length: 20 }, transport: { length: 0 } } });
});

t.test('names and handles are made once, and are told apart', async (t) => {
  const decoder = new NftTraceDecoder();
  const decode = (chain: string, rule: bigint) => decoder.decode(receive([[2, text(chain)], [3, handle(rule)]])); // prettier-ignore
  t.equal(decode('INPUT', 5n)?.rule, decode('OUTPUT', 5n)?.rule, 'one object');
  t.strictSame(decode('INPUT', 0x1_0000_0005n)?.rule, { handle: '4294967301' });
  // Of these two the sums by which they are kept are the same.
  t.equal(decode('Aa', 1n)?.chain, 'Aa');
  t.equal(decode('BB', 1n)?.chain, 'BB');
  t.equal(decode('Aa', 1n)?.chain, 'Aa');
  t.equal(decode('größer', 1n)?.chain, 'größer');
  t.equal(decode('', 1n)?.chain, '');
});

t.test('legacy: the prefix says what was met; what others log is left alone', async (t) => {
  const decoder = new NflogDecoder();
  const packet = Buffer.concat([Buffer.from([0x45]), Buffer.alloc(19), Buffer.alloc(20, 9)]);
  const decode = (prefix: string, hook: number, family = 2) =>
    decoder.decode(receive([[1, Buffer.from([8, 0, hook, 0])], [2, number(7)], [4, number(3)], [5, number(4)], [10, text(prefix)], [9, packet]], family)); // prettier-ignore
  t.strictSame(decode('TRACE: filter:INPUT:rule:3 ', 1), {
    family: 'ipv4',
    space: 'legacy',
    table: 'filter',
    chain: 'INPUT',
    type: 'rule',
    rule: { place: 2 },
    verdict: null,
    to: null,
    id: null,
    hook: 'input',
    inIndex: 3,
    outIndex: 4,
    mark: 7,
    headers: { network: packet.subarray(0, 20), transport: packet.subarray(20) },
  });
  t.match(decode('TRACE: raw:a:b:policy:1 ', 3, 10), { family: 'ipv6', space: 'legacy', chain: 'a:b', type: 'policy', hook: 'output' });
  t.equal(decode('TRACE: filter:INPUT:rule:3 ', 1)?.rule, decode('TRACE: filter:INPUT:rule:3 ', 3)?.rule, 'one object');
  t.equal(decode('mine: ', 1), null);
  t.equal(decode('TRACE: filter:INPUT:rule:3 ', 9), null);
});
