import type { Entry, Rule } from '../../../model/rule.js';
import type { ProbeSpec, ScenarioRule } from '../../../model/scenario.js';
import { canMeet, toFacts } from '../../../rules/stability/conditions.js';
import { getConditions } from '../../../rules/stability/rule-traits.js';
import { getFamily } from '../../../words/addresses.js';
import { nameScenarioRule } from './as-written.js';
import type { Finder, WarnedScenario } from './finder.js';
import { isBlocked, type JudgedSet, listJudgedSets, toAnswer, toRequest } from './judged-set.js';
import { isOfWorld, listWays } from './places.js';

/** The targets by which chance decides what a client sees. A jump, a mark or NAT by chance shares out packets that all arrive. */
const DECIDING = ['ACCEPT', 'DROP', 'REJECT', 'RETURN'];

/** Finds the rules with which chance decides what a probe sees. */
export const findChanceRules: Finder = (scenario, locate) =>
  listJudgedSets(scenario).flatMap((set) =>
    set.rules.flatMap((rule) => {
      const probability = findProbability(rule);
      const probe = probability === null ? undefined : set.probes.find((each) => canDecide(rule, each) && isOpen(scenario, set, each));
      return probe === undefined
        ? []
        : [
            {
              ...locate({ phase: set.phase, rule }),
              message: `${nameScenarioRule(rule)} decides by chance (--probability ${Number(probability)}), so the probe ${probe.name} may see something else each time: write --mode nth, or leave the outcome open`,
            },
          ];
    }),
  );

/** Whether a packet of a probe may pass a chain of the filter table, and may end there too. */
function isOpen(scenario: WarnedScenario, set: JudgedSet, probe: ProbeSpec): boolean {
  const request = toRequest(probe, '', '', isOfWorld(scenario.world, probe.to.address));
  return listWays(scenario, probe).some(({ hooks, isAnswer }) =>
    hooks.some(({ chain, ...way }) => {
      const ends = set.findEnds('filter', chain, { ...(isAnswer ? toAnswer(request) : request), ...way });
      return !isBlocked(ends) && (ends.policy === 'DROP' || ends.lines.some(({ action }) => action === 'drop' || action === 'reject'));
    }),
  );
}

/** The probability of a rule, if it is neither 0 nor 1. */
function findProbability({ entries }: ScenarioRule): string | null {
  const [first] = entries.flatMap((entry) => (entry.table === 'filter' && 'rules' in entry ? entry.rules : []));
  return DECIDING.includes(first?.target?.name ?? '') ? getProbability(first?.matches ?? []) : null;
}

function getProbability(matches: Rule['matches']): string | null {
  const options = matches.filter(({ name }) => name === 'statistic').flatMap((match) => match.options);
  const value = options.find(({ flag }) => flag === '--probability')?.values[0];
  return value === undefined || Number(value) === 0 || Number(value) === 1 ? null : value;
}

/** Whether the first packet of a probe, or its answer, may meet the rule. */
function canDecide({ entries }: ScenarioRule, probe: ProbeSpec): boolean {
  return probe.use === null && entries.some((entry) => canMeetEntry(entry, probe));
}

function canMeetEntry(entry: Entry, { protocol, from, clientPort, to }: ProbeSpec): boolean {
  const family = getFamily(to.address);
  if (entry.family !== family || !('rules' in entry)) {
    return false;
  }
  const request = { source: from, sourcePort: clientPort, destination: to.address, destinationPort: to.port };
  const answer = { source: to.address, sourcePort: to.port, destination: from, destinationPort: clientPort };
  return entry.rules.some((rule) => {
    const conditions = getConditions({ ...rule, matches: rule.matches.filter(({ name }) => name !== 'statistic') });
    return [request, answer].some((ends) => canMeet(conditions, toFacts({ family, protocol, ...ends }, null)));
  });
}
