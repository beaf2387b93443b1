// What goes over the session: the sandbox is told of a rule set what it needs, and nothing that only the outside has.
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import { makePlan } from '../../src/plan/plan.js';
import { type RequestMessage, toRequestLine } from '../../src/sandbox/wire.js';

t.test('a rule set goes without its rules, and with all else', async (t) => {
  const text = JSON.stringify({
    name: 'two rules',
    rules: ['-A INPUT -s 127.0.0.5 -j DROP', '-A INPUT -m limit --limit 1/s -j ACCEPT'],
    probes: [{ from: '127.0.0.5', to: 'tcp://127.0.0.2:80', expect: 'dropped' }],
  });
  const ruleSet = makePlan(parseScenarios(text, 'literal').scenarios[0]!, 'nft', 'proof').phases[0]!.ruleSet!;
  const line = toRequestLine(3, [{ id: 7, request: { type: 'apply', ruleSet } }]);
  t.match(line, /^3 \[.*\]\n$/);
  const [sent] = JSON.parse(line.slice(2)) as RequestMessage[];
  t.notOk(line.includes('"rule":'));
  const bare = JSON.parse(JSON.stringify(ruleSet, (key, value: unknown) => (key === 'rule' ? undefined : value))) as unknown;
  t.strictSame(sent, { id: 7, request: { type: 'apply', ruleSet: bare } });
});
