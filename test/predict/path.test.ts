// The path that agrees with an observation, and each packet as it was when a rule was asked about it.
import t from 'tap';
import { findPath } from '../../src/predict/predict.js';
import { makeQuestion } from './question.js';

t.test('of what may become of a probe, the path that agrees', async (t) => {
  const question = makeQuestion([
    '-A INPUT -p tcp --syn -m cpu --cpu 0 -j LOG',
    '-A INPUT -p tcp --syn -m cpu --cpu 1 -j DROP',
    '-A INPUT -j ACCEPT',
  ]);
  for (const [outcome, rules] of [
    ['connected', [2]],
    ['connected', [0, 2]],
    ['timeout', [1]],
    ['timeout', [0, 1]],
  ] as const) {
    const path = findPath(question, (fate) => {
      const met = fate.ways[0]?.steps.flatMap(({ rule }) => rule ?? []);
      return fate.outcome === outcome && JSON.stringify(met) === JSON.stringify(rules);
    });
    t.equal(path?.fate.outcome, outcome, `${outcome} by ${rules.join()}`);
  }
  t.equal(
    findPath(question, ({ outcome }) => outcome === 'refused'),
    null,
  );
});

t.test('too many ways are not searched', async (t) => {
  const rules = Array.from({ length: 10 }, () => '-A INPUT -p tcp --syn -m cpu --cpu 0 -j LOG');
  let trials = 0;
  t.equal(
    findPath(makeQuestion(rules), () => {
      trials++;
      return false;
    }),
    null,
  );
  t.equal(trials, 64);
});

t.test('a packet before each rule, and what the rule then makes of it', async (t) => {
  const rules = [
    '-t mangle -A INPUT -p tcp --syn -j MARK --set-mark 3',
    '-t mangle -A INPUT -p tcp --syn -j MARK --set-mark 5',
    '-A INPUT -p tcp --syn -j DROP',
  ];
  const path = findPath(makeQuestion(rules), () => true);
  const [syn] = path?.fate.ways ?? [];
  const asked = (syn && path?.asked.get(syn.packet)) ?? [];
  t.strictSame(
    asked.map(({ rule, packet, place }) => [rule.entry, packet.mark, place.hook, place.inInterface]),
    [
      [0, 0, 'input', 'lo'],
      [1, 3, 'input', 'lo'],
      [2, 5, 'input', 'lo'],
    ],
  );
});
