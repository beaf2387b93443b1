// How --coverage lists the rules that no packet reached.
import t from 'tap';
import type { RuleResult } from '../../../src/model/result.js';
import { reportHuman } from '../../../src/report/human/human.js';
import { readResultFile } from '../../support/result.js';

const base = readResultFile(new URL('../every-status.json', import.meta.url));
const rule: RuleResult = {
  ...{ index: 0, name: null, text: '-A INPUT -j DROP', table: 'filter', chain: 'INPUT', target: 'DROP', phase: null },
  ...{ file: 'a/rules.v4', line: 7, packets: 0, bytes: 0 },
};

function print(rules: Partial<RuleResult>[]): string {
  const scenarios = [{ ...base.scenarios[0]!, rules: rules.map((own, index) => ({ ...rule, index, ...own })) }];
  return reportHuman({ ...base, scenarios }, { color: false, listsCoverage: true });
}

const REST = { why: null, probe: null, adds: null };
const PROBE = { from: 'a', to: 'tcp://127.0.0.1:80', expect: 'dropped' };

t.test('by rule set and chain, with the reason or the probe', (t) => {
  const clients = { a: { address: '10.0.0.1', via: 'eth0' } };
  t.match(
    print([
      { unreached: { ...REST, class: 'never', why: 'rule 3 takes every packet that it would' } },
      { unreached: { ...REST, class: 'unsendable', why: 'it needs a fragment' }, line: 8, name: 'fragments' },
      { packets: 1 },
      { unreached: { ...REST, class: 'missing', probe: PROBE, adds: { clients } }, chain: 'OUTPUT', line: 9 },
      { unreached: { ...REST, class: 'missing', probe: PROBE, adds: { clients } }, chain: 'OUTPUT', line: 10 },
      { unreached: { ...REST, class: 'unknown', why: 'not worked out: the search ends' }, file: null, line: null, phase: 'healed' },
      { phase: 'healed', file: null, line: null },
    ]),
    `rules that no packet reached  one of everything  scenarios/every.json
  a/rules.v4
    filter INPUT
      -A INPUT -j DROP  line 7, rule 0
        can never match: rule 3 takes every packet that it would
      -A INPUT -j DROP  line 8, rule 1 fragments
        no probe reaches it: it needs a fragment
    filter OUTPUT
      -A INPUT -j DROP  line 9, rule 3
        a probe is missing: { "from": "a", "to": "tcp://127.0.0.1:80", "expect": "dropped" }
          "clients": { "a": { "address": "10.0.0.1", "via": "eth0" } }
      -A INPUT -j DROP  line 10, rule 4
        a probe is missing: the same as for rule 3
  phase healed
    filter INPUT
      -A INPUT -j DROP  rule 5
        not worked out: the search ends
      -A INPUT -j DROP  rule 6
        not worked out: run with --coverage

6 rules not reached: 1 can never match, 1 needs what no probe sends, 2 lack a probe, 2 are not explained
`,
  );
  t.end();
});

t.test('nothing is said where every rule was reached, and foreign keys are harmless', (t) => {
  t.notMatch(print([{ packets: 1 }]), 'no packet reached');
  const clients = { 'a\u001b[31m\u202e': { address: '10.0.0.1' } };
  const said = print([{ unreached: { ...REST, class: 'missing', probe: PROBE, adds: { clients } } }]);
  t.notOk(said.includes('\u001b') || said.includes('\u202e'));
  t.match(said, '"clients": { "a');
  t.end();
});
