import type { Warning, WarningCode } from '../../../model/result.js';
import type { Scenario } from '../../../model/scenario.js';
import type { Place } from '../../json/document.js';
import { getRulesPlace } from '../rules/rules.js';
import { findEmptyRanges, findHostBitRules, findLeftTraces, findRulesWithoutTarget, findUnmetRules } from './as-written.js';
import { findChanceRules } from './chance.js';
import { findEndedData } from './data.js';
import { findDead } from './dead.js';
import { findOpenIPv6 } from './families.js';
import type { Finder, Found, Location, Locator, PlacedRule, WarnedScenario } from './finder.js';
import { findLoRules, findUnknownInterfaces } from './interfaces.js';
import { findCableRules, findLocalnetRules, findNowhereRules, findOffHostRules, findPreroutingRules } from './nat.js';
import { findNeighbourRules } from './neighbours.js';
import { findOwnerRules } from './owner.js';
import { findEstablishedRules, findNotrackRules } from './tracking.js';
import { findUnseen } from './unseen.js';

/** The most warnings of one kind in a scenario. The last of them counts the others. */
const MOST = 20;

/** All warnings that the scenario alone gives. A new one is a row here, a code in both schemas, and a section of docs/warnings.md. */
const FINDERS = {
  'unknown-interface': findUnknownInterfaces,
  'lo-accepts-all': findLoRules,
  'owner-without-user': findOwnerRules,
  'never-matches': findUnmetRules,
  'empty-range': findEmptyRanges,
  'host-bits': findHostBitRules,
  'trace-left-out': findLeftTraces,
  'unseen-table': findUnseen,
  'dead-rule': findDead,
  'no-target': findRulesWithoutTarget,
  statistic: findChanceRules,
  'prerouting-without-output': findPreroutingRules,
  'dnat-nowhere': findNowhereRules,
  'dnat-off-host': findOffHostRules,
  'route-localnet': findLocalnetRules,
  'related-missing': findEstablishedRules,
  'notrack-and-state': findNotrackRules,
  'neighbour-discovery': findNeighbourRules,
  'ipv6-open': findOpenIPv6,
  'same-cable': findCableRules,
} satisfies Record<Exclude<WarningCode, 'connected-says-little'>, Finder>;

/**
 * Finds what makes a scenario suspicious without making it wrong, except what its `ignore` names.
 *
 * @param place the scenario in its file
 */
export function findWarnings(scenario: WarnedScenario, place: Place): Pick<Scenario, 'warnings' | 'saysLittle'> {
  const ignored = place.member('ignore').read<WarningCode[]>() ?? [];
  const codes = (Object.keys(FINDERS) as (keyof typeof FINDERS)[]).filter((code) => !ignored.includes(code));
  const locate: Locator = (placed) => locateRule(placed, place);
  const warnings = codes.flatMap((code) => limit(FINDERS[code](scenario, locate)).map((found) => toWarning(code, found)));
  const ended = ignored.includes('connected-says-little') ? [] : findEndedData(scenario, locate);
  const saysLittle = ended.map(({ probe, ...found }) => ({
    probe,
    rule: `${found.file}:${found.line}:${found.column}`,
    warning: toWarning('connected-says-little', found),
  }));
  return { warnings, saysLittle };
}

function toWarning(code: WarningCode, { message, file, line, column }: Found): Warning {
  return { code, message, file, line, column };
}

/** Leaves out what has been said already, and what is too much. */
function limit(found: Found[]): Found[] {
  const distinct = [...new Map(found.map((each) => [`${each.file}:${each.line}:${each.column}: ${each.message}`, each])).values()];
  const kept = distinct.slice(0, MOST);
  const last = kept.at(-1);
  return last === undefined || distinct.length <= MOST
    ? kept
    : [...kept.slice(0, -1), { ...last, message: `${last.message} (and ${distinct.length - MOST} more of this kind)` }];
}

/** The position of a rule, in the scenario file or in its rule set file. */
function locateRule({ phase, rule }: PlacedRule, scenario: Place): Location {
  if (rule.file !== null && rule.line !== null) {
    return { file: rule.file, line: rule.line, column: 1 };
  }
  const owner = phase === 0 ? scenario : scenario.member('phases').item(phase - 1);
  // Only a line of a rule set file can have no index.
  const { file, position } = getRulesPlace(owner).item(rule.index ?? 0);
  return { file, ...position };
}
