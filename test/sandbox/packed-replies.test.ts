// Packets of a piece of replies share their lists of steps on the way through the session.
import t from 'tap';
import type { ProbeReply } from '../../src/model/evidence.js';
import type { Packet, Step } from '../../src/model/result.js';
import { type PackedReplies, packReplies, unpackReplies } from '../../src/sandbox/packed-replies.js';

const out: Step = { hook: 'output', table: 'raw', chain: 'OUTPUT', rule: null, verdict: 'accept' };
const dropped: Step = { hook: 'input', table: 'filter', chain: 'INPUT', rule: 0, verdict: 'drop' };

const makePacket = (steps: Step[]): Packet => ({
  packet: 'tcp syn 127.0.0.1:40000 → 127.0.0.2:80',
  protocol: 'tcp',
  kind: 'syn',
  source: '127.0.0.1:40000',
  destination: '127.0.0.2:80',
  rewrittenTo: null,
  fragment: false,
  icmp: null,
  conntrack: null,
  direction: 'request',
  sender: 'client',
  causedBy: null,
  fate: 'unknown',
  steps,
});
const makeReply = (journey: Packet[]): ProbeReply => ({
  report: {
    observed: { outcome: 'timeout', errno: null, elapsedMs: null, icmp: null, reply: null },
    decided: 'proved',
    delays: null,
    fate: null,
    traceLost: null,
    cause: 'dropped',
    rule: { entry: 0, table: 'filter', chain: 'INPUT', text: '-A INPUT -j DROP', isPolicy: false },
    evidence: 'trace',
    journey,
    isHeld: false,
  },
});

t.test('replies come out as they went in, and each list of steps goes once', async (t) => {
  const problem: ProbeReply = { problem: 'no port is left', isMachine: true };
  const replies = [
    makeReply([makePacket([out]), makePacket([out, dropped])]),
    problem,
    makeReply([makePacket([out, dropped]), makePacket([]), makePacket([dropped, out])]),
  ];
  const text = JSON.stringify(packReplies({ first: 7, replies }));
  const packed = JSON.parse(text) as PackedReplies;
  t.strictSame(packed.steps, [[out], [out, dropped], [], [dropped, out]]);
  t.strictSame(unpackReplies(packed), { first: 7, replies });
});
