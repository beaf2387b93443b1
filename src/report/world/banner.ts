import { makeHarmless } from '../../words/harmless.js';
import { listWords } from '../../words/phrases.js';
import { type Screen, wrap } from '../shared/layout.js';

/** What the banner of a shell says of its world. */
export interface WorldFacts {
  interfaces: { name: string; addresses: string[] }[];
  servers: { name: string; protocol: string; address: string; variable: string }[];
  /** The rules of iptables, and the files of native rules. */
  rules: string[];
  files: string[];
  faults: string[];
  /** Commands of the machine, as far as they are installed. */
  tools: { found: string[]; missing: string[] };
}

/** A longer list of rules is counted instead. */
const MOST_RULES = 8;
const TITLE_WIDTH = 11;
const LOOPBACK = 'lo 127.0.0.1/8, ::1/128';
const COMMANDS = {
  'loopfw probe FROM TO': 'what a client would see, and which rule decides',
  'loopfw rules': 'the rules with their counters',
  'loopfw trace': 'connections as they come, with their packets',
  'loopfw journeys': 'all connections so far',
  'loopfw fault, heal': 'make connections fail, and end that',
};
const COMMAND_WIDTH = 22;

/** What a shell in a world says first: addresses, servers, rules, faults, and the commands that there are. */
export function showBanner(facts: WorldFacts, { paint, columns }: Screen): string {
  const { interfaces, servers, rules, files, faults, tools } = facts;
  const first = servers[0]?.address ?? '127.0.0.1:80';
  const show = (title: string, lines: string[], hanging = 0) =>
    lines.map((line, place) => {
      const start = ' '.repeat(TITLE_WIDTH + hanging);
      const text = line.slice(0, hanging) + wrap(makeHarmless(line.slice(hanging)), start, { columns }).slice(start.length);
      return `${paint.bold((place === 0 ? title : '').padEnd(TITLE_WIDTH))}${text}`;
    });
  const nameWidth = Math.max(0, ...servers.map(({ name }) => name.length));
  return [
    wrap(
      'This shell is in a world of loopfw: a network of its own, which ends with it. You may change its rules, addresses and routes without sudo. Your own network stays as it is, and cannot be reached.',
      '',
      { columns },
    ),
    '',
    ...show('addresses', [LOOPBACK, ...interfaces.map(({ name, addresses }) => `${name} ${addresses.join(', ')}`)]),
    ...show(
      'servers',
      servers.map(({ name, protocol, address, variable }) => `${name.padEnd(nameWidth)}  ${protocol} ${address}  $${variable}`),
    ),
    ...show('rules', [...(rules.length > MOST_RULES ? [`${rules.length}: loopfw rules lists them`] : rules), ...files]),
    ...show('faults', faults),
    ...show(
      'commands',
      Object.entries(COMMANDS).map(([command, does]) => command.padEnd(COMMAND_WIDTH) + does),
      COMMAND_WIDTH,
    ),
    ...show('', [
      `${listWords(tools.found, 'and')} as usual${tools.missing.length === 0 ? '' : ` (not installed: ${tools.missing.join(', ')})`}`,
    ]),
    ...show('try', [`loopfw probe 127.0.0.1 ${first}`]),
    ...show('leave', ['exit, or Ctrl-D']),
    '',
    '',
  ].join('\n');
}
