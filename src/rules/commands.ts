import { RuleError } from './rule-error.js';
import type { ArgumentReader } from './argument-reader.js';
import type { Command, Draft } from './draft.js';
import type { GeneralOption } from './general-option.js';
import { didYouMean } from './suggest-word.js';
import { chainName } from './values/chain-name.js';

const NOT_EMPTY = "a scenario's rules start from empty chains: leave the rule out instead";
const POLICIES = ['ACCEPT', 'DROP'] as const;

/** The commands of a rule (iptables(8), COMMANDS). */
export const COMMANDS: GeneralOption[] = [
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
  if (/^[1-9]\d{0,8}$/.test(text)) {
    return Number(text);
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
