import { isDeepStrictEqual } from 'node:util';
import type { RuleSet, Scenario } from '../../model/scenario.js';
import type { ProbeResult } from '../../model/result.js';
import { toNetwork } from '../../predict/network.js';
import { predict } from '../../predict/predict.js';
import { toProbe } from '../../predict/scenario.js';
import { hasNftMemory } from '../../rules/stability/nft-memory.js';
import { listMemories } from '../../rules/stability/rule-traits.js';
import { launchSandbox } from '../../sandbox/launch.js';
import { readForEvaluator } from './rule-sets.js';

/**
 * The probes of a scenario whose answers may depend on those before them, by index: a rule remembers packets (recent, limit), and the
 * evaluator does not say that a first packet gets the same answer. They must be asked again, each in a world of its own.
 */
export async function listDoubtful(scenario: Scenario, results: ProbeResult[], signal: AbortSignal): Promise<number[]> {
  const [phase] = scenario.phases;
  const ruleSet = phase?.ruleSet;
  if (phase === undefined || ruleSet == null || !hasMemory(scenario)) {
    return [];
  }
  const probes = phase.batches.flat();
  if (ruleSet.rules.length > 0 && ruleSet.natives.length > 0) {
    return probes.map(({ index }) => index);
  }
  const [ruleSets, network] = [await read(ruleSet, scenario, signal), toNetwork(scenario)];
  return probes.flatMap((spec, place) => {
    const probe = toProbe(spec, scenario.servers, { user: null, group: null });
    const fate = typeof probe === 'string' ? null : predict({ ruleSets, network, probe, isFresh: true, clock: null });
    const { observed, cause } = results[place] ?? { observed: null, cause: null };
    const isSame = fate?.kind === 'known' && isDeepStrictEqual([fate.outcome, fate.cause], [observed?.outcome, cause]);
    return isSame ? [] : [spec.index];
  });
}

async function read(ruleSet: RuleSet, scenario: Scenario, signal: AbortSignal): ReturnType<typeof readForEvaluator> {
  const sandbox = await launchSandbox({ isAlone: true, signal });
  try {
    return await readForEvaluator({ files: [], ruleSet }, scenario, sandbox.session);
  } finally {
    await sandbox.end();
  }
}

function hasMemory({ phases }: Scenario): boolean {
  return phases.some(
    ({ ruleSet }) =>
      ruleSet !== null &&
      (ruleSet.natives.some(({ text }) => hasNftMemory(text)) ||
        ruleSet.rules.some(({ entries }) =>
          entries.some((entry) => 'rules' in entry && entry.rules.some((rule) => listMemories(rule, '-', new Set()).length > 0)),
        )),
  );
}

/** Scenarios with one probe each of those. */
export function isolate(scenario: Scenario, indices: number[]): Scenario[] {
  return indices.map((index) => ({
    ...scenario,
    phases: scenario.phases.map((phase) => ({
      ...phase,
      batches: phase.batches
        .flat()
        .filter((probe) => probe.index === index)
        .map((probe) => [{ ...probe, index: 0, resultIndex: 0 }]),
    })),
  }));
}
