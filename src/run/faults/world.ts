import { InternalError } from '../../model/errors.js';
import type { Request } from '../../model/message.js';
import type { Scenario, WorldSpec } from '../../model/scenario.js';
import { makePlan } from '../../plan/plan.js';
import { assertAffordable, assertRulesApplicable, listRuns } from '../runs.js';
import { assertIdsExist } from '../users.js';

const LO_ALONE: WorldSpec = { loopback: 'up', interfaces: [], addresses: [], routes: [], ipRules: [], addedRoutes: [], sysctl: {} };

/** A scenario without anything: its world has only lo. */
export function makeLoScenario(): Scenario {
  return {
    ...{
      file: '<command line>',
      line: 1,
      name: 'exec',
      description: null,
      tags: [],
      backends: ['nft'],
      servers: [],
      world: LO_ALONE,
      ipsets: [],
    },
    phases: [{ name: null, ruleSet: { rules: [], natives: [], files: [] }, conntrack: 'keep', batches: [] }],
    ...{ counters: [], warnings: [], saysLittle: [], exercise: null },
  };
}

/**
 * Makes the requests for the world of a scenario: its network, its servers, and the rules of its first phase, on the first of its back ends.
 * Its probes do not run.
 * @throws EnvironmentError where this machine cannot make that world
 */
export function makeWorldRequests(scenario: Scenario): Request[] {
  const [run] = listRuns([scenario], undefined);
  if (run === undefined) {
    throw new InternalError('a scenario without a back end');
  }
  assertRulesApplicable([run]);
  assertAffordable([scenario]);
  assertIdsExist(scenario, { keepsUser: true });
  const { world, servers, ipsets, phases } = makePlan(scenario, run.usual, 'full');
  const ruleSet = phases[0]?.ruleSet ?? null;
  return [
    { type: 'open', world, servers, isSandboxsOwn: true },
    ...(ipsets === '' ? [] : [{ type: 'ipsets', text: ipsets } as const]),
    ...(ruleSet === null ? [] : [{ type: 'apply', ruleSet } as const]),
  ];
}
