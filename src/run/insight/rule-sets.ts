import type { ComparedWorld } from '../../input/drafts/compared/comparison.js';
import { type ComparedRules, type GivenRules, toDocument } from '../../input/drafts/read-rules.js';
import { getShownPath } from '../../input/ruleset-files.js';
import { parseScenarios } from '../../input/scenario/parse.js';
import { InternalError, SpecError, UsageError } from '../../model/errors.js';
import type { Family } from '../../model/rule.js';
import type { RuleSet, Scenario } from '../../model/scenario.js';
import { isForIptables } from '../../plan/parts.js';
import { makePlan } from '../../plan/plan.js';
import type { ReadRuleSet } from '../../predict/chains/rule-set.js';
import type { Json } from '../../predict/native/json.js';
import { type NumberedPolicy, readNativeRuleSets } from '../../predict/native/rule-set.js';
import { readRules } from '../../predict/scenario.js';
import type { WorldClient } from '../../sandbox/client.js';

/** A probe that always can be read. A scenario must have one. */
const ANY_PROBE = { from: '127.0.0.1', to: 'icmp://127.0.0.1', expect: 'connected' };

/** One of the rule sets that are compared. */
export interface Side {
  rules: ComparedRules;
  ruleSet: RuleSet;
  /** Its files with their texts. */
  files: Pick<GivenRules['files'][number], 'path' | 'content'>[];
}

/**
 * Reads a rule set in the world of a scenario, which may have ipsets that rules name.
 * @throws SpecError for a rule set that loopfw does not take
 */
export function readSide(rules: ComparedRules, { world, file, texts }: Pick<ComparedWorld, 'world' | 'file' | 'texts'>): Side {
  const { document, instead } = toDocument(rules);
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify({ ...world, ...document, probes: [ANY_PROBE] }), file, {
    rulesets: texts,
    instead,
  });
  const ruleSet = scenarios[0]?.phases[0]?.ruleSet;
  if (!ruleSet) {
    throw new SpecError(diagnostics, 'the rule set');
  }
  const files = Array.isArray(rules) ? rules : [...texts].map(([path, content]) => ({ path: getShownPath(file, path), content }));
  return { rules, ruleSet, files };
}

/**
 * Reads the rules for the evaluator. Native rules are known only after the kernel has taken them: it lists them in the world of the scenario.
 * @param policy the policy of a native chain that has a number
 */
export async function readForEvaluator(
  { ruleSet }: Pick<Side, 'ruleSet'>,
  scenario: Scenario,
  session: WorldClient,
  policy: NumberedPolicy | null = null,
): Promise<Record<Family, ReadRuleSet>> {
  if (ruleSet.rules.length > 0 && ruleSet.natives.length > 0) {
    throw new UsageError('rules for iptables and native rules that judge together are not compared');
  }
  if (isForIptables(ruleSet)) {
    return readRules(ruleSet.rules, 'nft');
  }
  const { world, servers, isDirect, phases } = makePlan(scenario, 'nft', 'proof');
  const planned = phases[0]?.ruleSet;
  if (!planned || planned.kind === 'iptables') {
    throw new InternalError('native rules that are planned for iptables');
  }
  const asked = [
    session.request({ type: 'open', world, servers, isDirect }),
    session.request({ type: 'control', probes: [] }),
    session.request({ type: 'apply', ruleSet: planned }),
  ];
  const listing = session.request({ type: 'listing' });
  await Promise.all([...asked, listing, session.request({ type: 'close' })]);
  return readNativeRuleSets(JSON.parse((await listing) ?? '{}') as Json, planned.trace.table, policy);
}
