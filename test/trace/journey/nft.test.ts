// Native rule sets: chains have names of their own, several may hang on one hook, and a table of family inet has packets of both families.
import t from 'tap';
import type { TraceEvent } from '../../../src/model/evidence.js';
import type { NftListing } from '../../../src/model/kernel/nft-listing.js';
import type { Outcome } from '../../../src/model/result.js';
import { makeFinding } from '../../../src/trace/finding/finding.js';
import { HitCounter } from '../../../src/trace/journey/hits.js';
import { JourneyLog } from '../../../src/trace/journey/log.js';
import { toTracedNftChains } from '../../../src/trace/rules/traced-chains.js';
import { parseNftListing } from '../../../src/trace/rules/nft-listing.js';
import { RuleIndex } from '../../../src/trace/rules/rule-index.js';
import { CLIENT, type Headers, makeTcp, SERVER } from '../events.js';

const LISTING: NftListing = parseNftListing(
  `table inet fw { # handle 1
	chain late { # handle 1
		type filter hook input priority 10; policy drop;
		tcp dport 80 accept # handle 11
	}

	chain one { # handle 2
		type filter hook input priority 0; policy accept;
		tcp dport 81 reject # handle 12
	}

	chain two { # handle 3
		type filter hook input priority 0; policy accept;
	}

	chain natted { # handle 4
		type nat hook output priority -150; policy accept;
		tcp dport 8080 redirect to :80 # handle 13
	}

	chain raw_like { # handle 5
		type filter hook output priority -120; policy accept;
	}
}
table inet loopfw_trace { # handle 2
	chain output { # handle 1
		type filter hook output priority -2147483648; policy accept;
		meta nftrace set 1 # handle 2
	}
}
`,
  'loopfw_trace',
);
const RULES = new RuleIndex(toTracedNftChains(LISTING, 'loopfw_trace'));
const SYN = makeTcp({ from: CLIENT, to: SERVER, id: 11, flags: ['syn'] });
const REWRITTEN = makeTcp({ from: CLIENT, to: { ...SERVER, address: '127.0.0.1' }, id: 11, flags: ['syn'] });

const at = (id: number, chain: string, headers: Headers | null, table = 'fw') => {
  const met = { family: 'ipv4', space: 'inet', to: null, hook: null, inIndex: 0, outIndex: 0, mark: 0, id, headers, table, chain } as const;
  return {
    policy: (verdict: 'accept' | 'drop'): TraceEvent => ({ ...met, type: 'policy', rule: null, verdict }),
    rule: (handle: string, verdict: TraceEvent['verdict']): TraceEvent => ({ ...met, type: 'rule', rule: { handle }, verdict }),
  };
};

/** Every packet is marked in loopfw's own chain first. */
const leave = (id: number, headers: Headers): TraceEvent[] => [
  at(id, 'output', headers, 'loopfw_trace').rule('2', 'continue'),
  at(id, 'output', null, 'loopfw_trace').policy('accept'),
];

const find = (events: TraceEvent[], outcome: Outcome) => {
  const log = new JourneyLog(RULES);
  log.add(events);
  return makeFinding(outcome, CLIENT, log.getPackets(CLIENT), 'trace');
};
const show = ({ journey }: ReturnType<typeof find>) =>
  journey.map(({ steps }) => steps.map(({ hook, chain, rule, verdict }) => `${hook} ${chain} ${rule} ${verdict}`));

t.test("chains of one priority in the kernel's order, then a later one; loopfw's own is not shown", async (t) => {
  const finding = find(
    [...leave(1, SYN), at(2, 'two', SYN).policy('accept'), at(3, 'one', SYN).policy('accept'), at(4, 'late', SYN).policy('drop')],
    'timeout',
  );
  t.strictSame(show(finding), [['input two null accept', 'input one null accept', 'input late null drop']]);
  t.match(finding, { cause: 'dropped', rule: { entry: null, table: 'fw', chain: 'late', text: 'policy drop', isPolicy: true } });
});

t.test('a packet that comes to a chain again is another one', async (t) => {
  const visit = (id: number) => [...leave(id, SYN), at(id + 1, 'two', SYN).policy('accept'), at(id + 2, 'one', SYN).rule('12', 'drop')];
  const finding = find([...visit(1), ...visit(4)], 'timeout');
  t.strictSame(show(finding), [
    ['input two null accept', 'input one 1 reject'],
    ['input two null accept', 'input one 1 reject'],
  ]);
  t.match(finding, { cause: 'rejected', rule: { entry: 1, text: 'tcp dport 81 reject', isPolicy: false } });
});

t.test('so it is where the two chains have one priority', async (t) => {
  for (const third of ['one', 'two']) {
    const visits = ['one', 'two', third].map((chain, id) => at(id, chain, SYN).policy('accept'));
    t.strictSame(show(find(visits, 'timeout')), [['input one null accept', 'input two null accept'], [`input ${third} null accept`]]);
  }
});

t.test('the kernel asks nat chains at -100, whatever their own priority', async (t) => {
  const finding = find(
    [
      ...leave(1, SYN),
      at(2, 'raw_like', SYN).policy('accept'),
      at(3, 'natted', SYN).rule('13', 'accept'),
      at(4, 'late', REWRITTEN).rule('11', 'accept'),
    ],
    'timeout',
  );
  t.strictSame(show(finding), [['output raw_like null accept', 'output natted 2 accept', 'input late 0 accept']]);
  t.match(finding.journey[0]?.packet, /127\.0\.0\.2:80, rewritten to .*127\.0\.0\.1:80/);
  t.match(finding, { cause: 'silent' });
});

t.test('hits are told by the family of the packet', async (t) => {
  const counter = new HitCounter(RULES);
  const event = at(1, 'late', SYN).rule('11', 'accept');
  counter.add([event, { ...event, family: 'ipv6' }, { ...event, family: 'ipv6' }]);
  counter.mark();
  t.strictSame(counter.getHits(), [
    { family: 'ipv4', space: 'inet', table: 'fw', chain: 'late', place: 0, packets: 1, packetsBefore: 1 },
    { family: 'ipv6', space: 'inet', table: 'fw', chain: 'late', place: 0, packets: 2, packetsBefore: 2 },
  ]);
});
