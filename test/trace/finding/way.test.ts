// How far a packet came that no rule ended, by literal events of the trace and of the observer's chains.
import t from 'tap';
import type { TraceEvent } from '../../../src/model/evidence.js';
import { getExchanges } from '../../../src/trace/finding/conversation.js';
import { findWay, type Way } from '../../../src/trace/finding/way.js';
import { JourneyLog } from '../../../src/trace/journey/log.js';
import { RuleIndex } from '../../../src/trace/rules/rule-index.js';
import { makeObserverChains, toTracedIptablesChains } from '../../../src/trace/rules/traced-chains.js';
import { type Headers, makeTcp } from '../events.js';

const CLIENT = { address: '192.0.2.9', port: 40000 };
const HOST = { address: '192.0.2.1', port: 8080 };
const SERVER = { address: '198.51.100.2', port: 80 };
const [LO, ETH0, ETH1] = [1, 2, 3];

const DNAT = '-t nat -A PREROUTING -p tcp -j DNAT --to-destination 198.51.100.2:80';
const RULES = new RuleIndex([
  ...toTracedIptablesChains(
    [
      {
        family: 'ipv4',
        restore: '',
        isPlain: true,
        chains: ['PREROUTING', 'OUTPUT'].map((name) => ({
          ...{ family: 'ipv4', table: 'nat', name, policy: { verdict: 'ACCEPT', entry: null } },
          lines: [
            {
              entry: 0,
              text: DNAT,
              action: 'translate',
              destination: { text: '198.51.100.2:80', first: '198.51.100.2', last: '198.51.100.2' },
            },
          ],
        })),
      },
    ],
    ['PREROUTING', 'OUTPUT'].map((chain, place) => ({ family: 'ipv4', table: 'nat', chain, handles: [10 + place] })),
  ),
  ...makeObserverChains(),
]);

const SYN = makeTcp({ from: CLIENT, to: HOST, id: 1, flags: ['syn'] });
const REWRITTEN = makeTcp({ from: CLIENT, to: SERVER, id: 1, flags: ['syn'] });
const OWN = makeTcp({ from: HOST, to: CLIENT, id: 2, flags: ['syn'] });

let visits = 0;
const see = (table: string, chain: string, headers: Headers, more: Partial<TraceEvent> = {}): TraceEvent => ({
  ...{ family: 'ipv4', table, chain, type: 'policy', rule: null, verdict: 'accept', to: null, id: visits++, hook: null },
  ...{ inIndex: 0, outIndex: 0, mark: 0, headers },
  ...more,
});
const nat = (chain: string, headers: Headers) =>
  see('nat', chain, headers, { type: 'rule', rule: { handle: chain === 'PREROUTING' ? '10' : '11' } });
const passes = (hook: string, headers: Headers, more: Partial<TraceEvent> = {}) => see('loopfw_trace', `after_${hook}`, headers, more);

function trace(events: TraceEvent[], client = CLIENT): Way | null {
  const log = new JourneyLog(RULES);
  log.add(events);
  return findWay(getExchanges(client, log.getPackets(client)));
}

t.test('it came in, was rewritten, and neither INPUT nor FORWARD saw it', async (t) => {
  const way = trace([nat('PREROUTING', SYN), passes('prerouting', REWRITTEN, { inIndex: ETH0, mark: 5 })]);
  t.match(way, { of: 'request', stage: 'arrived', packet: { mark: 5, passed: [{ hook: 'prerouting', device: ETH0 }] } });
  t.equal(way?.packet.passed[0]?.headers.destination, '198.51.100.2');
  t.equal(way?.packet.rewritten?.destination, '198.51.100.2');
  t.equal(trace([nat('PREROUTING', SYN)]), null, 'something in PREROUTING may have ended it');
});

t.test('it left, by forwarding or of itself', async (t) => {
  const forwarded = [
    nat('PREROUTING', SYN),
    passes('prerouting', REWRITTEN, { inIndex: ETH0 }),
    passes('forward', REWRITTEN, { inIndex: ETH0, outIndex: ETH1 }),
  ];
  t.equal(trace(forwarded), null, 'behind FORWARD no route is looked for');
  const left = passes('postrouting', REWRITTEN, { outIndex: ETH1 });
  t.match(trace([...forwarded, left]), { stage: 'left', packet: { passed: [{}, {}, { device: ETH1 }] } });
  t.match(trace([nat('OUTPUT', OWN), passes('postrouting', OWN, { outIndex: ETH0 })], HOST), { stage: 'left' });
  t.equal(trace([nat('OUTPUT', OWN), passes('postrouting', OWN, { outIndex: LO })], HOST), null, 'lo leads nowhere else');
});

t.test('it was delivered', async (t) => {
  const events = [nat('PREROUTING', SYN), passes('prerouting', SYN, { inIndex: ETH0 }), passes('input', SYN, { inIndex: ETH0 })];
  t.match(trace(events), { of: 'request', stage: 'delivered' }, 'nothing answered');
  const answer = makeTcp({ from: HOST, to: CLIENT, id: 3, flags: ['syn', 'ack'], ack: 1001 });
  t.match(trace([...events, nat('OUTPUT', answer), passes('postrouting', answer, { outIndex: ETH0 })]), { of: 'answer', stage: 'left' });
});

t.test('a rule in OUTPUT rewrote it or marked it, and no chain behind OUTPUT saw it', async (t) => {
  const way = trace([nat('OUTPUT', OWN)], HOST);
  t.match(way, { stage: 'output', packet: { translation: { rule: { entry: 0 }, destination: { first: '198.51.100.2' } } } });
  t.match(trace([see('mangle', 'OUTPUT', OWN, { mark: 1 })], HOST), { stage: 'output', packet: { mark: 1 } });
  t.equal(trace([see('mangle', 'OUTPUT', OWN)], HOST), null, 'the kernel had its route before OUTPUT');
});

t.test('an answer that routing ended, after a request that was delivered', async (t) => {
  const answer = makeTcp({ from: SERVER, to: CLIENT, id: 0, seq: 7, ack: 1001, flags: ['syn', 'ack'] });
  const request = makeTcp({ from: CLIENT, to: SERVER, id: 3, flags: ['syn'] });
  const events = [
    see('nat', 'OUTPUT', request),
    passes('postrouting', request, { outIndex: ETH0 }),
    see('nat', 'PREROUTING', answer),
    passes('prerouting', answer, { inIndex: ETH1 }),
  ];
  t.match(trace(events), { of: 'answer', stage: 'arrived', packet: { passed: [{ device: ETH1 }] } });
});
