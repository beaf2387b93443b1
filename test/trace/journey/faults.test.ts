// A packet that a fault ended: its rules have no place in the scenario, and the name of their chain tells the fault.
import t from 'tap';
import type { TraceEvent } from '../../../src/model/evidence.js';
import type { FaultEnd } from '../../../src/model/program.js';
import { HitCounter } from '../../../src/trace/journey/hits.js';
import { JourneyLog } from '../../../src/trace/journey/log.js';
import { RuleIndex } from '../../../src/trace/rules/rule-index.js';
import { CLIENT, type Headers, makeTcp, meet, meetPolicy, SERVER } from '../events.js';

const SYN = makeTcp({ from: CLIENT, to: SERVER, id: 11, flags: ['syn'] });
const DATA = makeTcp({ from: SERVER, to: CLIENT, seq: 5000, ack: 1001, flags: ['ack'], payload: 100 });
const LATER = { cameBy: 'lo', untilSeconds: 60 };

const makeRules = (ends: FaultEnd) =>
  new RuleIndex([], (chain) => (chain.startsWith('f7') ? { text: 'refused=127.0.0.2:80', chain: 'f7', ends } : null));

const at = (id: number, chain: string, verdict: TraceEvent['verdict'], headers: Headers | null = null): TraceEvent => ({
  ...{ ...meet(id, chain, 0, verdict, headers), space: 'inet', table: 'loopfw_faults' },
  to: verdict === 'jump' ? 'f7' : null,
});

t.test('the fault is the rule that decided, and its step is one of INPUT', async (t) => {
  const rules = makeRules({ verdict: 'reject', instability: null });
  const log = new JourneyLog(rules);
  const hits = new HitCounter(rules);
  const events = [
    meetPolicy(1, 'OUTPUT', 'accept', SYN),
    at(2, 'input', 'jump', SYN),
    { ...at(2, 'f7_new_ipv4', 'continue'), type: 'return' as const, rule: null },
    at(2, 'f7', 'jump'),
    at(2, 'f7_question_ipv4', 'continue'),
    at(2, 'f7_question_ipv4', 'drop'),
  ];
  log.add(events);
  hits.add(events);
  const packet = log.getPackets(CLIENT)[0]!;
  const place = { table: 'loopfw_faults', chain: 'f7' };
  t.strictSame(packet.end, {
    verdict: 'reject',
    rule: { entry: null, ...place, text: 'fault refused=127.0.0.2:80', isPolicy: false, fault: 'refused=127.0.0.2:80' },
  });
  t.strictSame(packet.steps.at(-1), { hook: 'input', ...place, rule: null, verdict: 'reject', fault: 'refused=127.0.0.2:80' });
  t.equal(packet.steps.length, 2, 'nothing else of the table is shown');
  t.strictSame(log.listInstabilities(packet, LATER), []);
  t.strictSame(hits.getHits(), [], 'the counters of a rule set know nothing of faults');
});

t.test('a packet that the fault itself begins to trace; a chain for existing connections drops, whatever the fault does', async (t) => {
  const log = new JourneyLog(makeRules({ verdict: 'reject', instability: 'moment' }));
  log.add([at(1, 'f7_answer_ipv4', 'continue', DATA), at(1, 'f7_answer_ipv4', 'drop'), at(2, 'f7', 'drop', SYN)]);
  const [answer, request] = log.getPackets(CLIENT);
  t.strictSame([answer?.end?.verdict, request?.end?.verdict], ['reject', 'drop']);
  t.strictSame(answer && log.listInstabilities(answer, LATER), [{ kind: 'moment', isNat: false }]);
});
