import type { Table } from '../../model/rule.js';
import { didYouMean } from '../../words/suggestion.js';
import { RuleError } from '../errors.js';
import { assertFamily } from '../extension.js';
import { TABLES } from '../tables.js';
import { addressList } from '../values/addresses.js';
import { anyInterface, chainName } from '../values/names.js';
import { readInteger } from '../values/numbers.js';
import { protocol } from '../values/protocol.js';
import type { ArgumentReader } from './arguments.js';
import type { Command, Draft } from './draft.js';
import { readMatch, readTarget } from './read-extension.js';

/** An option of iptables itself (iptables(8)), not of a match or target. */
export interface GeneralOption {
  short: string;
  long: string[];
  negatable?: true;
  /** Whether it may be given more than once. */
  repeatable?: true;
  /** Reads the values of the option. A string is the reason why the option is refused. */
  read: string | ((draft: Draft, reader: ArgumentReader, negated: boolean) => void);
}

const NOT_EMPTY = "a scenario's rules start from empty chains: leave the rule out instead";

const NO_LISTING = 'it belongs to listing rules, not to a rule';
const POLICIES = ['ACCEPT', 'DROP'] as const;

/** The commands of a rule (iptables(8), COMMANDS). */
const COMMANDS: GeneralOption[] = [
  command('-A', ['--append'], (chain) => ({ kind: 'append', chain })),
  command('-I', ['--insert'], (chain, reader) => ({ kind: 'insert', chain, position: readPosition(reader) })),
  command('-P', ['--policy'], (chain, reader) => ({ kind: 'policy', chain, policy: readPolicy(reader) })),
  command('-N', ['--new-chain', '--new'], (chain) => ({ kind: 'new-chain', chain })),
  { short: '-D', long: ['--delete'], read: NOT_EMPTY },
  { short: '-R', long: ['--replace'], read: NOT_EMPTY },
  { short: '-F', long: ['--flush'], read: NOT_EMPTY },
  { short: '-Z', long: ['--zero'], read: NOT_EMPTY },
  { short: '-X', long: ['--delete-chain'], read: NOT_EMPTY },
  { short: '-E', long: ['--rename-chain'], read: NOT_EMPTY },
  { short: '-L', long: ['--list'], read: NOT_EMPTY },
  { short: '-S', long: ['--list-rules'], read: NOT_EMPTY },
  { short: '-C', long: ['--check'], read: NOT_EMPTY },
];

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
      draft.inInterface = anyInterface(reader.value('-i'), negated);
    },
  },
  {
    short: '-o',
    long: ['--out-interface'],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.outInterface = anyInterface(reader.value('-o'), negated);
    },
  },
  {
    short: '-p',
    long: ['--protocol', '--proto'],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.protocol = protocol(reader.value('-p'), negated);
    },
  },
  { short: '-m', long: ['--match'], repeatable: true, read: (draft, reader) => readMatch(draft, reader.value('-m')) },
  { short: '-j', long: ['--jump'], repeatable: true, read: (draft, reader) => readTarget(draft, 'jump', reader.value('-j')) },
  { short: '-g', long: ['--goto'], repeatable: true, read: (draft, reader) => readTarget(draft, 'goto', reader.value('-g')) },
  { short: '-w', long: ['--wait'], repeatable: true, read: skipWait },
  { short: '-4', long: ['--ipv4'], repeatable: true, read: (draft) => assertFamily('-4', { families: ['ipv4'] }, draft.family) },
  { short: '-6', long: ['--ipv6'], repeatable: true, read: (draft) => assertFamily('-6', { families: ['ipv6'] }, draft.family) },
  { short: '-v', long: ['--verbose'], repeatable: true, read: () => undefined },
  { short: '-f', long: ['--fragments', '--fragment'], negatable: true, read: readFragment },
  { short: '-c', long: ['--set-counters'], read: skipCounters },
  { short: '-M', long: ['--modprobe'], read: 'it runs a program of the machine' },
  { short: '-W', long: ['--wait-interval'], read: 'no lock is waited for' },
  { short: '-n', long: ['--numeric'], read: NO_LISTING },
  { short: '-x', long: ['--exact'], read: NO_LISTING },
  { short: '--line-numbers', long: ['--line-numbers'], read: NO_LISTING },
  { short: '-h', long: ['--help'], read: NO_LISTING },
  { short: '-V', long: ['--version'], read: NO_LISTING },
];

function command(short: string, long: string[], make: (chain: string, reader: ArgumentReader) => Command): GeneralOption {
  const read = (draft: Draft, reader: ArgumentReader) => {
    if (draft.command !== null) {
      throw new RuleError(`${short}: a rule has one command, -A, -I, -P or -N`);
    }
    draft.command = make(chainName(reader.value(short)), reader);
  };
  return { short, long, repeatable: true, read };
}

function readPosition(reader: ArgumentReader): number {
  const text = reader.optionalValue();
  if (text === null) {
    return 1;
  }
  const position = readInteger(text);
  if (position !== null && position >= 1n && position < 2n ** 31n) {
    return Number(position);
  }
  throw new RuleError(`"${text}" is not a position: -I CHAIN counts from 1`);
}

function readPolicy(reader: ArgumentReader): (typeof POLICIES)[number] {
  const text = reader.value('-P');
  const policy = POLICIES.find((name) => name === text);
  if (policy === undefined) {
    throw new RuleError(`"${text}" is not a policy${didYouMean(text, POLICIES)}: ACCEPT or DROP`);
  }
  return policy;
}

function readTable(text: string): Table {
  const table = TABLES.find((name) => name === text);
  if (table === undefined) {
    throw new RuleError(`unknown table "${text}"${didYouMean(text, TABLES)}: ${TABLES.join(', ')}`);
  }
  return table;
}

function readFragment(draft: Draft, _reader: ArgumentReader, negated: boolean): void {
  if (draft.family === 'ipv6') {
    throw new RuleError('-f is for IPv4 only: use -m frag');
  }
  draft.fragment = { negated };
}

/** Skips PACKETS BYTES or PACKETS,BYTES after -c. A world's counters start from zero. */
function skipCounters(_draft: Draft, reader: ArgumentReader): void {
  const packets = reader.value('-c');
  const counters = packets.includes(',') ? packets : `${packets},${reader.optionalValue() ?? ''}`;
  if (!/^\d{1,20},\d{1,20}$/.test(counters)) {
    throw new RuleError(`"${counters}" are not counters: write -c PACKETS BYTES`);
  }
}

/**
 * Skips the number of seconds after -w, which may be a separate argument. -w has no effect; it is accepted because pasted lines have it.
 */
function skipWait(_draft: Draft, reader: ArgumentReader): void {
  if (/^\d+$/.test(reader.peek()?.text ?? '')) {
    reader.next();
  }
}
