// What a rule set is told to the restore command after others: whatever they left is taken back.
import t from 'tap';
import { RuleSetPlanner } from '../../src/plan/rule-sets.js';
import { TRACE_RULES_ON_LO } from '../../src/rules/chains/own-rules.js';
import { parseRuleText } from '../../src/rules/language/rule-text.js';

function toRules(texts: string[]) {
  return texts.map((text, index) => ({ index, name: null, text, file: null, line: null, entries: [parseRuleText(text)] }));
}

t.test('one rule set after the other', async (t) => {
  const planner = new RuleSetPlanner('nft', ['ipv4'], TRACE_RULES_ON_LO, 2, false);
  const getRestore = (...texts: string[]) =>
    planner
      .plan(toRules(texts))
      .families[0]?.restore.split('\n')
      .filter((line) => line !== '' && line !== 'COMMIT');
  const raw = ['*raw', '-I OUTPUT 1 -j TRACE'];
  t.strictSame(getRestore('-P INPUT DROP', '-N c', '-A c -j DROP', '-t mangle -A OUTPUT -j ACCEPT'), [
    ...raw,
    '*mangle',
    '-A OUTPUT -j ACCEPT',
    '*filter',
    ':INPUT DROP [0:0]',
    ':c - [0:0]',
    '-A c -j DROP',
  ]);
  t.strictSame(
    getRestore('-t nat -A OUTPUT -p tcp -j REDIRECT'),
    [...raw, '*mangle', '*nat', '-A OUTPUT -p tcp -j REDIRECT', '*filter', ':INPUT ACCEPT [0:0]'],
    'an empty table, and a policy taken back',
  );
  t.strictSame(
    getRestore('-P INPUT DROP'),
    [...raw, '*mangle', '*nat', ':OUTPUT ACCEPT [0:0]', '*filter', ':INPUT DROP [0:0]'],
    'nat stays',
  );
  t.strictSame(getRestore(), [...raw, '*mangle', '*nat', ':OUTPUT ACCEPT [0:0]', '*filter', ':INPUT ACCEPT [0:0]']);
  t.strictSame(getRestore(), [...raw, '*mangle', '*nat', ':OUTPUT ACCEPT [0:0]', '*filter'], 'once is enough');
});
