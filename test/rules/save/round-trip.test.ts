import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import type { Backend } from '../../../src/model/result.js';
import type { Entry, Family } from '../../../src/model/rule.js';
import { checkRuleSet } from '../../../src/rules/chains/check.js';
import { layOutChains } from '../../../src/rules/chains/layout.js';
import { type OwnRule, TRACING_ON_INTERFACES } from '../../../src/rules/chains/own-rules.js';
import { MATCHES } from '../../../src/rules/extensions/match-table.js';
import { TARGETS } from '../../../src/rules/extensions/target-table.js';
import { parseRuleText } from '../../../src/rules/language/rule-text.js';
import { printEntry, printRule } from '../../../src/rules/rule/print.js';
import { isSameRule } from '../../../src/rules/rule/same.js';
import { getUnsupported } from '../../../src/rules/rule/traits.js';
import { parseSave } from '../../../src/rules/save/parse-save.js';
import { printRestore } from '../../../src/rules/save/print-restore.js';
import { SEED } from '../../support/seed.js';
import { makeRuleSet } from '../arbitrary/rules.js';
import { soup } from '../arbitrary/soup.js';
import { type Environment, type Restored, runRestores } from './run-restores.js';
import { tryParse } from '../../support/try-parse.js';

const ENVIRONMENTS: Environment[] = [
  { family: 'ipv4', backend: 'nft' },
  { family: 'ipv6', backend: 'nft' },
  { family: 'ipv4', backend: 'legacy' },
  { family: 'ipv6', backend: 'legacy' },
];
const SETS = 50;

/**
 * What the programs say of rules that they take: of conditions that no packet meets, and of a file with names that a rule with numbers does
 * not need.
 */
const HARMLESS =
  /^(?:Warning: never matched protocol: .* use extension match instead\.|Warning: cannot open \/etc\/xtables\/connlabel\.conf: .*|xt_iprange: range .* is reversed and will never match)\n/gm;

interface RuleSet {
  texts: string[];
  entries: Entry[];
  own: OwnRule[];
}

/** What the kernel holds must be what layOutChains says, rule for rule. */
function assertHolds({ texts, entries, own }: RuleSet, { family }: Environment, { status, stderr, saved }: Restored): number {
  const context = `\n${printRestore(entries, family, own)}\n${stderr}`;
  if (status !== 0 || stderr.replace(HARMLESS, '') !== '') {
    throw new Error(`it refuses:${context}`);
  }
  const found = new Map(parseSave(saved, family).map((chain) => [`${chain.table} ${chain.name}`, chain]));
  const placed = entries.map((entry, index) => ({ index, text: texts[index] ?? '', entries: [entry] }));
  let rules = 0;
  for (const expected of layOutChains(placed, family, own)) {
    const name = `${expected.table} ${expected.name}`;
    const chain = found.get(name);
    if (chain === undefined && expected.lines.length === 0 && expected.policy?.verdict === 'ACCEPT') {
      continue;
    }
    if (chain?.policy !== (expected.policy?.verdict ?? null)) {
      throw new Error(`policy of ${name}: ${saved}${context}`);
    }
    if (chain.rules.length !== expected.lines.length) {
      throw new Error(`length of ${name}: ${saved}${context}`);
    }
    expected.lines.forEach(({ rule, text }, index) => {
      const read = chain.rules[index]!.rule;
      if (!isSameRule(rule, read)) {
        throw new Error(
          `${name} ${index}\n  text  ${text}\n  ours  ${printRule(rule)}\n  saved ${printRule(read)}\n${JSON.stringify([rule, read])}`,
        );
      }
      rules += 1;
    });
  }
  for (const chain of found.values()) {
    const isExpected = entries.some(({ table, chain: own }) => table === chain.table && own === chain.name) || chain.policy !== null;
    if (!isExpected) {
      throw new Error(`unexpected chain ${chain.name}`);
    }
  }
  return rules;
}

/** Leaves out rules that have no place where they stand, or that the back end cannot hold. */
function makeSet(texts: string[], { family, backend }: Environment, own: OwnRule[]): RuleSet {
  let kept = texts.map((text) => ({ text, entry: parseRuleText(text) })).filter(({ entry }) => isSupported(entry, family, backend));
  for (;;) {
    const wrong = new Set(checkRuleSet(kept.map(({ entry }) => [entry])).map(({ index }) => index));
    if (wrong.size === 0) {
      return { texts: kept.map(({ text }) => text), entries: kept.map(({ entry }) => entry), own };
    }
    kept = kept.filter((_, index) => !wrong.has(index));
  }
}

function isSupported(entry: Entry, family: Family, backend: Backend): boolean {
  return !('rules' in entry) || entry.rules.every((rule) => getUnsupported(rule, backend) === null);
}

function assertPrintable(entry: Entry): void {
  const printed = printEntry(entry);
  if (!isDeepStrictEqual(parseRuleText(printed), entry)) {
    throw new Error(`printed as ${printed}: ${JSON.stringify(entry)}`);
  }
}

/** How often each match and target went around, in all environments together. */
const seen = new Map<string, number>();

for (const environment of ENVIRONMENTS) {
  const { family, backend } = environment;
  t.test(`${backend} takes every rule of ${family}, and gives it back with the same meaning`, async (t) => {
    let count = 0;
    const property = fc.property(fc.array(makeRuleSet(family), { minLength: SETS, maxLength: SETS }), (all) => {
      const sets = all.map((texts, index) => makeSet(texts, environment, index % 2 === 0 ? TRACING_ON_INTERFACES : []));
      sets.flatMap(({ entries }) => entries).forEach(assertPrintable);
      const restored = runRestores(
        sets.map(({ entries, own }) => printRestore(entries, family, own)),
        environment,
      );
      sets.forEach((set, index) => (count += assertHolds(set, environment, restored[index]!)));
      for (const name of sets.flatMap(({ entries }) => entries.flatMap(getNames))) {
        seen.set(name, (seen.get(name) ?? 0) + 1);
      }
    });
    fc.assert(property, { numRuns: 1, endOnFailure: true, ...SEED });
    t.comment(`${backend} ${family}: ${count} rules`);
  });
}

t.test('no match and no target was left out', async (t) => {
  const names = [...Object.keys(MATCHES), ...Object.keys(TARGETS)].filter((name) => name !== 'TRACE');
  const rare = names.map((name) => [name, seen.get(name) ?? 0] as const).sort((a, b) => a[1] - b[1]);
  t.strictSame(
    rare.filter(([, times]) => times === 0),
    [],
  );
  t.comment(`the rarest: ${rare.slice(0, 5).join(' ')}`);
});

function getNames(entry: Entry): string[] {
  return 'rules' in entry ? entry.rules.flatMap(({ matches, target }) => [...matches.map(({ name }) => name), target?.name ?? '']) : [];
}

t.test('iptables-nft takes whatever the parser takes, however odd', async (t) => {
  const taken = new Set<string>();
  const environment: Environment = { family: 'ipv4', backend: 'nft' };
  const property = fc.property(fc.array(soup, { minLength: 20_000, maxLength: 20_000 }), (texts) => {
    const accepted = texts.flatMap((text) => {
      const entry = tryParse(text);
      return entry !== null && checkRuleSet([[entry]]).length === 0 ? [{ text, entry }] : [];
    });
    accepted.flatMap(({ entry }) => getNames(entry)).forEach((name) => taken.add(name));
    const sets = Array.from({ length: Math.ceil(accepted.length / 50) }, (_, index) => {
      const part = accepted.slice(index * 50, index * 50 + 50);
      return { texts: part.map(({ text }) => text), entries: part.map(({ entry }) => entry), own: [] };
    });
    const restored = runRestores(
      sets.map(({ entries }) => printRestore(entries, 'ipv4', [])),
      environment,
    );
    sets.forEach((set, index) => assertHolds(set, environment, restored[index]!));
  });
  fc.assert(property, { numRuns: 1, endOnFailure: true, ...SEED });
  t.strictSame(
    ['comment', 'conntrack', 'tcp', 'REJECT'].filter((name) => !taken.has(name)),
    [],
    'some of it makes sense',
  );
});
