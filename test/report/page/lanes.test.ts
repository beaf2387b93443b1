// The drawing of a journey: which packets have a lane, what is in its boxes, and in which column each box is.
import t from 'tap';
import type { Packet, ProbeResult, RuleResult, Step } from '../../../src/model/result.js';
import { type Lane, listLanes } from '../../../src/report/page/lanes.js';

const LO = { clientPlace: null, serverPlace: null };
const ROUTER = { clientPlace: { interface: 'eth1', bridge: null }, serverPlace: { interface: 'eth0', bridge: null } };

function makePacket(change: Partial<Packet>): Packet {
  return {
    packet: 'tcp syn a → b',
    protocol: 'tcp',
    kind: 'syn',
    source: 'a',
    destination: 'b',
    rewrittenTo: null,
    fragment: false,
    icmp: null,
    conntrack: null,
    direction: 'request',
    sender: 'client',
    causedBy: null,
    fate: 'arrived',
    steps: [],
    ...change,
  };
}

/** `input filter INPUT 0 reject`, `output raw OUTPUT - accept own` */
function toSteps(...lines: string[]): Step[] {
  return lines.map((line) => {
    const [hook, table = '', chain = '', rule, verdict, own] = line.split(' ');
    return { hook, table, chain, rule: rule === '-' ? null : Number(rule), verdict, ...(own === 'own' ? { own: true } : {}) } as Step;
  });
}

function makeRule(index: number, table: string, chain: string): RuleResult {
  const text = `-A ${chain} …`;
  return { index, name: null, text, table, chain, target: null, phase: null, file: null, line: null, packets: 1, bytes: 40 };
}

const refusal = (change: Partial<Packet>) =>
  makePacket({ kind: 'icmp-error', packet: 'icmp port-unreachable', direction: 'answer', sender: 'firewall', causedBy: 0, ...change });

const draw = (probe: Pick<ProbeResult, 'clientPlace' | 'serverPlace'>, journey: Packet[], rules: RuleResult[]) =>
  listLanes({ ...probe, journey }, rules).map(show);

/** A lane in a line: its column, then its boxes, an ended one with a mark. */
function show({ column, stages, bornAt, isSameRule, times }: Lane): string {
  const boxes = stages.map(({ hook, kind, end }) => `${hook}${end === null ? (kind === 'met' ? '' : ` ${kind}`) : ` ✗ ${end}`}`);
  const born = bornAt === null ? '' : `, born at ${bornAt.lane}/${bornAt.stage}`;
  return `${column}: ${boxes.join(', ')}${born}${isSameRule ? ', same rule' : ''}${times === 1 ? '' : `, ${times} times`}`;
}

t.test('one address: the refusal is born in INPUT, goes back below, and the same rule ends it', async (t) => {
  const journey = [
    makePacket({ fate: 'ended', steps: toSteps('output raw OUTPUT - accept own', 'input filter INPUT 0 reject') }),
    refusal({ fate: 'ended', steps: toSteps('output raw OUTPUT - accept own', 'input filter INPUT 0 reject') }),
  ];
  t.strictSame(draw(LO, journey, [makeRule(0, 'filter', 'INPUT')]), [
    '0: output empty, input ✗ reject',
    '1: output empty, input ✗ reject, born at 0/1, same rule',
  ]);
});

t.test('a refusal with more boxes than there are before it moves the request to the right', async (t) => {
  const journey = [
    makePacket({ fate: 'ended', steps: toSteps('output filter OUTPUT 0 reject') }),
    refusal({ steps: toSteps('output filter OUTPUT 1 accept', 'input filter INPUT 2 accept') }),
  ];
  const rules = [makeRule(0, 'filter', 'OUTPUT'), makeRule(1, 'filter', 'OUTPUT'), makeRule(2, 'filter', 'INPUT')];
  t.strictSame(draw(LO, journey, rules), ['1: output ✗ reject, input unreached', '1: output, input, born at 0/0']);
});

t.test('through a router, what comes after the end is not reached', async (t) => {
  const journey = [
    makePacket({
      fate: 'ended',
      steps: toSteps('prerouting nat PREROUTING - accept', 'forward filter FORWARD 0 jump', 'forward filter user 1 drop'),
    }),
  ];
  const rules = [makeRule(0, 'filter', 'FORWARD'), makeRule(1, 'filter', 'user')];
  t.strictSame(draw(ROUTER, journey, rules), ['0: forward ✗ drop, postrouting unreached']);
  const [lane] = listLanes({ ...ROUTER, journey }, rules);
  t.strictSame(lane?.stages[0]?.entries, [{ table: 'filter', trail: ['FORWARD', 'user'], rule: 1, verdict: 'drop', rewrites: null }]);
});

t.test('after NAT only the steps tell the way, and what routing ended has a box that says so', async (t) => {
  const rewrites = { source: 'a', destination: '127.0.0.3:80' };
  const [step] = toSteps('prerouting nat PREROUTING 0 accept');
  const journey = [makePacket({ fate: 'lost', rewrittenTo: rewrites, steps: [{ ...step!, rewrites }] })];
  t.strictSame(draw({ ...ROUTER, serverPlace: null }, journey, [makeRule(0, 'nat', 'PREROUTING')]), ['0: prerouting, routing ✗ lost']);
});

t.test('rules that matched and went on are there; policies of chains without a rule are not', async (t) => {
  const steps = toSteps(
    'output raw OUTPUT 0 continue',
    'output raw OUTPUT - accept',
    'output filter OUTPUT - accept',
    'input filter INPUT - accept',
  );
  const [lane] = listLanes({ ...LO, journey: [makePacket({ steps })] }, [makeRule(0, 'raw', 'OUTPUT'), makeRule(1, 'filter', 'INPUT')]);
  t.strictSame(
    lane?.stages.map(({ hook, entries }) => [hook, ...entries.map(({ table, rule, verdict }) => `${table} ${rule} ${verdict}`)]),
    [
      ['output', 'raw 0 continue', 'raw null accept'],
      ['input', 'filter null accept'],
    ],
  );
});

t.test('four lanes at the most: the first packet, the first answer, what ended, the refusals', async (t) => {
  const plain = (kind: Packet['kind'], direction: Packet['direction']) =>
    makePacket({ kind, packet: `tcp ${kind}`, direction, sender: direction === 'request' ? 'client' : 'server' });
  const ended = { fate: 'ended' as const, steps: toSteps('input filter INPUT 0 drop') };
  const journey = [
    plain('syn', 'request'),
    plain('syn-ack', 'answer'),
    plain('ack', 'request'),
    { ...plain('data', 'request'), ...ended },
    { ...plain('data', 'request'), ...ended },
    { ...plain('fin', 'request'), ...ended },
    { ...plain('rst', 'request'), ...ended },
  ];
  const lanes = listLanes({ ...LO, journey }, [makeRule(0, 'filter', 'INPUT')]);
  t.strictSame(
    lanes.map(({ packet, times }) => [packet.kind, times]),
    [
      ['syn', 1],
      ['syn-ack', 1],
      ['data', 2],
      ['fin', 1],
    ],
  );
  t.strictSame(listLanes({ ...LO, journey: [] }, []), []);
});
