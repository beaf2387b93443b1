// The drawing of packets: where each went, where it ended, and which rules did it.
import t from 'tap';
import type { Packet, ProbeResult, RuleResult, Step } from '../../../src/model/result.js';
import { drawJourney } from '../../../src/report/human/journey.js';
import { makePaint } from '../../../src/report/shared/paint.js';
import { readResultFile } from '../../support/result.js';

const scenario = readResultFile(new URL('../every-status.json', import.meta.url)).scenarios[0]!;
const rule = (index: number, text: string): RuleResult => ({ ...scenario.rules[0]!, index, name: null, file: null, line: null, text });
const RULES = [rule(0, '-A INPUT -j REJECT'), rule(1, '-A INPUT -j ACCEPT'), rule(2, '-P FORWARD DROP'), rule(3, '-P INPUT ACCEPT')];

const met = (hook: Step['hook'], index: number | null = null, verdict: Step['verdict'] = 'accept'): Step => ({
  ...{ hook, table: 'filter', chain: hook.toUpperCase(), rule: index, verdict },
  ...(index === null ? { own: true } : {}),
});

const request = (steps: Step[], more: Partial<Packet> = {}): Packet => ({
  ...{ packet: 'tcp syn a:1 → b:2', protocol: 'tcp', kind: 'syn', source: 'a:1', destination: 'b:2' },
  ...{ rewrittenTo: null, fragment: false, icmp: null, conntrack: null, steps },
  ...{ direction: 'request', sender: 'client', causedBy: null, fate: 'arrived' },
  ...more,
});
const answer = (steps: Step[], more: Partial<Packet> = {}): Packet =>
  request(steps, { packet: 'tcp syn-ack b:2 → a:1', kind: 'syn-ack', direction: 'answer', sender: 'server', causedBy: 0, ...more });

function draw(journey: Packet[], columns: number | null = null, isWhole = false, client = 'app'): string[] {
  const probe: ProbeResult = { ...scenario.probes[0]!, client, server: 'web', journey };
  return drawJourney(probe, RULES, '', { paint: makePaint(false), columns }, isWhole);
}

t.test('the answer below the request, in its columns', async (t) => {
  t.strictSame(draw([request([met('output'), met('input', 1)]), answer([met('output'), met('input')])]), [
    'request  tcp syn a:1 → b:2',
    '  app ━━▶ OUTPUT ━━▶ INPUT  ━━▶ web',
    '          accept by rule 1: -A INPUT -j ACCEPT',
    'answer   tcp syn-ack b:2 → a:1',
    '  app ◀━━ INPUT  ◀━━ OUTPUT ◀━━ web',
  ]);
});

t.test('a refusal goes back from the rule that made it, and ends by the same rule', async (t) => {
  const journey = [
    request([met('output'), met('input', 0, 'reject')], { fate: 'ended' }),
    answer([met('output'), met('input', 0, 'reject')], { sender: 'firewall', fate: 'ended', kind: 'icmp-error' }),
  ];
  t.strictSame(draw(journey), [
    'request  tcp syn a:1 → b:2',
    '  app ━━▶ OUTPUT ━━▶ INPUT  ✖━┓',
    '          reject by rule 0: -A INPUT -j REJECT',
    'answer   tcp syn-ack b:2 → a:1',
    '        ✖ INPUT  ◀━━ OUTPUT ◀━┛  the same rule again: rule 0',
  ]);
});

t.test('a name of wide characters, or of characters with two code units', async (t) => {
  const journey = [request([met('output')]), answer([met('output')])];
  for (const client of ['左', '\u{1f600}', '\u{10400}']) {
    const lines = draw(journey, null, false, client).filter((line) => line.startsWith('  '));
    t.strictSame(lines, [`  ${client} ━━▶ OUTPUT ━━▶ web`, `  ${client} ◀━━ OUTPUT ◀━━ web`]);
  }
});

t.test('a way of other length', async (t) => {
  const early = [
    request([met('output', 0, 'reject')], { fate: 'ended' }),
    answer([met('output'), met('postrouting'), met('input')], { sender: 'firewall' }),
  ];
  t.strictSame(
    draw(early).filter((line) => line.startsWith('  app')),
    ['  app ━━▶ OUTPUT ✖━━━━━━━━━━━━━━━━━━━━━━━━━━━━┓', '  app ◀━━ INPUT  ◀━━ POSTROUTING ◀━━ OUTPUT ◀━┛'],
  );
  const short = [request([met('prerouting'), met('input')]), answer([met('output', 1)], { fate: 'unknown' })];
  t.strictSame(
    draw(short).filter((line) => /web/.test(line)),
    ['  app ━━▶ PREROUTING ━━▶ INPUT  ━━▶ web', '                    ? ━━ OUTPUT ◀━━ web'],
  );
});

t.test('routing, and what the evidence does not show', async (t) => {
  t.strictSame(draw([request([met('prerouting')], { fate: 'lost' })]), ['request  tcp syn a:1 → b:2', '  app ━━▶ PREROUTING ━━ ✖ routing']);
  t.strictSame(draw([request([met('output')], { fate: 'unknown' })]).at(-1), '  app ━━▶ OUTPUT ━━ ?');
  const lost = [request([met('output')]), answer([met('prerouting')], { fate: 'lost' })];
  t.equal(draw(lost).at(-1), '     ✖ ━━ PREROUTING ◀━━ web');
  const late = [request([met('output'), met('postrouting')]), answer([met('prerouting')], { fate: 'lost' })];
  t.equal(draw(late).at(-1), '        routing ✖ ━━ PREROUTING  ◀━━ web');
});

t.test('too narrow for both directions: each from its sender, broken before an arrow', async (t) => {
  const steps = [met('prerouting'), met('forward'), met('postrouting')];
  const lines = draw([request(steps), answer(steps)], 40);
  t.ok(lines.every((line) => line.length <= 40));
  t.strictSame(lines, [
    'request  tcp syn a:1 → b:2',
    '  app ━━▶ PREROUTING ━━▶ FORWARD',
    '     ━━▶ POSTROUTING ━━▶ web',
    'answer   tcp syn-ack b:2 → a:1',
    '  web ━━▶ PREROUTING ━━▶ FORWARD',
    '     ━━▶ POSTROUTING ━━▶ app',
  ]);
});

t.test('policies that end a packet, rules that only match, and NAT', async (t) => {
  const rewrites = { source: 'a:1', destination: 'c:3' };
  const steps = [
    { ...met('prerouting', 1), rewrites },
    met('forward', 1, 'continue'),
    met('forward', 1, 'jump'),
    met('forward', 3),
    met('forward', 2, 'drop'),
  ];
  t.strictSame(draw([request(steps, { fate: 'ended' })]).slice(2), [
    '          PREROUTING: rewritten by rule 1: -A INPUT -j ACCEPT',
    '          FORWARD: matches rule 1',
    '          FORWARD: drop by the policy -P FORWARD DROP',
  ]);
  const policy: Step = { hook: 'input', table: 'filter', chain: 'my_input', rule: null, verdict: 'drop' };
  t.equal(draw([request([policy], { fate: 'ended' })]).at(-1), '          drop by the policy of filter my_input');
});

t.test('four packets at most, and those that ended first', async (t) => {
  const packets = Array.from({ length: 6 }, (_, place) => request([met('output')], { packet: `udp ${place}` }));
  const journey = [...packets, request([met('output', 0, 'drop')], { packet: 'udp last', fate: 'ended' })];
  const titles = (lines: string[]) => lines.filter((line) => /^(request|and)/.test(line));
  t.strictSame(titles(draw(journey)), ['request  udp 0', 'request  udp last', 'and 5 more packets: --verbose draws all']);
  t.equal(titles(draw(journey, null, true)).length, 7);
  t.match(draw([request([]), request([])]), ['request  tcp syn a:1 → b:2 (2 times)', '  app ━━▶ web']);
});
