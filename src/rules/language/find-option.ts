import { didYouMean } from '../../words/suggestion.js';
import { RuleError } from '../errors.js';
import { type Extension, findOptionOf, getFlags, type OptionRow } from '../extension.js';
import { MATCHES } from '../extensions/match-table.js';
import { assertNotRefusedOption } from '../extensions/refused.js';
import { TARGETS } from '../extensions/target-table.js';
import { showProtocol } from '../values/protocol.js';
import { type Draft, type DraftExtension, getExtensions } from './draft.js';
import { GENERAL_OPTIONS, type GeneralOption } from './general-options.js';

const GENERAL_FLAGS = GENERAL_OPTIONS.flatMap(({ long }) => long);
const ALL_FLAGS = GENERAL_FLAGS.concat(
  [MATCHES, TARGETS].flatMap((table) => Object.values<Extension>(table).flatMap(({ options }) => options.flatMap(getFlags))),
);

const BY_FLAG = new Map(GENERAL_OPTIONS.flatMap((option) => [option.short, ...option.long].map((flag) => [flag, option] as const)));

export function findGeneralOption(flag: string): GeneralOption | null {
  return BY_FLAG.get(flag) ?? null;
}

/**
 * Finds an option in the target and the matches that the rule has so far. The target gets it first, otherwise the last match that has it,
 * as in iptables.
 */
export function findGivenOption(draft: Draft, flag: string): { extension: DraftExtension; option: OptionRow } | null {
  const found = findIn(draft.target?.extension ?? null, flag);
  for (let place = draft.matches.length - 1; found === null && place >= 0; place--) {
    const own = findIn(draft.matches[place] ?? null, flag);
    if (own !== null) {
      return own;
    }
  }
  return found;
}

function findIn(extension: DraftExtension | null, flag: string): { extension: DraftExtension; option: OptionRow } | null {
  const option = extension === null ? null : findOptionOf(extension.row, flag);
  return extension === null || option === null ? null : { extension, option };
}

/**
 * Finds the name of the option that an abbreviation means, as getopt_long(3) does among the options that iptables knows at this place: any
 * beginning that only one option has. After `-m multiport`, `--dport` is short for `--dports`, even after `-p tcp`.
 *
 * @returns null if no option begins so
 * @throws RuleError if several do
 */
export function findAbbreviated(draft: Draft, flag: string): string | null {
  if (!/^--./.test(flag)) {
    return null;
  }
  const names = GENERAL_FLAGS.concat(getExtensions(draft).flatMap(({ row }) => row.options.flatMap(getFlags)));
  const meant = names.filter((name) => name.startsWith(flag));
  const [first] = meant;
  if (new Set(meant.map((name) => findGivenOption(draft, name)?.option ?? findGeneralOption(name))).size > 1) {
    throw new RuleError(`${flag} is short for ${meant.join(' or ')}: write it in full`);
  }
  return first ?? null;
}

/**
 * Explains an option that loopfw does not know.
 *
 * @throws RuleError always, with the most helpful reason
 */
export function explainUnknownOption(draft: Draft, flag: string): never {
  assertNotRefusedOption(flag);
  if (findOptionOf(MATCHES.tcp, flag) !== null) {
    throw new RuleError(explainPorts(draft, flag));
  }
  const match = Object.entries(MATCHES).find(([, row]) => findOptionOf(row, flag) !== null);
  if (match !== undefined) {
    throw new RuleError(`${flag} belongs to -m ${match[0]}: put that before it`);
  }
  const target = Object.entries(TARGETS).find(([, row]) => findOptionOf(row, flag) !== null);
  if (target !== undefined) {
    throw new RuleError(`${flag} belongs to -j ${target[0]}: put that before it`);
  }
  const [, short, value] = /^(-[A-Za-z])([^-].*)$/.exec(flag) ?? [];
  const general = GENERAL_OPTIONS.find((option) => option.short === short);
  if (typeof general?.read === 'string') {
    throw new RuleError(`${short} is refused: ${general.read}`);
  }
  if (general !== undefined) {
    throw new RuleError(`write "${short} ${value}" with a space: iptables misreads ${flag}`);
  }
  throw new RuleError(`unknown option ${flag}${didYouMean(flag, ALL_FLAGS)}`);
}

function explainPorts({ protocol }: Draft, flag: string): string {
  const ports = MATCHES.multiport.options.find((option) => getFlags(option).includes(`${flag}s`));
  if (protocol === null || protocol.negated) {
    return `${flag} needs -p tcp before it`;
  }
  if (ports === undefined || !MATCHES.multiport.protocols?.includes(protocol.value)) {
    return `${flag} cannot be used with -p ${showProtocol(protocol.value)}`;
  }
  return `${flag} with -p ${showProtocol(protocol.value)} is not supported yet: write -m multiport ${ports.flag}`;
}
