// Attempts of programs: which packets begin one, and what became of it.
import t from 'tap';
import type { TraceEvent } from '../../../src/model/evidence.js';
import { AttemptList, MOST_ATTEMPTS } from '../../../src/trace/attempts/attempt-list.js';
import { judgeAttempt, listTold } from '../../../src/trace/attempts/judge.js';
import { JourneyLog } from '../../../src/trace/journey/log.js';
import { RuleIndex } from '../../../src/trace/rules/rule-index.js';
import { makeJourneyChains } from '../../../src/trace/rules/traced-chains.js';
import { CLIENT, type Headers, makeIcmpError, makeTcp, meet, SERVER } from '../events.js';

const FAULT = { text: 'dropped=127.0.0.2:80', chain: 'f0', ends: { verdict: 'drop', instability: null } } as const;

const at = (id: number, chain: string, headers: Headers): TraceEvent => ({
  ...meet(id, chain, 0, 'accept', headers),
  ...{ space: 'inet', table: 'loopfw_journeys', type: 'policy', rule: null },
});
let visits = 0;
/** A packet that arrives, one that is seen to leave only, and one that a fault drops. */
const arrive = (headers: Headers) => [at(visits++, 'start', headers), at(visits++, 'end', headers)];
const leave = (headers: Headers) => [at(visits++, 'start', headers)];
const drop = (headers: Headers): TraceEvent[] => [
  ...leave(headers),
  { ...meet(visits++, 'f0_question_ipv4', 0, 'drop', headers), space: 'inet', table: 'loopfw_faults' },
];

const syn = (seq: number, id = seq, from = CLIENT) => makeTcp({ from, to: SERVER, id, seq, flags: ['syn'] });
const answer = (seq: number, flags: ('syn' | 'ack' | 'rst')[], to = CLIENT) =>
  makeTcp({ from: SERVER, to, seq: 9000 + seq, ack: seq + 1, flags });

function follow(...events: TraceEvent[][]) {
  const list = new AttemptList();
  const log = new JourneyLog(new RuleIndex(makeJourneyChains(), () => FAULT), (packet) => list.take(packet));
  log.add(events.flat());
  const judge = (fault = null) =>
    list.get(0).map((attempt) => {
      const packets = listTold(attempt, log.getPackets(attempt.client, attempt.first.number));
      const { cause, rule, journey } = judgeAttempt(attempt, packets, fault);
      return [cause, rule?.fault ?? null, journey.length];
    });
  return { list, log, judge };
}

t.test('a SYN that is sent again is the same attempt, and another SYN from its port is a new one', async (t) => {
  const { judge } = follow(
    drop(syn(1, 1)),
    drop(syn(1, 2)),
    arrive(syn(5, 3)),
    arrive(answer(5, ['syn', 'ack'])),
    arrive(syn(7, 4)),
    arrive(answer(7, ['rst', 'ack'])),
  );
  t.strictSame(judge(), [
    ['dropped', 'dropped=127.0.0.2:80', 2],
    ['service', null, 2],
    ['no-listener', null, 2],
  ]);
});

t.test('an attempt that a fault had dropped is served when its SYN comes again', async (t) => {
  t.strictSame(follow(drop(syn(1, 1)), arrive(syn(1, 2)), arrive(answer(1, ['syn', 'ack']))).judge(), [['service', null, 3]]);
});

t.test('a packet that was not seen to arrive leaves the cause open', async (t) => {
  t.strictSame(follow(leave(syn(1))).judge(), [['unexplained', null, 1]]);
  t.strictSame(follow(arrive(syn(1)), leave(answer(1, ['syn', 'ack']))).judge(), [['unexplained', null, 2]]);
  t.strictSame(follow(leave(syn(1)), arrive(answer(1, ['rst', 'ack']))).judge(), [['unexplained', null, 2]]);
  t.strictSame(follow(arrive(syn(1))).judge(), [['silent', null, 1]]);
});

t.test('an ICMP error from a closed port', async (t) => {
  const request = syn(1);
  t.strictSame(follow(arrive(request), arrive(makeIcmpError('127.0.0.2', '127.0.0.1', 3, request))).judge(), [['no-listener', null, 2]]);
});

t.test('where messages are lost, only what was seen counts', async (t) => {
  const { list, judge } = follow(arrive(syn(1)), arrive(answer(1, ['syn', 'ack'])), arrive(syn(3, 3, { ...CLIENT, port: 40001 })));
  list.noteLoss(2, ({ client }) => client.port === 40001);
  t.strictSame(
    list.get(0).map(({ isComplete }) => isComplete),
    [true, false],
  );
  t.strictSame(judge(), [
    ['service', null, 2],
    ['unexplained', null, 1],
  ]);
});

t.test("loopfw's own clients are left out, once for each port that they took", async (t) => {
  const list = new AttemptList();
  const log = new JourneyLog(new RuleIndex(makeJourneyChains()), (packet) => list.take(packet));
  list.expectOwn(CLIENT);
  log.add([...arrive(syn(1)), ...arrive(syn(2))]);
  t.strictSame(
    list.get(0).map(({ number, first }) => [number, first.headers.tcp?.sequence]),
    [[0, 2]],
  );
});

t.test('the latest attempts are kept, and the log forgets older packets', async (t) => {
  const { list, log } = follow(...Array.from({ length: MOST_ATTEMPTS + 5 }, (_, place) => arrive(syn(place + 1, place % 60_000))));
  t.strictSame([list.get(0).length, list.get(0)[0]?.number, list.next], [MOST_ATTEMPTS, 5, MOST_ATTEMPTS + 5]);
  t.equal(list.get(MOST_ATTEMPTS).length, 5);
  log.forget(MOST_ATTEMPTS);
  t.strictSame(
    log.getPackets(CLIENT).map(({ number }) => number),
    [0, 1, 2, 3, 4].map((place) => MOST_ATTEMPTS + place),
  );
});
