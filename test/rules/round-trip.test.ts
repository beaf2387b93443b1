import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import t from 'tap';
import type { Entry } from '../../src/model/rule.js';
import { checkRuleSet } from '../../src/rules/check-rule-set.js';
import { isSameRule } from '../../src/rules/is-same-rule.js';
import { layOutChains } from '../../src/rules/lay-out-chains.js';
import { parseRuleText } from '../../src/rules/parse-rule-text.js';
import { parseSave } from '../../src/rules/parse-save.js';
import { printEntry } from '../../src/rules/print-entry.js';
import { printRestore } from '../../src/rules/print-restore.js';
import { printRule } from '../../src/rules/print-rule.js';
import { RuleError } from '../../src/rules/rule-error.js';
import { ruleSet, soup } from './arbitrary-rules.js';
import { type Restored, runRestores } from './run-restores.js';

const BATCH = 40;
const RUNS = 5;

/** What the kernel holds must be what layOutChains says, rule for rule. */
function assertHolds(texts: string[], entries: Entry[], trace: boolean, { status, stderr, saved }: Restored): number {
  const context = `\n${printRestore(entries, trace)}\n${stderr}`;
  if (status !== 0 || stderr !== '') {
    throw new Error(`iptables-nft-restore refuses:${context}`);
  }
  const found = new Map(parseSave(saved).map((chain) => [`${chain.table} ${chain.name}`, chain]));
  const placed = texts.map((text, index) => ({ index, text, entry: entries[index]! }));
  let rules = 0;
  for (const expected of layOutChains(placed, trace)) {
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
    const isExpected = placed.some(({ entry }) => entry.table === chain.table && entry.chain === chain.name) || chain.policy !== null;
    if (!isExpected) {
      throw new Error(`unexpected chain ${chain.name}`);
    }
  }
  return rules;
}

t.test('iptables-nft takes every rule, and gives it back with the same meaning', async (t) => {
  let count = 0;
  const property = fc.property(fc.array(ruleSet, { minLength: BATCH, maxLength: BATCH }), (sets) => {
    const batch = sets.map((texts, index) => {
      const entries = texts.map(parseRuleText);
      const problems = checkRuleSet(entries);
      if (problems.length > 0) {
        throw new Error(JSON.stringify({ problems, texts }));
      }
      for (const entry of entries) {
        const printed = printEntry(entry);
        if (!isDeepStrictEqual(parseRuleText(printed), entry)) {
          throw new Error(`printed as ${printed}: ${JSON.stringify(entry)}`);
        }
      }
      return { texts, entries, trace: index % 2 === 0 };
    });
    const restored = runRestores(batch.map(({ entries, trace }) => printRestore(entries, trace)));
    batch.forEach(({ texts, entries, trace }, index) => (count += assertHolds(texts, entries, trace, restored[index]!)));
  });
  fc.assert(property, { numRuns: RUNS, endOnFailure: true });
  t.ok(count >= 2000, `${count} rules`);
});

t.test('iptables-nft takes whatever the parser takes, however odd', async (t) => {
  let taken = 0;
  const property = fc.property(fc.array(soup, { minLength: 30_000, maxLength: 30_000 }), (texts) => {
    const accepted = texts.flatMap((text) => {
      const entry = tryParse(text);
      return entry !== null && checkRuleSet([entry]).length === 0 ? [{ text, entry }] : [];
    });
    taken = accepted.length;
    const sets = Array.from({ length: Math.ceil(accepted.length / 50) }, (_, index) => accepted.slice(index * 50, index * 50 + 50));
    const restored = runRestores(
      sets.map((set) =>
        printRestore(
          set.map(({ entry }) => entry),
          false,
        ),
      ),
    );
    sets.forEach((set, index) =>
      assertHolds(
        set.map(({ text }) => text),
        set.map(({ entry }) => entry),
        false,
        restored[index]!,
      ),
    );
  });
  fc.assert(property, { numRuns: 1, endOnFailure: true });
  t.ok(taken >= 1000, `${taken} rules taken of 30,000`);
});

function tryParse(text: string): Entry | null {
  try {
    return parseRuleText(text);
  } catch (error) {
    if (error instanceof RuleError) {
      return null;
    }
    throw error;
  }
}
