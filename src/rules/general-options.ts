import type { Table } from '../model/rule.js';
import type { ArgumentReader } from './argument-reader.js';
import { assertFamily } from './assert-family.js';
import { COMMANDS } from './commands.js';
import type { Draft } from './draft.js';
import type { GeneralOption } from './general-option.js';
import { readMatch } from './read-match.js';
import { readTarget } from './read-target.js';
import { RuleError } from './rule-error.js';
import { TABLES } from './rule-names.js';
import { didYouMean } from './suggest-word.js';
import { addressList } from './values/address-list.js';
import { interfaceName } from './values/interface-name.js';
import { protocol } from './values/protocol.js';

const NO_LISTING = 'it belongs to listing rules, not to a rule';

/** Every option that belongs neither to a match nor to a target (iptables(8), PARAMETERS and OTHER OPTIONS). */
export const GENERAL_OPTIONS: GeneralOption[] = [
  ...COMMANDS,
  {
    short: '-t',
    long: ['--table'],
    read: (draft, reader) => {
      draft.table = readTable(reader.value('-t'));
    },
  },
  {
    short: '-s',
    long: ['--source', '--src'],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.sources = addressList(reader.value('-s'), negated, draft.family);
    },
  },
  {
    short: '-d',
    long: ['--destination', '--dst'],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.destinations = addressList(reader.value('-d'), negated, draft.family);
    },
  },
  {
    short: '-i',
    long: ['--in-interface'],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.inInterface = interfaceName(reader.value('-i'), negated);
    },
  },
  {
    short: '-o',
    long: ['--out-interface'],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.outInterface = interfaceName(reader.value('-o'), negated);
    },
  },
  {
    short: '-p',
    long: ['--protocol', '--proto'],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.protocol = protocol(reader.value('-p'), negated, draft.family);
    },
  },
  { short: '-m', long: ['--match'], repeatable: true, read: (draft, reader) => readMatch(draft, reader.value('-m')) },
  { short: '-j', long: ['--jump'], repeatable: true, read: (draft, reader) => readTarget(draft, 'jump', reader.value('-j')) },
  { short: '-g', long: ['--goto'], repeatable: true, read: (draft, reader) => readTarget(draft, 'goto', reader.value('-g')) },
  { short: '-w', long: ['--wait'], repeatable: true, read: skipWait },
  { short: '-4', long: ['--ipv4'], repeatable: true, read: (draft) => assertFamily('-4', { families: ['ipv4'] }, draft.family) },
  { short: '-6', long: ['--ipv6'], repeatable: true, read: (draft) => assertFamily('-6', { families: ['ipv6'] }, draft.family) },
  { short: '-v', long: ['--verbose'], repeatable: true, read: () => undefined },
  { short: '-f', long: ['--fragments', '--fragment'], read: 'fragments are not supported' },
  { short: '-c', long: ['--set-counters'], read: 'counters start from zero' },
  { short: '-M', long: ['--modprobe'], read: 'it runs a program of the machine' },
  { short: '-W', long: ['--wait-interval'], read: 'no lock is waited for' },
  { short: '-n', long: ['--numeric'], read: NO_LISTING },
  { short: '-x', long: ['--exact'], read: NO_LISTING },
  { short: '--line-numbers', long: ['--line-numbers'], read: NO_LISTING },
  { short: '-h', long: ['--help'], read: NO_LISTING },
  { short: '-V', long: ['--version'], read: NO_LISTING },
];

function readTable(text: string): Table {
  const table = TABLES.find((name) => name === text);
  if (table === undefined) {
    throw new RuleError(`unknown table "${text}"${didYouMean(text, TABLES)}: ${TABLES.join(', ')}`);
  }
  return table;
}

/**
 * Skips the number of seconds after -w, which may be a separate argument. -w has no effect; it is accepted because pasted lines have it.
 */
function skipWait(_draft: Draft, reader: ArgumentReader): void {
  if (/^\d+$/.test(reader.peek()?.text ?? '')) {
    reader.next();
  }
}
