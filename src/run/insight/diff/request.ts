import { type ComparedWorld, DRAFT_BASE, draftComparison } from '../../../input/drafts/compared/comparison.js';
import { getGivenBase, getOwnRules, takeComparison } from '../../../input/drafts/compared/given-world.js';
import type { GivenRules } from '../../../input/drafts/read-rules.js';
import type { ScenarioSource } from '../../../input/load-scenarios.js';
import type { Diff } from '../../../model/insight/diff.js';
import { UsageError } from '../../../model/errors.js';
import type { Family } from '../../../model/rule.js';
import type { ReadRuleSet } from '../../../predict/chains/rule-set.js';
import { launchSandbox } from '../../../sandbox/launch.js';
import { makeScenario, PING_ON_LO } from '../document.js';
import { readForEvaluator, readSide, type Side } from '../rule-sets.js';

/**
 * Two rule sets, and the world in which they are compared; or one rule set, whose families are compared. interfaces: the addresses of interfaces, each with a prefix length, instead of
 * drafted ones. before: null for the rules of the scenario itself.
 */
export type DiffRequest =
  | { kind: 'draft'; before: GivenRules['files']; after: GivenRules['files']; interfaces: Map<string, string[]> }
  | { kind: 'families'; files: GivenRules['files']; interfaces: Map<string, string[]> }
  | { kind: 'scenario'; source: ScenarioSource; before: GivenRules['files'] | null; after: GivenRules['files'] };

/** What is compared, and where. */
export interface Comparison {
  sides: Record<'before' | 'after', Side>;
  compared: ComparedWorld;
  names: Pick<Diff, 'compares' | 'scenario' | 'before' | 'after'>;
}

export function readRequest(request: DiffRequest): Comparison {
  const list = (files: GivenRules['files']) => files.map(({ path }) => path);
  if (request.kind === 'families') {
    const { files, interfaces } = request;
    const side = readSide(files, DRAFT_BASE);
    const compared = draftComparison([side.ruleSet], interfaces, ['ipv4', 'ipv6']);
    const names = { compares: 'families', scenario: null, before: list(files), after: list(files) } as const;
    return { sides: { before: side, after: side }, compared, names };
  }
  const after = list(request.after);
  if (request.kind === 'draft') {
    const sides = { before: readSide(request.before, DRAFT_BASE), after: readSide(request.after, DRAFT_BASE) };
    const compared = draftComparison([sides.before.ruleSet, sides.after.ruleSet], request.interfaces);
    return { sides, compared, names: { compares: 'rule-sets', scenario: null, before: list(request.before), after } };
  }
  const { source, before } = request;
  const base = getGivenBase(source);
  const sides = { before: readSide(before ?? getOwnRules(source), base), after: readSide(request.after, base) };
  const compared = takeComparison(source, [sides.before.ruleSet, sides.after.ruleSet]);
  const names = { compares: 'rule-sets', scenario: source.file, before: before === null ? [source.file] : list(before), after } as const;
  return { sides, compared, names };
}

export async function readBoth(
  sides: Record<'before' | 'after', Side>,
  compared: ComparedWorld,
  signal: AbortSignal,
): Promise<Record<'before' | 'after', Record<Family, ReadRuleSet>>> {
  const sandbox = await launchSandbox({ isAlone: true, signal });
  try {
    const read = async (side: Side) => {
      const scenario = makeScenario(PING_ON_LO, compared, side.rules);
      if (scenario === null) {
        throw new UsageError('no world can have the interfaces that the rules name');
      }
      return readForEvaluator(side, scenario, sandbox.session);
    };
    return { before: await read(sides.before), after: await read(sides.after) };
  } finally {
    await sandbox.end();
  }
}
