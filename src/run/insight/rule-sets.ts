import { type GivenRules, readRules as readGiven } from '../../input/drafts/read-rules.js';
import { SpecError, UsageError } from '../../model/errors.js';
import type { Family } from '../../model/rule.js';
import type { RuleSet, Scenario } from '../../model/scenario.js';
import { isForIptables } from '../../plan/parts.js';
import { makePlan } from '../../plan/plan.js';
import type { ReadRuleSet } from '../../predict/chains/rule-set.js';
import type { Json } from '../../predict/native/json.js';
import { readNativeRuleSets } from '../../predict/native/rule-set.js';
import { readRules } from '../../predict/scenario.js';
import type { WorldClient } from '../../sandbox/client.js';

/** One of the rule sets that are compared. */
export interface Side {
  files: GivenRules['files'];
  ruleSet: RuleSet;
}

/** @throws SpecError for a rule set that loopfw does not take */
export function readSide(files: GivenRules['files']): Side {
  const read = readGiven({ rules: [], files });
  if ('diagnostics' in read) {
    throw new SpecError(read.diagnostics, 'the rule set');
  }
  return { files, ruleSet: read.ruleSet };
}

/**
 * Reads the rules for the evaluator. Native rules are known only after the kernel has taken them: it lists them in the world of the scenario.
 */
export async function readForEvaluator({ ruleSet }: Side, scenario: Scenario, session: WorldClient): Promise<Record<Family, ReadRuleSet>> {
  if (isForIptables(ruleSet)) {
    return readRules(ruleSet.rules, 'nft');
  }
  if (ruleSet.rules.length > 0) {
    throw new UsageError('rules for iptables and native rules that judge together are not compared');
  }
  const { world, servers, isDirect, phases } = makePlan(scenario, 'nft', 'proof');
  const planned = phases[0]?.ruleSet;
  if (planned?.kind !== 'nft') {
    throw new UsageError('a rule set without rules');
  }
  const asked = [
    session.request({ type: 'open', world, servers, isDirect }),
    session.request({ type: 'control', probes: [] }),
    session.request({ type: 'apply', ruleSet: planned }),
  ];
  const listing = session.request({ type: 'listing' });
  await Promise.all([...asked, listing, session.request({ type: 'close' })]);
  return readNativeRuleSets(JSON.parse((await listing) ?? '{}') as Json, planned.trace.table);
}
