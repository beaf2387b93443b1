import { didYouMean } from '../../words/suggestion.js';
import { RuleError } from '../errors.js';
import { assertFamily, type Extension, findOptionOf, type OptionRow, type PlainParser } from '../extension.js';
import { getMatch, MATCHES } from '../extensions/match-table.js';
import { assertNotRefusedMatch, assertNotRefusedTarget } from '../extensions/refused.js';
import { getTarget } from '../extensions/target-table.js';
import { getTablesWithChain } from '../tables.js';
import { chainName } from '../values/names.js';
import { showProtocol } from '../values/protocol.js';
import type { ArgumentReader } from './arguments.js';
import type { Draft, DraftExtension } from './draft.js';

/** Other names that iptables has for a match. */
const ALIASES = new Map([
  ['icmpv6', 'icmp6'],
  ['ipv6-icmp', 'icmp6'],
]);

/** Reads the name after -m, and adds the match to `draft.matches`. A merged match (isMerged) is added only once. */
export function readMatch(draft: Draft, given: string): void {
  const name = ALIASES.get(given) ?? given;
  const row = getMatch(name);
  if (row === null) {
    assertNotRefusedMatch(name);
    throw new RuleError(`unknown match "${name}"${didYouMean(name, Object.keys(MATCHES))}`);
  }
  assertFamily(`-m ${name}`, row, draft.family);
  if (row.isMerged && draft.matches.some((match) => match.name === name)) {
    return;
  }
  assertNotMisread(draft, name, row);
  draft.matches.push({ name, row, options: [], key: null });
}

/**
 * Refuses an order of matches that iptables misreads. If two matches have the same option, iptables gives it to the one whose first -m
 * comes later. After `-m mark -m connmark -m mark`, --mark goes to connmark.
 */
function assertNotMisread({ matches }: Draft, name: string, row: Extension): void {
  const first = matches.findIndex((match) => match.name === name);
  const between = first === -1 ? [] : matches.slice(first + 1).filter((match) => match.name !== name);
  for (const other of between) {
    const shared = row.options.find(({ flag }) => findOptionOf(other.row, flag) !== null);
    if (shared !== undefined) {
      throw new RuleError(`put both -m ${name} before -m ${other.name}: iptables would take ${shared.flag} for the latter's`);
    }
  }
}

/** Reads the name after -j or -g: a target, otherwise a user chain. */
export function readTarget(draft: Draft, how: 'jump' | 'goto', name: string): void {
  if (draft.target !== null) {
    throw new RuleError('a rule has one target: -j or -g twice');
  }
  const row = getTarget(name);
  if (row === null) {
    assertNotRefusedTarget(name);
    if (getTablesWithChain(name).length > 0) {
      throw new RuleError(`${name} is a built-in chain: a rule cannot jump there`);
    }
    draft.target = { how, name: chainName(name), extension: null };
    return;
  }
  if (how === 'goto') {
    throw new RuleError(`-g goes to a chain: write -j ${name}`);
  }
  assertFamily(`-j ${name}`, row, draft.family);
  if (row.reserved !== undefined && !draft.allowsReserved) {
    throw new RuleError(row.reserved);
  }
  draft.target = { how, name, extension: { name, row, options: [], key: null } };
}

/**
 * Reads the values of one option of a match or target, in canonical form.
 *
 * @param attached the first value, if it was written as --flag=value
 * @throws RuleError for a wrong value, or an option that the rule may not have
 */
export function readExtensionOption(
  extension: DraftExtension,
  option: OptionRow,
  negated: boolean,
  attached: string | null,
  reader: ArgumentReader,
  { family, protocol }: Pick<Draft, 'family' | 'protocol'>,
): void {
  const { flag } = option;
  if (negated && !option.negatable) {
    throw new RuleError(`${flag} cannot be negated`);
  }
  if (attached !== null && option.values.length === 0) {
    throw new RuleError(`${flag} takes no value`);
  }
  const values: string[] = [];
  for (const parse of option.values) {
    const text = values.length === 0 && attached !== null ? attached : reader.value(flag);
    if (text === '!' && option.negatable) {
      throw new RuleError(`put the ! before ${flag}`);
    }
    values.push(parseValue(flag, text, (value) => parse(value, family, protocol === null || protocol.negated ? null : protocol.value)));
  }
  const meant = option.standsFor ?? { flag, values };
  if (extension.options.some((given) => given.flag === meant.flag)) {
    throw new RuleError(`${meant.flag} is given twice${meant.flag === flag ? '' : ` (${flag} stands for it)`}`);
  }
  extension.options.push({ flag: meant.flag, values: meant.values, negated });
  assertNoAlternative(extension, meant.flag);
  if (extension.options.length > extension.row.most) {
    throw new RuleError(`${extension.options.map((given) => given.flag).join(' and ')} cannot be in one ${extension.name}`);
  }
}

function assertNoAlternative({ name, row, options }: DraftExtension, flag: string): void {
  if (row.alternatives === undefined) {
    return;
  }
  const excluded = row.alternatives.filter((set) => set.includes(flag)).flat();
  const other = options.find((given) => given.flag !== flag && excluded.includes(given.flag));
  if (other !== undefined) {
    throw new RuleError(`${other.flag} and ${flag} cannot be in one ${name}`);
  }
}

function parseValue(flag: string, text: string, parse: PlainParser): string {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RuleError) {
      error.message = `${flag}: ${error.message}`;
    }
    throw error;
  }
}

/** @throws RuleError if a match needs a protocol that -p has not named */
export function assertProtocol({ family, protocol }: Draft, { name, row, key }: DraftExtension, when = ''): void {
  if (row.protocols === undefined || row.needsNoProtocolIn === family) {
    return;
  }
  if (protocol !== null && !protocol.negated && row.protocols.includes(protocol.value)) {
    return;
  }
  throw new RuleError(`-m ${name} needs -p ${row.protocols.map(showProtocol).join(' or -p ')}${when}`, key);
}
