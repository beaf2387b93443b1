import { countNoun, listWords } from '../../../words/phrases.js';
import { type DraftServer, writeClient, writeServer } from '../document.js';
import { printComment, printInline, printMap, printMember } from './json.js';
import { type Cell, type FilledCell, type FilledDraft, listFilled, type MergedRow } from './cells.js';
import { listFindings, listSome } from './findings.js';
import type { NamedClient } from './parties.js';
import type { LeftOut } from './tables.js';
import { makeMarks } from './marks.js';
import { printTable } from './matrix.js';

/** The most names of what is left out, and of clients that see the same. */
const MOST_LEFT_OUT = 12;
const MOST_ALIKE = 20;

/** The text of a scenario file: JSON with comments, and a truth table for each direction. */
export function printDraft(draft: FilledDraft): string {
  const { clients, leftOut, merged } = draft;
  const marks = makeMarks(draft);
  return [
    '{',
    '  // Written by "loopfw init": truth tables of clients and targets. Each cell is what the kernel answered.',
    '  // Change those that should be otherwise. After a change of the rules that is meant: loopfw run --update',
    ...listFindings(draft).flatMap((finding) => printComment(finding)),
    ...printHead(draft),
    ...printMap(
      'clients',
      clients,
      ({ name }) => name,
      writeClient,
      (client) => describeClient(client, merged),
    ),
    ...leftOut.flatMap((each) => printComment(describeLeftOut(each))),
    ...marks.legend.flatMap((line) => `  // ${line}`),
    '  "phases": [',
    listFilled(draft)
      .map(({ table, own }) => printTable(table, own, marks).join('\n'))
      .join(',\n'),
    '  ]',
    '}',
    '',
  ].join('\n');
}

/** The text of a scenario with the cells as single probes, in the order of the tables. Nobody reads it. */
export function printFlat(draft: FilledDraft): string {
  const write = ({ from, to, expect, timeoutMs }: FilledCell) =>
    printInline({ from, to, expect, ...(timeoutMs === null ? {} : { timeoutMs }) });
  return [
    '{',
    ...printHead(draft),
    ...printMap('clients', draft.clients, ({ name }) => name, writeClient),
    '  "probes": [',
    draft.cells.map(write).join(',\n'),
    '  ]',
    '}',
  ].join('\n');
}

/** All that is before the tables: the name, the rules and the world. */
function printHead({ name, schema, files, world, chosen, forwards, servers }: FilledDraft): string[] {
  const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  const keys = Object.entries(world).filter(([, value]) => !isEmpty(value));
  const values = files.map((file) => printInline({ file }));
  return [
    ...(schema === null ? [] : [`  "$schema": ${JSON.stringify(schema)},`]),
    `  "name": ${JSON.stringify(name)},`,
    `  "ruleset": ${values.length === 1 ? (values[0] ?? '') : `[${values.join(', ')}]`},`,
    ...(chosen.length === 0
      ? []
      : [
          `  // No rule names the network of ${listWords(chosen, 'and')}: write the addresses that your host has. The tables name them too.`,
        ]),
    ...keys.flatMap(([key, value]) => [
      ...(key === 'sysctl'
        ? printComment(
            `The world forwards packets between ${listWords(forwards, 'and')}, as a router does. If your host does not, delete this and the tables "from … to …".`,
          )
        : []),
      ...printMember(key, value),
    ]),
    ...printMap('servers', servers, ({ name: own }: DraftServer) => own, writeServer),
  ];
}

/** What a table does not have. */
export function describeLeftOut({ table, clients, alike, targets }: LeftOut): string {
  const list = (words: string[], noun: string, more = '') =>
    words.length === 0 ? [] : [`${countNoun(words.length, noun)}${more} (${listSome(words, MOST_LEFT_OUT)})`];
  const parts = [
    ...list(targets, 'target'),
    ...list(clients, 'client'),
    ...list(alike, 'client', ' of which rules say the same as of one that is there'),
  ];
  return `Left out of "${table}", which would be too long: ${listWords(parts, 'and')}`;
}

/** For whom a row is. */
function describeClient({ name, via, named, isStranger }: NamedClient, merged: Map<string, MergedRow[]>): string | null {
  const rows = merged.get(name) ?? [];
  const own = isStranger ? `everyone who comes in by ${via}` : named.length === 0 ? null : listWords([...new Set(named)], 'and');
  const same = rows.filter((row) => !row.isStranger).map((row) => (row.named.length === 0 ? row.address : listWords(row.named, 'and')));
  const rules = rows.some(({ hasOtherRules }) => hasOtherRules) ? ', partly by other rules' : '';
  const parts = [...(own === null ? [] : [own]), ...(same.length === 0 ? [] : [`the same for ${listSome(same, MOST_ALIKE)}${rules}`])];
  return parts.length === 0 ? null : parts.join('; ');
}

/** Names a question in messages. */
export function nameCell({ from, to }: Cell): string {
  return `${from} → ${to}`;
}
