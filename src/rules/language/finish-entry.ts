import type { Entry, Match, Negatable, Rule, RuleOption, Target } from '../../model/rule.js';
import { RuleError, withKey } from '../errors.js';
import { findOptionOf } from '../extension.js';
import { OTHER_TARGETS } from '../extensions/refused.js';
import { getTarget } from '../extensions/target-table.js';
import { toArguments } from '../rule/print.js';
import { type Draft, type DraftExtension, getExtensions } from './draft.js';
import { assertProtocol } from './read-extension.js';

/** The most matches of a rule. With too many, the kernel has no space for the rule (ENOSPC with 40 conntrack matches). */
const MOST_MATCHES = 16;
/** The most arguments of a rule. iptables-restore reads 255 arguments on a line. */
const MOST_ARGUMENTS = 240;
/** The most rules that an entry may become: two lists of addresses are multiplied. */
const MOST_RULES = 1024;

/**
 * Makes the entry of a draft. Checks what is known only at the end, and expands lists of addresses as iptables does.
 *
 * @throws RuleError for an incomplete or too large rule
 */
export function finishEntry(draft: Draft): Entry {
  const { family, command } = draft;
  if (command === null) {
    throw new RuleError('no command: begin with -A CHAIN, -I CHAIN, -P CHAIN or -N CHAIN');
  }
  const { chain } = command;
  const table = draft.table ?? 'filter';
  if (command.kind === 'policy' || command.kind === 'new-chain') {
    assertBare(draft);
    if (command.kind === 'policy') {
      return { family, table, chain, kind: 'policy', policy: command.policy };
    }
    if (getTarget(command.chain) !== null || OTHER_TARGETS.includes(command.chain)) {
      throw new RuleError(`a chain cannot be called ${command.chain}: that is a target`);
    }
    return { family, table, chain, kind: 'new-chain' };
  }
  for (const extension of getExtensions(draft)) {
    assertComplete(extension);
    assertProtocol(draft, extension);
  }
  const rules = expand(draft);
  if (command.kind === 'append') {
    return { family, table, chain, kind: 'append', rules };
  }
  return { family, table, chain, kind: 'insert', position: command.position, rules };
}

function assertBare({ given, command }: Draft): void {
  const allowed = ['-A', '-I', '-P', '-N', '-t', '-w', '-v', '-4', '-6', ...(command?.kind === 'policy' ? ['-c'] : [])];
  const extra = [...given].find((short) => !allowed.includes(short));
  if (extra !== undefined) {
    throw new RuleError(`${extra} does not go with ${command?.kind === 'policy' ? '-P' : '-N'}`);
  }
}

function assertComplete({ name, row, options, key }: DraftExtension): void {
  if (options.length < row.least) {
    throw new RuleError(`${name} needs ${row.options.length > 1 ? 'one of ' : ''}${row.options.map(({ flag }) => flag).join(', ')}`, key);
  }
}

function expand(draft: Draft): Rule[] {
  const { sources, destinations, inInterface, outInterface, protocol, fragment } = draft;
  if (sources.length * destinations.length > MOST_RULES) {
    throw new RuleError(`the lists of -s and -d make ${sources.length * destinations.length} rules: at most ${MOST_RULES}`);
  }
  if (sources.length * destinations.length > 1 && [...sources, ...destinations].some((address) => address?.negated)) {
    throw new RuleError('! before an address does not go with a list of addresses: iptables refuses it');
  }
  if (draft.matches.length > MOST_MATCHES) {
    throw new RuleError(`${draft.matches.length} matches in one rule: at most ${MOST_MATCHES}`);
  }
  const matches: Match[] = draft.matches.map((match) => ({
    name: match.name,
    options: finishOptions(match, draft),
  }));
  const target = finishTarget(draft);
  const make = (source: Negatable | null, destination: Negatable | null): Rule => {
    return { source, destination, inInterface, outInterface, protocol, fragment, matches, target };
  };
  const first = make(sources[0] ?? null, destinations[0] ?? null);
  const count = toArguments(first).length;
  if (count > MOST_ARGUMENTS) {
    throw new RuleError(`the rule has ${count} arguments: at most ${MOST_ARGUMENTS} fit`);
  }
  const isOne = sources.length === 1 && destinations.length === 1;
  return isOne ? [first] : sources.flatMap((source) => destinations.map((destination) => make(source, destination)));
}

function finishTarget(draft: Draft): Target | null {
  const { target } = draft;
  if (target === null) {
    return null;
  }
  const { how, name, extension } = target;
  return { how, name, options: extension === null ? [] : finishOptions(extension, draft) };
}

/** The options in the order and the spelling of iptables-save. */
function finishOptions(extension: DraftExtension, { protocol, family }: Draft): RuleOption[] {
  const { row, key } = extension;
  if (extension.options.length === 0 && row.complete === undefined && row.assertFits === undefined) {
    return [];
  }
  return withKey(key, () => {
    const simplified = extension.options.map((option) => {
      const simplify = findOptionOf(row, option.flag)?.simplify;
      return simplify === undefined ? option : simplify(option, family);
    });
    const given = simplified.filter((option) => option !== null);
    const options = row.complete?.(given, family) ?? given;
    row.assertFits?.(options, { protocol, family });
    return options.length < 2 ? options : row.options.flatMap(({ flag }) => options.filter((option) => option.flag === flag));
  });
}
