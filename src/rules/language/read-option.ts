import { RuleError } from '../errors.js';
import { getFlags } from '../extension.js';
import { findImpliedMatch, getMatch } from '../extensions/match-table.js';
import { getTarget } from '../extensions/target-table.js';
import type { Argument, ArgumentReader } from './arguments.js';
import type { Draft } from './draft.js';
import { explainUnknownOption, findAbbreviated, findGeneralOption, findGivenOption } from './find-option.js';
import type { GeneralOption } from './general-options.js';
import { assertProtocol, readExtensionOption, readMatch } from './read-extension.js';

/** Reads one option with its values into the draft. */
export function readOption(draft: Draft, reader: ArgumentReader, first: Argument): void {
  const negated = first.text === '!';
  const text = negated ? reader.value('!') : first.text;
  if (!/^-[^-]|^--[^-]/.test(text)) {
    throw new RuleError(explainStray(text));
  }
  const [, written = text, attached = null] = text.includes('=') ? (/^(--[^=]+)=(.*)$/.exec(text) ?? []) : [];
  const flag = isKnown(draft, written) ? written : (findAbbreviated(draft, written) ?? written);
  const given = findGivenOption(draft, flag);
  const general = given === null ? findGeneralOption(flag) : null;
  if (general !== null) {
    readGeneralOption(draft, reader, general, flag, negated, attached);
    return;
  }
  const found = given ?? loadProtocolMatch(draft, flag) ?? explainUnknownOption(draft, flag);
  if (found.extension.row.wantsProtocolFirst) {
    assertProtocol(draft, found.extension, ' before it');
  }
  readExtensionOption(found.extension, found.option, negated, attached, reader, draft);
  found.extension.key = first.key;
}

/** Word processors and web pages make one long dash of two hyphens. Beginners forget the -j. */
function explainStray(text: string): string {
  if (getTarget(text) !== null) {
    return `stray argument "${text}": write -j ${text}`;
  }
  const [, dashes = '', name = ''] = /^([\u2010-\u2015\u2212-]+)(\w[\w-]*)$/.exec(text) ?? [];
  return /^-*$/.test(dashes)
    ? `stray argument "${text}": expected an option`
    : `"${text}" begins with a dash that is no hyphen: write ${name.length === 1 ? '-' : '--'}${name}`;
}

function readGeneralOption(
  draft: Draft,
  reader: ArgumentReader,
  option: GeneralOption,
  flag: string,
  negated: boolean,
  attached: string | null,
): void {
  const { short, read } = option;
  if (typeof read === 'string') {
    throw new RuleError(`${flag} is refused: ${read}`);
  }
  if (attached !== null && short !== '-w') {
    throw new RuleError(`write "${flag} ${attached}" with a space: iptables does not read = here`);
  }
  if (negated && !option.negatable) {
    throw new RuleError(`${flag} cannot be negated`);
  }
  if (option.negatable && reader.peek()?.text === '!') {
    throw new RuleError(`put the ! before ${flag}`);
  }
  if (draft.given.has(short) && !option.repeatable) {
    throw new RuleError(`${flag} is given twice`);
  }
  draft.given.add(short);
  read(draft, reader, negated);
}

function isKnown(draft: Draft, flag: string): boolean {
  return findGivenOption(draft, flag) !== null || findGeneralOption(flag) !== null;
}

/** Loads the match that has the protocol's name, as iptables does for `-p tcp --dport 80`. */
function loadProtocolMatch(draft: Draft, flag: string): ReturnType<typeof findGivenOption> {
  const { protocol } = draft;
  const name = protocol === null || protocol.negated ? null : findImpliedMatch(protocol.value);
  const row = name === null ? null : getMatch(name);
  if (name === null || row?.options.some((option) => getFlags(option).some((each) => each.startsWith(flag))) !== true) {
    return null;
  }
  readMatch(draft, name);
  return findGivenOption(draft, isKnown(draft, flag) ? flag : (findAbbreviated(draft, flag) ?? flag));
}
