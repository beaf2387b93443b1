// A packet's way: the rules and policies it met, and what they did.
import t from 'tap';
import type { Packet, RuleResult, Step } from '../../../src/model/result.js';
import { showJourney } from '../../../src/report/shared/journey.js';
import { makePaint } from '../../../src/report/shared/paint.js';

const rule = (index: number, text: string): RuleResult => ({
  index,
  name: null,
  text,
  table: 'filter',
  chain: 'INPUT',
  target: null,
  phase: null,
  file: null,
  line: null,
  packets: 0,
  bytes: 0,
});
const ROLE = { direction: 'request', sender: 'client', causedBy: null, fate: 'unknown' } as const;
const step = (verdict: Step['verdict'], own: number | null): Step => ({
  hook: 'input',
  table: 'filter',
  chain: 'INPUT',
  verdict,
  rule: own,
});

/** The lines of a packet that meets these steps. */
function show(steps: Step[], rules: RuleResult[]): string[] {
  const packet = { packet: 'udp a → b', protocol: 'udp', kind: 'udp', source: 'a', destination: 'b', steps } as const;
  const whole: Packet = { ...packet, steps, ...ROLE, rewrittenTo: null, fragment: false, icmp: null, conntrack: null };
  return showJourney([whole], rules, '', { ...makePaint(false), fail: (text) => `<${text.trimEnd()}>` });
}

t.test('rules by their index, policies, and the end of a chain; what ends a packet stands out', async (t) => {
  const steps = [step('drop', 0), step('reject', 7), step('accept', 8), step('return', null), step('accept', null)];
  t.strictSame(show(steps, [rule(0, '-A a'), rule(7, '-A b')]), [
    'udp a → b',
    '  input  filter INPUT  <drop>  rule 0: -A a',
    '  input  filter INPUT  <reject>  rule 7: -A b',
    '  input  filter INPUT  accept    rule 8:',
    '  input  filter INPUT  return    end of chain',
    '  input  filter INPUT  accept    policy',
  ]);
  t.strictSame(show([step('accept', 0)], [rule(3, '-A c'), rule(0, '-A d')]).slice(1), ['  input  filter INPUT  accept    rule 0: -A d']);
});

t.test('the state in connection tracking, where it is known', async (t) => {
  const packet: Packet = {
    ...{ packet: 'udp a → b', protocol: 'udp', kind: 'udp', source: 'a', destination: 'b' },
    ...{ ...ROLE, rewrittenTo: null, fragment: false, icmp: null, steps: [] },
    conntrack: 'untracked',
  };
  t.strictSame(showJourney([packet, packet], [], '', makePaint(false)), ['udp a → b (ct state untracked) (2 times)']);
});
