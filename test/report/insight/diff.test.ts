// The reports of loopfw diff, from a document. Texts of rules are from files, so they may be anything.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import t from 'tap';
import type { Change, ComparedPacket, Diff } from '../../../src/model/insight/diff.js';
import type { DecidingRule } from '../../../src/model/result.js';
import { DIFF_REPORTERS } from '../../../src/report/insight/reporters.js';

const PACKET: ComparedPacket = {
  ...{ protocol: 'tcp', from: '203.0.113.9', inInterface: 'eth0', clientPort: null },
  ...{ to: '192.0.2.1', port: 22, outInterface: null, listens: true },
};
const POLICY: DecidingRule = {
  ...{ index: null, name: null, table: 'filter', chain: 'INPUT', text: '-P INPUT DROP', isPolicy: true, file: null, line: null },
};
const RULE: DecidingRule = { ...POLICY, index: 3, text: '-A INPUT -p tcp --dport 22 -j ACCEPT', isPolicy: false, file: 'new.v4', line: 8 };
const DROPPED: Change['before'] = { outcome: 'timeout', cause: 'dropped', icmp: null, rewrittenTo: null, rule: POLICY };
const CONNECTED: Change['before'] = { ...DROPPED, outcome: 'connected', cause: 'service', rule: RULE };
const GAINED: Change = { class: 'access-gained', packet: PACKET, packetAfter: null, before: DROPPED, after: CONNECTED, packets: 4 };
const LOST: Change = { ...GAINED, class: 'access-lost', packet: { ...PACKET, port: 25 }, before: CONNECTED, after: DROPPED, packets: 1 };
const DIFF: Diff = {
  ...{ version: 1, compares: 'rule-sets', scenario: null, before: ['rules.v4'], after: ['new.v4'], changes: [GAINED, LOST] },
  ...{ kinds: 9, proved: 9, packets: 100, ofPackets: null, disagreements: [], durationMs: 1200 },
  notCompared: { unknown: [], history: { before: [], after: [] } },
  lost: [{ file: 'new.v4', line: 12, text: '-A INPUT -m recent --set' }],
};
const CLOSED: Change = {
  ...GAINED,
  packet: { ...PACKET, listens: false, clientPort: 40_000 },
  after: { ...CONNECTED, outcome: 'refused', cause: 'no-listener' },
};

t.test('annotations at the rules that decide now', (t) => {
  t.equal(
    DIFF_REPORTERS.github({ ...DIFF, changes: [...DIFF.changes, CLOSED] }, { color: false }),
    [
      '::warning file=new.v4,line=8,col=1,title=access gained%3A 203.0.113.9 eth0 → 192.0.2.1%3A22/tcp::before: dropped by the policy of INPUT%0A  -P INPUT DROP%0Aafter: connected by new.v4:8%0A  -A INPUT -p tcp --dport 22 -j ACCEPT',
      '::notice file=new.v4,title=access lost%3A 203.0.113.9 eth0 → 192.0.2.1%3A25/tcp::before: connected by new.v4:8%0A  -A INPUT -p tcp --dport 22 -j ACCEPT%0Aafter: dropped by the policy of INPUT%0A  -P INPUT DROP',
      '::notice file=new.v4,line=12,col=1,title=lost in translation?::This rule stands as a comment: -A INPUT -m recent --set',
      '',
    ].join('\n'),
    'a closed port that changes as the open one does has no annotation of its own',
  );
  const pipeline = { kind: 'github', folder: '/builds/repository/fw', repository: '/builds/repository' } as const;
  t.match(DIFF_REPORTERS.github(DIFF, { color: false, pipeline }), /^::warning file=fw\/new\.v4,line=8,/);
  t.equal(DIFF_REPORTERS.github({ ...DIFF, changes: [], lost: [] }, { color: false }), '');
  t.end();
});

t.test('a table that is too wide has a line for each cell', (t) => {
  const changes = [GAINED, { ...CLOSED, packet: { ...CLOSED.packet, from: '203.0.113.80' } }];
  const unknown = [{ why: 'owner --uid-owner', packets: 28 }];
  const diff = { ...DIFF, changes, notCompared: { unknown, history: { before: [], after: [] } } };
  t.equal(
    DIFF_REPORTERS.human(diff, { color: false, columns: 60 }),
    `access gained
  from    203.0.113.9 eth0
  to      192.0.2.1:22/tcp
  before  dropped by the policy of INPUT
  after   connected by new.v4:8
    new.v4:8  -A INPUT -p tcp --dport 22 -j ACCEPT
    4 compared packets of this kind

2 of 9 kinds of packets changed (100 packets compared, 9
  proved on the kernel, 1.2 s)
not shown: 1 kind of closed ports, which changes as the
  open ones do
not compared: rates, time, packets after the first,
  protocols other than TCP, UDP and ping
not compared, except one of each kind: 28 packets that
  depend on owner --uid-owner
lost in translation? new.v4:12 stands as a comment:
  -A INPUT -m recent --set
`,
  );
  t.match(DIFF_REPORTERS.human(diff, { color: false, columns: 120 }), /^ {2}from {14}to {16}before {26}after$/m);
  t.end();
});

t.test('a page without a script, access gained first', (t) => {
  const page = DIFF_REPORTERS.html(DIFF, { color: false });
  const [, policy = ''] = /http-equiv="Content-Security-Policy" content="([^"]*)"/i.exec(page) ?? [];
  const [, style = ''] = /<style>([\s\S]*?)<\/style>/.exec(page) ?? [];
  t.equal(
    policy,
    `default-src 'none'; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'`,
  );
  t.match(style, /prefers-color-scheme:\s?dark/);
  t.match(style, /max-width:\s?45rem/);
  t.notMatch(page, /<script| (on\w+|style|src)=/i);
  t.match(page, /<h1>2 differences, seen on the kernel<\/h1>[\s\S]*access gained[\s\S]*192\.0\.2\.1:22\/tcp[\s\S]*access lost/);
  t.match(page, '<code>-A INPUT -p tcp --dport 22 -j ACCEPT</code>');
  t.match(page, 'lost in translation? new.v4:12 stands as a comment');
  t.match(DIFF_REPORTERS.html({ ...DIFF, changes: [] }, { color: false }), '<h1>no packet is treated otherwise</h1>');
  t.end();
});

t.test('the words for families', (t) => {
  const packetAfter = { ...PACKET, from: '2001:db8:9::9', to: '2001:db8::1' };
  const families: Diff = { ...DIFF, compares: 'families', changes: [{ ...GAINED, packetAfter }] };
  for (const name of ['human', 'markdown', 'github', 'html'] as const) {
    const text = DIFF_REPORTERS[name](families, { color: false }).replaceAll('%3A', ':').replaceAll('%2C', ',').replaceAll('\\', '');
    t.match(text, 'open for IPv6, not for IPv4', name);
    t.match(text, '203.0.113.9 eth0 · 2001:db8:9::9 eth0', name);
  }
  t.end();
});

t.test('a hostile text is nothing but a text', (t) => {
  const text = '</td><script>alert(1)</script>\n::error::x\u001b[31m\u202e';
  const rule = { ...RULE, text, file: text };
  const diff = { ...DIFF, before: [text], changes: [{ ...GAINED, after: { ...CONNECTED, rule } }] };
  for (const name of ['human', 'markdown', 'github', 'html'] as const) {
    const report = DIFF_REPORTERS[name](diff, { color: false });
    t.notMatch(report, /[\u001b\u202e]|^::error/m, name);
  }
  t.notMatch(DIFF_REPORTERS.html(diff, { color: false }), '<script');
  t.notMatch(DIFF_REPORTERS.markdown(diff, { color: false }), '<script');
  t.end();
});

t.test('what a rule and its words are, is the same in schema/diff.json and schema/result.json', (t) => {
  const read = (name: string) =>
    (JSON.parse(readFileSync(new URL(`../../../schema/${name}.json`, import.meta.url), 'utf8')) as { definitions: Record<string, object> })
      .definitions;
  const [diff, result] = [read('diff'), read('result')];
  for (const name of ['outcome', 'cause', 'icmp', 'decidingRule']) {
    t.strictSame(diff[name], result[name], name);
  }
  t.end();
});
