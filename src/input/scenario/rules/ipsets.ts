import type { Family, Ipset } from '../../../model/rule.js';
import { RuleError } from '../../../rules/errors.js';
import { detectFormat, isIpsetSave } from '../../../rules/save/file-format.js';
import { IpsetReader } from '../../../rules/ipsets/reader.js';
import type { IpsetWord } from '../../../rules/ipsets/words.js';
import { type ParsedIpsets, parseIpsetSave, splitIpsetWords } from '../../../rules/ipsets/save.js';
import { getFamily } from '../../../words/addresses.js';
import { isObject, type Place } from '../../json/document.js';
import { getRulesetPathProblem, getShownPath, type RulesetFiles, type RulesetText } from '../../ruleset-files.js';

/** The ipsets of a scenario. */
export interface Ipsets {
  sets: Ipset[];
  /** Whether no set is missing because of a mistake in it. */
  isComplete: boolean;
}

/** The files that have been parsed. Many scenarios can use one file of thousands of lines. */
const parsed = new WeakMap<RulesetText, ParsedIpsets>();

/** Reads `ipsets`: a file, or sets by their names. */
export function resolveIpsets(scenario: Place, files: RulesetFiles): Ipsets {
  const place = scenario.member('ipsets');
  const file = place.member('file');
  if (typeof file.value === 'string') {
    for (const [name, own] of place.members()) {
      if (name !== 'file') {
        own.key.complain('"file" excludes other ipsets: the file has all of them');
      }
    }
    return resolveFile(file, file.value, files);
  }
  const reader = new IpsetReader();
  // All sets first: a list names others, in any order.
  const created = place.members().filter(([name, own]) => createSet(name, own, reader));
  for (const [name, own] of created) {
    addElements(name, own, reader);
  }
  return { sets: reader.sets, isComplete: place.isSound };
}

function resolveFile(place: Place, file: string, files: RulesetFiles): Ipsets {
  const problem = getRulesetPathProblem(file);
  const content = files.texts.get(file) ?? { problem: 'the text of this file is not given' };
  if (problem !== null || 'problem' in content) {
    place.complain(problem ?? ('problem' in content ? content.problem : ''));
    return { sets: [], isComplete: false };
  }
  if (!isIpsetSave(content.text) && ['iptables', 'iptables-save'].includes(detectFormat(content.text) ?? '')) {
    place.complain('this is a file of rules, not of ipsets: write "ruleset": { "file": … }');
    return { sets: [], isComplete: false };
  }
  const known = parsed.get(content) ?? parseIpsetSave(content.text);
  parsed.set(content, known);
  for (const { message, ...position } of known.problems) {
    place.problems.addIn(getShownPath(place.file, file), position, message);
  }
  return { sets: known.sets, isComplete: known.problems.length === 0 };
}

/** Reads the type of a set; a list alone is hash:net. The words are those of `ipset create`. Returns whether there is a set. */
function createSet(name: string, place: Place, reader: IpsetReader): boolean {
  const type = place.member('type');
  const text = isObject(place.value) ? (type.read<string>() ?? '') : 'hash:net';
  const family = findFamily(getEntries(place).items());
  return text !== '' && attempt(type.value === undefined ? place : type, () => reader.create(toWords(name, text), 1, family));
}

/** Reads the elements of a set. The words of each are those of `ipset add`. */
function addElements(name: string, place: Place, reader: IpsetReader): void {
  for (const item of getEntries(place).items()) {
    if (reader.isFull || place.problems.isFull) {
      return;
    }
    const text = item.read<string>();
    if (text !== undefined) {
      attempt(item, () => reader.add(toWords(name, text), 1));
    }
  }
}

function getEntries(place: Place): Place {
  return isObject(place.value) ? place.member('entries') : place;
}

function toWords(name: string, text: string): IpsetWord[] {
  return [{ text: name, column: 1, isQuoted: false }, ...splitIpsetWords(text)];
}

/** The family of the first element. */
function findFamily([first]: Place[]): Family {
  // An element with an address begins with it. Where it has none, the family does not count.
  return getFamily((first?.read<string>() ?? '').split(/[ ,]/)[0] ?? '');
}

function attempt(place: Place, read: () => void): boolean {
  try {
    read();
    return true;
  } catch (error) {
    if (!(error instanceof RuleError)) {
      throw error;
    }
    place.complain(error.message);
    return false;
  }
}
