import { countNoun, listWords } from '../../words/phrases.js';
import { type DraftClient, type DraftServer, writeClient, writeServer } from './document.js';
import type { DraftProbe, DraftScenario } from './scenario.js';

const LONGEST_COMMENT = 120;
const COMMENT_COLUMNS = 100;

/** A probe with what the kernel answered. */
export interface FilledProbe extends DraftProbe {
  expect: string;
  /** null: the default. */
  timeoutMs: number | null;
  /** What decided it, in words; null if nothing is known. */
  comment: string | null;
}

/** A draft whose probes have expectations. */
export interface FilledDraft extends Omit<DraftScenario, 'probes'> {
  name: string;
  /** The path of the schema, as the scenario file names it; null: it names none. */
  schema: string | null;
  /** The rule set files, as the scenario file names them. */
  files: string[];
  probes: FilledProbe[];
}

/** The text of a scenario file: JSON with comments. */
export function printDraft(draft: FilledDraft): string {
  const { name, schema, files, world, chosen, clients, servers, probes, leftOut } = draft;
  const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  const choice =
    chosen.length === 0
      ? []
      : [
          `  // No rule names the network of ${listWords(chosen, 'and')}: write the addresses that your host has. The probes name them too.`,
        ];
  const keys = Object.entries(world).filter(([, value]) => !isEmpty(value));
  return [
    '{',
    '  // Written by "loopfw init". Each "expect" is what the kernel answered: change those that should be otherwise.',
    ...listOpen(draft).flatMap(printComment),
    ...(schema === null ? [] : [`  "$schema": ${JSON.stringify(schema)},`]),
    `  "name": ${JSON.stringify(name)},`,
    `  "ruleset": ${printRulesets(files)},`,
    ...choice,
    ...keys.flatMap(([key, value]) => printMember(key, value)),
    ...printMap('servers', servers, ({ name: own }) => own, writeServer),
    ...printMap('clients', clients, ({ name: own }) => own, writeClient),
    ...(leftOut === 0 ? [] : [`  // ${countNoun(leftOut, 'further probe')} left out.`]),
    '  "probes": [',
    ...probes.map((probe, place) => printProbe(probe, place === probes.length - 1)),
    '  ]',
    '}',
    '',
  ].join('\n');
}

/** What is open to everyone, as the kernel answered: a text for each interface by which clients come in. */
function listOpen({ clients, servers, probes, strangers }: FilledDraft): string[] {
  const open = new Map<string, string[]>();
  for (const { from, to, expect } of probes) {
    const via = strangers.includes(from) ? clients.find(({ name }) => name === from)?.via : null;
    const server = servers.find(({ name }) => name === to);
    if (via != null && server !== undefined && expect === 'connected') {
      open.set(via, [...(open.get(via) ?? []), `${server.name} (${server.port}/${server.protocol})`]);
    }
  }
  return [...open].map(([via, services]) => `Open to everyone who comes in by ${via}: ${services.join(', ')}`);
}

/** A comment in lines that fit a terminal. */
function printComment(text: string): string[] {
  const lines: string[] = [];
  for (const word of cut(text, Infinity).split(' ')) {
    const line = lines.at(-1);
    if (line === undefined || line.length + word.length >= COMMENT_COLUMNS) {
      lines.push(`  //${lines.length === 0 ? '' : '  '} ${word}`);
    } else {
      lines[lines.length - 1] = `${line} ${word}`;
    }
  }
  return lines;
}

function printRulesets(files: string[]): string {
  const values = files.map((file) => printInline({ file }));
  return values.length === 1 ? (values[0] ?? '') : `[${values.join(', ')}]`;
}

/** A key of the world. An object with objects in it has a line for each. */
function printMember(key: string, value: unknown): string[] {
  const members = typeof value === 'object' && value !== null && !Array.isArray(value) ? Object.entries(value) : [];
  return members.some(([, each]) => typeof each === 'object')
    ? printMap(
        key,
        members,
        ([name]) => name,
        ([, each]) => each as unknown,
      )
    : [`  "${key}": ${printInline(value)},`];
}

function printMap<Item extends DraftClient | DraftServer | [string, unknown]>(
  key: string,
  items: Item[],
  getName: (item: Item) => string,
  write: (item: Item) => unknown,
): string[] {
  const lines = items.map((item) => `    ${JSON.stringify(getName(item))}: ${printInline(write(item))}`);
  return lines.length === 0 ? [] : [`  "${key}": {`, lines.join(',\n'), '  },'];
}

function printProbe({ from, to, expect, timeoutMs, comment }: FilledProbe, isLast: boolean): string {
  const value = printInline({ from, to, ...(timeoutMs === null ? {} : { timeoutMs }), expect });
  return `    ${value}${isLast ? '' : ','}${comment === null ? '' : ` // ${cut(comment)}`}`;
}

/** Removes what would end a comment. */
function cut(comment: string, longest = LONGEST_COMMENT): string {
  const line = comment.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, ' ');
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** JSON on one line, with blanks as in a scenario. */
function printInline(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(printInline).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    return `{ ${Object.entries(value)
      .map(([key, each]) => `${JSON.stringify(key)}: ${printInline(each)}`)
      .join(', ')} }`;
  }
  return JSON.stringify(value);
}
