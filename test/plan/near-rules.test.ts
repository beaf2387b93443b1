// The rules that an advice can name, besides the one that decided.
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import type { Expectation, Packet, Step } from '../../src/model/result.js';
import type { NativeRules, ScenarioRule } from '../../src/model/scenario.js';
import { findNearRules } from '../../src/plan/remedy/near-rules.js';

const PROBE = { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'connected' };

function parse(rules: string[]) {
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify({ name: 'near', rules, probes: [PROBE] }), 's.json');
  const [phase] = scenarios[0]?.phases ?? [];
  const probe = phase?.batches[0]?.[0];
  if (probe === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join('; '));
  }
  return { probe, rules: phase?.ruleSet?.rules ?? [] };
}

const SYN: Packet = {
  ...{ packet: '', protocol: 'tcp', kind: 'syn', source: '127.0.0.1:40000', destination: '127.0.0.2:80' },
  ...{ rewrittenTo: null, fragment: false, icmp: null, conntrack: null, steps: [] },
  ...{ direction: 'request', sender: 'client', causedBy: null, fate: 'unknown' },
};
const ANSWER: Packet = { ...SYN, kind: 'syn-ack', source: SYN.destination, destination: SYN.source };

const at = (rule: number | null, verdict: Step['verdict'], chain = 'INPUT', table = 'filter'): Step => ({
  hook: 'input',
  table,
  chain,
  rule,
  verdict,
});
const through = (...steps: Step[]): Packet => ({ ...SYN, steps });

function find(lines: string[], journey: Packet[], expect: Expectation = { outcome: 'connected' }) {
  const { probe, rules } = parse(lines);
  return findNearRules({ ...probe, expect }, rules, [], journey);
}

const late = (...args: Parameters<typeof find>) => find(...args).late.map(({ rule, before }) => [rule.index, before.index]);

t.test('a rule behind the one that ended the request', async (t) => {
  const drop = '-A INPUT -j DROP';
  const accept = '-A INPUT -p tcp --dport 80 -j ACCEPT';
  t.strictSame(late([drop, accept], [through(at(0, 'drop'))]), [[1, 0]]);
  t.strictSame(late([drop, '-A INPUT -p tcp --dport 81 -j ACCEPT'], [through(at(0, 'drop'))]), [], 'another port');
  t.strictSame(late([drop, '-A INPUT -p tcp --dport 80 -j DROP'], [through(at(0, 'drop'))]), [], 'it would not let the request in');
  t.strictSame(late([drop, '-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT'], [through(at(0, 'drop'))]), [], 'it is for answers');
  t.strictSame(late([drop, '-A OUTPUT -p tcp -j ACCEPT'], [through(at(0, 'drop'))]), [], 'another chain');
  t.strictSame(late(['-A INPUT -j LOG', accept], [through(at(0, 'continue'), at(null, 'drop'))]), [], 'it was asked, and did not match');
  const jump = ['-N web', '-A web -j DROP', '-A INPUT -j web', accept];
  t.strictSame(late(jump, [through(at(2, 'jump'), at(1, 'drop', 'web'))]), [[3, 2]], 'the packet left for another chain');
  t.strictSame(late(jump, [through(at(2, 'jump'), at(null, 'return', 'web'), at(null, 'drop'))]), [], 'the packet came back');
});

t.test('a rule before which -I has put the one that ended the packet', async (t) => {
  const accept = '-I INPUT -p tcp --dport 80 -j ACCEPT';
  const drop = '-I INPUT -p tcp -j DROP';
  const dropped = [through(at(1, 'drop'))];
  t.strictSame(find([accept, drop], dropped).late, [
    {
      rule: { index: 0, name: null, text: accept, file: null, line: null },
      before: { index: 1, name: null, text: drop, file: null, line: null },
      remedy: { kind: 'append-rule', index: 1 },
    },
  ]);
  t.strictSame(late(['-A INPUT -p tcp -j ACCEPT', drop], dropped), [[0, 1]]);
  t.strictSame(late(['-I INPUT -p udp -j ACCEPT', drop], dropped), [], 'it would not take the packet');
  t.strictSame(late(['-I OUTPUT -p tcp -j ACCEPT', drop], dropped), [], 'another chain');
  t.strictSame(late([accept, '-A INPUT -p tcp -j DROP'], dropped), [], 'it was asked, and did not match');
});

t.test('a named rule comes first, and a rule that answers where an answer is expected', async (t) => {
  const rules = ['-A INPUT -j DROP', '-A INPUT -p tcp -j ACCEPT', '-A INPUT -p tcp --dport 80 -j ACCEPT', '-A INPUT -p tcp -j REJECT'];
  const dropped = [through(at(0, 'drop'))];
  t.strictSame(late(rules, dropped), [
    [1, 0],
    [2, 0],
  ]);
  t.strictSame(late(rules, dropped, { outcome: 'connected', rule: 2 }), [
    [2, 0],
    [1, 0],
  ]);
  t.strictSame(late(rules, dropped, { outcome: 'refused' }), [[3, 0]]);
  t.strictSame(late(rules, dropped, { rule: 3 }), [[3, 0]]);
});

t.test('a rule for answers, behind the one that ended an answer', async (t) => {
  const state = '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT';
  const eaten = [through(at(null, 'accept')), { ...ANSWER, steps: [at(0, 'drop')] }];
  t.strictSame(
    late(['-A INPUT -s 127.0.0.2 -j DROP', '-A INPUT -j ACCEPT', state], eaten),
    [
      [2, 0],
      [1, 0],
    ],
    'the state is surer',
  );
  t.strictSame(late(['-A INPUT -s 127.0.0.2 -j DROP', '-A INPUT -m state --state NEW -j ACCEPT'], eaten), []);
});

t.test('what takes packets out of connection tracking', async (t) => {
  const untracking = (rule: string) => find([rule], [through(at(0, 'continue', 'OUTPUT', 'raw'))]).untracking.map(({ index }) => index);
  t.strictSame(untracking('-t raw -A OUTPUT -j NOTRACK'), [0]);
  t.strictSame(untracking('-t raw -A OUTPUT -j CT --notrack'), [0]);
  t.strictSame(untracking('-t raw -A OUTPUT -j CT --zone 1'), []);
  t.strictSame(find(['-t raw -A OUTPUT -d 127.0.0.9 -j NOTRACK'], [SYN]).untracking, [], 'not met');
});

t.test('rules of nat PREROUTING that the request does not meet', async (t) => {
  const redirect = (more: string) => `-t nat -A PREROUTING ${more} -p tcp --dport 80 -j REDIRECT --to-ports 8080`;
  const lines = (rule: string) => find([rule], [SYN]).twins.map(({ line }) => line);
  t.strictSame(lines(redirect('')), ['-t nat -A OUTPUT -o lo -p tcp -m tcp --dport 80 -j REDIRECT --to-ports 8080']);
  t.strictSame(lines(redirect('-d 127.0.0.3')), []);
  t.strictSame(lines(redirect('-i eth0')), [], 'it is meant for what comes in there');
  const { probe, rules } = parse([redirect('-i wan0'), redirect('! -i lan0'), redirect('')]);
  const outside = (journey: Packet[]) => findNearRules({ ...probe, via: 'lan0' }, rules, [], journey).elsewhere.map(({ asked }) => asked);
  t.strictSame(outside([SYN]), ['-i wan0', '! -i lan0']);
  t.strictSame(
    outside([{ ...SYN, rewrittenTo: { source: SYN.source, destination: '127.0.0.2:8080' } }]),
    [],
    'another rule has rewritten it',
  );
});

t.test('a native rule for answers, in the same chain only', async (t) => {
  const make = (index: number, line: number, text: string): ScenarioRule => ({
    index,
    name: null,
    text,
    file: 'fw.nft',
    line,
    backend: 'nft',
    entries: [],
  });
  const rules = [make(0, 2, 'tcp sport 80 drop'), make(1, 4, 'ct state established,related accept')];
  const native = (text: string, sources = 1): NativeRules => ({
    ...{ file: 'fw.nft', text, openEnds: [], after: 0, unseen: [] },
    sources: Array.from({ length: sources }, () => ({ start: 1, file: 'fw.nft', line: 1 })),
  });
  const { probe } = parse([]);
  const journey = [through(at(null, 'accept')), { ...ANSWER, steps: [at(0, 'drop', 'in', 'fw')] }];
  const kinds = (text: string, sources?: number) =>
    findNearRules(probe, rules, [native(text, sources)], journey).late.map(({ remedy }) => remedy);
  t.strictSame(kinds('a\nb\nc\nd\n'), [{ kind: 'move-line', file: 'fw.nft', line: 4, before: 2 }]);
  t.strictSame(kinds('a\nb\n}\nd\n'), [], 'the chain ends between them');
  t.strictSame(kinds('a\nb\nc\nd\n', 2), [], 'lines of an included file are not in the text');
});
