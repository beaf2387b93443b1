import type { Ipset } from '../../model/rule.js';
import { nameCharacter } from '../../words/harmless.js';
import { quote } from '../../words/phrases.js';
import { IpsetReader } from './reader.js';
import { IpsetError, type IpsetWord } from './words.js';

/** The longest line: ipset has a line buffer of 1024 bytes. */
const LONGEST_LINE = 1023;

const WORD = /"(?<quoted>[^"]*)"(?![^ \t])|(?<bare>[^ \t"]+)(?!")/uy;

/** The option of ipset that takes what is there already. It may be anywhere in a line. */
const EXIST = ['-exist', '--exist', '-!'];

/** What neither a person nor loopfw sees as ipset does: controls, and characters that end a line elsewhere. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029]/u;

export interface IpsetProblem {
  line: number;
  column: number;
  message: string;
}

export interface ParsedIpsets {
  sets: Ipset[];
  /** Sorted by line. After one, later lines may be missing. */
  problems: IpsetProblem[];
}

/**
 * Reads a file that `ipset save` has written. Only the commands create and add are read: `ipset restore` would obey every command, and the
 * options of the program, such as `-file`.
 */
export function parseIpsetSave(text: string): ParsedIpsets {
  const reader = new IpsetReader();
  const problems: IpsetProblem[] = [];
  for (const [place, line] of text.split('\n').entries()) {
    try {
      readLine(line, reader);
    } catch (error) {
      if (!(error instanceof IpsetError)) {
        throw error;
      }
      problems.push({ line: place + 1, column: error.column, message: error.message });
    }
    if (reader.isFull) {
      break;
    }
  }
  return { sets: reader.sets, problems };
}

/** Splits words as ipset(8) does, each with its column. Only "…" quotes. @throws IpsetError */
export function splitIpsetWords(line: string): IpsetWord[] {
  const unprintable = UNPRINTABLE.exec(line.replaceAll('\t', ' '));
  if (unprintable !== null) {
    throw new IpsetError(`${nameCharacter(unprintable[0])} cannot be in the line of an ipset`, unprintable.index + 1);
  }
  if (Buffer.byteLength(line) > LONGEST_LINE) {
    throw new IpsetError(`the line has ${Buffer.byteLength(line)} bytes: ipset reads ${LONGEST_LINE}`, 1);
  }
  const words: IpsetWord[] = [];
  for (let index = 0; index < line.length;) {
    if (line[index] === ' ' || line[index] === '\t') {
      index++;
      continue;
    }
    WORD.lastIndex = index;
    const groups = WORD.exec(line)?.groups;
    if (groups === undefined) {
      throw new IpsetError('a quote is within a word, or is not closed: only the whole text of a comment may be in quotes', index + 1);
    }
    words.push({ text: groups['quoted'] ?? groups['bare'] ?? '', column: index + 1, isQuoted: groups['quoted'] !== undefined });
    index = WORD.lastIndex;
  }
  return words;
}

function readLine(line: string, reader: IpsetReader): void {
  if (line.startsWith('#')) {
    return;
  }
  const given = splitIpsetWords(line);
  const [command, ...words] = given.filter(({ text }) => !EXIST.includes(text));
  if (given.length > words.length + 1) {
    reader.allowExisting();
  }
  if (command === undefined) {
    if (given[0] !== undefined) {
      throw new IpsetError(`${quote(given[0].text)} is not a command: a file of ipsets has "create" and "add"`, given[0].column);
    }
    return;
  }
  const end = line.length + 1;
  if (command.text === 'create' && !command.isQuoted) {
    reader.create(words, end);
  } else if (command.text === 'add' && !command.isQuoted) {
    reader.add(words, end);
  } else {
    throw new IpsetError(`${quote(command.text)} is refused: a file of ipsets has the commands "create" and "add" only`, command.column);
  }
}
