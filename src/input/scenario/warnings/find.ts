import type { Warning, WarningCode } from '../../../model/result.js';
import type { Place } from '../../json/document.js';
import { findHostBitRules, findLeftTraces, findUnmetRules } from './as-written.js';
import type { Finder, Location, PlacedRule, WarnedScenario } from './finder.js';
import { findLoRules, findUnknownInterfaces } from './interfaces.js';
import { findOwnerRules } from './owner.js';
import { findUnseen } from './unseen.js';

/** All warnings. A new one is a row here, and a code in both schemas. */
const FINDERS = {
  'unknown-interface': findUnknownInterfaces,
  'accepts-all-of-lo': findLoRules,
  'owner-without-user': findOwnerRules,
  'never-matches': findUnmetRules,
  'host-bits': findHostBitRules,
  'trace-left-out': findLeftTraces,
  'unseen-table': findUnseen,
} satisfies Record<WarningCode, Finder>;

/**
 * Finds what makes a scenario suspicious without making it wrong, except what its `ignore` names.
 *
 * @param place the scenario in its file
 */
export function findWarnings(scenario: WarnedScenario, place: Place): Warning[] {
  const ignored = place.member('ignore').read<WarningCode[]>() ?? [];
  const codes = (Object.keys(FINDERS) as WarningCode[]).filter((code) => !ignored.includes(code));
  const locate = (placed: PlacedRule) => locateRule(placed, place);
  return codes.flatMap((code) =>
    FINDERS[code](scenario, locate).map(({ message, file, line, column }) => ({ code, message, file, line, column })),
  );
}

/** The position of a rule, in the scenario file or in its rule set file. */
function locateRule({ phase, rule }: PlacedRule, scenario: Place): Location {
  if (rule.file !== null && rule.line !== null) {
    return { file: rule.file, line: rule.line, column: 1 };
  }
  const owner = phase === 0 ? scenario : scenario.member('phases').item(phase - 1);
  // Only a line of a rule set file can have no index.
  const { file, position } = owner.member('rules').item(rule.index ?? 0);
  return { file, ...position };
}
