import { listProbes } from '../input/scenario/probes/list.js';
import { EnvironmentError, SpecError } from '../model/errors.js';
import type { Scenario, ScenarioRule } from '../model/scenario.js';
import { givesUpRoot, isRootless, makeSandboxIdCheck } from '../sandbox/machine/ids.js';
import { nameRule } from '../words/rule-name.js';

/** Whether a client has a user of its own. */
export function hasUsers(scenarios: Scenario[]): boolean {
  return scenarios.some((scenario) => listProbes(scenario).some(({ user }) => user !== null));
}

/**
 * Checks that no client is root where the sandbox gives up root.
 * @throws SpecError for each probe of such a client
 */
export function assertNotRoot(scenarios: Scenario[]): void {
  const probes = scenarios.flatMap((scenario) => listProbes(scenario).map((probe) => ({ file: scenario.file, ...probe })));
  const wrong = probes.filter(({ user }) => user === 0);
  if (wrong.length > 0 && givesUpRoot()) {
    throw new SpecError(
      wrong.map(({ file, position, from }) => ({
        ...{ file, ...position, pointer: null },
        message: `the client ${from} has "user": 0, but where root runs loopfw no socket is root's: write another id, or run loopfw as an ordinary user, who is 0 in the sandbox`,
      })),
    );
  }
}

/** An id that a scenario needs, and what needs it. */
interface AskedId {
  kind: 'uid' | 'gid';
  id: number;
  who: string;
}

/**
 * Checks that the sandbox has all ids that the rules ask for, and those of the clients. The kernel refuses a rule with another id.
 * @param keepsUser whether a sandbox without root has the caller's ids, instead of 0
 * @throws EnvironmentError for the first one
 */
export function assertIdsExist(scenario: Scenario, { keepsUser }: { keepsUser: boolean } = { keepsUser: false }): void {
  const asked = [...listRuleIds(scenario), ...listClientIds(scenario)];
  if (asked.length === 0) {
    return;
  }
  const checks = { uid: makeSandboxIdCheck('uid', keepsUser), gid: makeSandboxIdCheck('gid', keepsUser) };
  const missing = asked.find(({ kind, id }) => !checks[kind](id));
  if (missing !== undefined) {
    const { kind, id, who } = missing;
    const rootless = keepsUser ? "without root it has only the caller's own" : "without root it has only 0, which is the caller's own";
    const reason = isRootless() ? rootless : 'this container does not map it';
    throw new EnvironmentError(`${who} the ${kind === 'uid' ? 'user' : 'group'} id ${id}, which the sandbox does not have: ${reason}`, [
      isRootless() ? 'run loopfw as root' : 'run loopfw as root outside of the container',
    ]);
  }
}

function listClientIds(scenario: Scenario): AskedId[] {
  return listProbes(scenario).flatMap(({ from, user }) =>
    user === null ? [] : [{ kind: 'uid' as const, id: user, who: `the client ${from} has` }],
  );
}

/** The ids of a range are its two ends: the kernel asks for no others. */
function listRuleIds({ phases }: Scenario): AskedId[] {
  const rules = phases.flatMap(({ ruleSet }) => ruleSet?.rules ?? []);
  return rules.flatMap((rule) =>
    listOwnerOptions(rule).flatMap(({ flag, values: [range = ''] }) => {
      const kind = flag === '--uid-owner' ? 'uid' : 'gid';
      return range.split('-').map((id): AskedId => ({ kind, id: Number(id), who: `${nameWithText(rule)} asks for` }));
    }),
  );
}

function listOwnerOptions({ entries }: ScenarioRule) {
  return entries
    .flatMap((entry) => ('rules' in entry ? entry.rules : []))
    .flatMap(({ matches }) => matches.filter(({ name }) => name === 'owner'))
    .flatMap(({ options }) => options.filter(({ flag }) => flag === '--uid-owner' || flag === '--gid-owner'));
}

function nameWithText({ index, name, file, line, text }: ScenarioRule): string {
  return `${nameRule({ index: index ?? 0, name, file, line })} (${text})`;
}
