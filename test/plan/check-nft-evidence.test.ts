// A native rule set: what nft lists at the end is held against what it listed at first, and its counters against the trace.
import t from 'tap';
import type { ClosingEvidence, TraceHits } from '../../src/model/evidence.js';
import type { NftListing } from '../../src/model/kernel/nft-listing.js';
import type { NftRuleSet } from '../../src/model/plan.js';
import { checkEvidence } from '../../src/plan/check-evidence.js';

const TEXT = `table inet fw {
  chain input {
    type filter hook input priority 0
    tcp dport 80   counter   accept comment "web" # here
    tcp dport {81,82} drop; tcp dport ssh reject
    counter packets 5 bytes 300 tcp dport 83 drop comment "twice"
    tcp dport 84 counter packets 5 bytes 300 drop comment "twice"
  }
}
add rule inet fw input tcp dport 85 accept comment "not a name"
`;
const RULE_SET: NftRuleSet = {
  kind: 'nft',
  backend: 'nft',
  file: 'x.nft',
  text: TEXT,
  sources: [{ start: 1, file: 'x.nft', line: 1 }],
  openEnds: [],
  judgesArp: false,
  hasRules: true,
  trace: { table: 'loopfw_trace', text: '' },
  isObserved: false,
};

const rule = (index: number, text: string, comment: string | null = null, packets: number | null = null, isLast = true) => ({
  ...{ index, file: 0, handle: String(10 + index), text, comment },
  rejects: false,
  counter: packets === null ? null : { packets, bytes: packets * 60, isLast },
});
const list = (counts: [number, number, number], lasting = 'the same'): NftListing => ({
  unseenRules: 0,
  chains: [
    {
      ...{ family: 'inet', table: 'fw', name: 'input' },
      base: { type: 'filter', hook: 'input', priority: 0, policy: 'accept' },
      rules: [
        rule(0, 'tcp dport 80 counter accept comment "web"', 'web', counts[0]),
        rule(1, 'tcp dport { 81, 82 } drop'),
        rule(2, 'tcp dport 22 reject'),
        rule(3, 'counter tcp dport 83 drop comment "twice"', 'twice', counts[1], false),
        rule(4, 'tcp dport 84 counter drop comment "twice"', 'twice', counts[2]),
        rule(5, 'tcp dport 85 accept comment "not a name"', 'not a name'),
      ],
    },
  ],
  lasting,
});
const hit = (place: number, packets: number, family: TraceHits['family'] = 'ipv4'): TraceHits => ({
  ...{ family, space: 'inet', table: 'fw', chain: 'input', place, packets },
  packetsBefore: packets,
});
const HITS = [hit(0, 2), hit(0, 1, 'ipv6'), hit(1, 4), hit(3, 1)];
const check = (evidence: Partial<ClosingEvidence> = {}) =>
  checkEvidence(RULE_SET, {
    ruleSet: { kind: 'nft', unseen: [0], applied: list([0, 5, 5]), found: list([3, 9, 5]) },
    hits: HITS,
    unattributed: 0,
    traceLost: false,
    ...evidence,
  });

t.test('rules are called by their comments and found in the file, where one line says the same', async (t) => {
  t.strictSame(
    check().natives?.map((rules) => rules.map(({ index, name, line }) => [index, name, line])),
    [
      [
        [0, 'web', 4],
        [1, null, 5],
        [2, null, null],
        [3, null, 6],
        [4, null, 7],
        [5, null, 10],
      ],
    ],
  );
});

t.test('packets are what the kernel counted since then; without a counter, what the trace saw', async (t) => {
  const { counters, contradictions } = check();
  t.strictSame(contradictions, []);
  t.strictSame(Object.fromEntries(counters), {
    0: { packets: 3, bytes: 180 },
    1: { packets: 4, bytes: null },
    2: { packets: 0, bytes: null },
    3: { packets: 4, bytes: 240 },
    4: { packets: 0, bytes: 0 },
    5: { packets: 0, bytes: null },
  });
  t.equal(check({ traceLost: true }).counters.get(1), undefined, 'a trace with gaps is no count');
});

const applied = list([0, 5, 5]);
const CONTRADICTIONS: [string, Partial<ClosingEvidence>, RegExp][] = [
  [
    'a packet that the trace missed',
    { ruleSet: { kind: 'nft', unseen: [0], applied, found: list([4, 9, 5]) } },
    /counted 4 packets at rule 0 .* the trace saw 3/,
  ],
  [
    'a packet that the kernel did not count',
    { ruleSet: { kind: 'nft', unseen: [0], applied, found: list([2, 9, 5]) } },
    /counted 2 packets at rule 0/,
  ],
  [
    'a counter before conditions that counted less',
    { ruleSet: { kind: 'nft', unseen: [0], applied, found: list([3, 5, 5]) } },
    /counted 0 packets at rule 3/,
  ],
  [
    'another rule set',
    { ruleSet: { kind: 'nft', unseen: [0], applied, found: list([3, 9, 5], 'the\nother') } },
    /has changed since it was applied: it said "the same", and says "the"/,
  ],
  ['no listing', { ruleSet: { kind: 'iptables', families: [] } }, /nft was not asked/],
];
for (const [name, evidence, contradiction] of CONTRADICTIONS) {
  t.test(name, async (t) => t.match(check(evidence).contradictions, [contradiction]));
}

t.test('what retransmits, and what came while the rules were applied, is no contradiction', async (t) => {
  t.strictSame(check({ hits: [{ ...hit(0, 9), packetsBefore: 3 }, ...HITS.slice(2)] }).contradictions, []);
  t.strictSame(check({ ruleSet: { kind: 'nft', unseen: [0], applied, found: list([4, 9, 5]) }, unattributed: 1 }).contradictions, []);
});

t.test('a rule that was not there at first counts from zero; a rule of loopfw has no counter', async (t) => {
  const found = list([3, 9, 5]);
  const own = { ...rule(6, 'counter accept', null, 7), index: null };
  const added = rule(6, 'counter drop', null, 2);
  const [chain] = found.chains;
  const later = { ...found, chains: [{ ...chain!, rules: [...chain!.rules, added, own] }] };
  const { counters, contradictions } = check({
    ruleSet: { kind: 'nft', unseen: [0], applied, found: later },
    hits: [...HITS, hit(6, 2), hit(7, 7)],
  });
  t.strictSame(contradictions, []);
  t.strictSame(counters.get(6), { packets: 2, bytes: 120 });
  t.strictSame([...counters.keys()], [0, 1, 2, 3, 4, 5, 6]);
});

t.test('hits of another table, chain or family are of another rule', async (t) => {
  const foreign = [{ ...hit(1, 9), table: 'other' }, { ...hit(1, 9), chain: 'output' }, hit(9, 9)];
  t.equal(check({ hits: [...HITS, ...foreign] }).counters.get(1)?.packets, 4);
  const [chain] = list([0, 5, 5]).chains;
  const count = (family: 'ip' | 'ip6' | 'inet') => {
    const listing = { chains: [{ ...chain!, family, rules: [rule(0, 'accept')] }], unseenRules: 0, lasting: '' };
    const hits: TraceHits[] = [{ ...hit(0, 2), space: 'ip' }, { ...hit(0, 1, 'ipv6'), space: 'ip6' }, ...[hit(0, 2), hit(0, 1, 'ipv6')]];
    return check({ ruleSet: { kind: 'nft', unseen: [0], applied: listing, found: listing }, hits }).counters.get(0)?.packets;
  };
  t.strictSame([count('ip'), count('ip6'), count('inet')], [2, 1, 3]);
});

t.test('the first line that differs is told, without its indentation', async (t) => {
  const [before, after] = ['table inet fw {\n  set a { }\n}', 'table inet fw {\n  set a { }\n  set b { }\n}'];
  const tell = (first: string, last: string) =>
    check({ ruleSet: { kind: 'nft', unseen: [0], applied: list([0, 5, 5], first), found: list([3, 9, 5], last) } }).contradictions;
  t.strictSame(tell(before, after), ['the rule set has changed since it was applied: it said "}", and says "set b { }"']);
  t.strictSame(tell(`${before}\n# end`, before), ['the rule set has changed since it was applied: it said "# end", and says ""']);
});
