import type { Change, ChangeClass, ComparedFate, ComparedPacket, Diff, FileLine } from '../../model/insight/diff.js';
import type { DecidingRule } from '../../model/result.js';
import { printEndpoint } from '../../words/addresses.js';
import { makeHarmless } from '../../words/harmless.js';
import { countNoun, listWords } from '../../words/phrases.js';
import { getBaseName } from '../../words/rule-name.js';
import { pad, type Screen, wrap } from '../shared/layout.js';

/** The words for what is compared: the titles of the classes, and of the two sides. */
export interface Words {
  titles: Record<ChangeClass, string>;
  header: string[];
  sides: Record<'before' | 'after', string>;
}

const WORDS: Record<Diff['compares'], Words> = {
  'rule-sets': {
    titles: {
      'access-gained': 'access gained',
      'access-lost': 'access lost',
      other: 'otherwise changed',
      rule: 'decided by another rule',
    },
    header: ['from', 'to', 'before', 'after'],
    sides: { before: 'before', after: 'after' },
  },
  families: {
    titles: {
      'access-gained': 'open for IPv6, not for IPv4',
      'access-lost': 'open for IPv4, not for IPv6',
      other: 'otherwise different',
      rule: 'decided by another rule',
    },
    header: ['from', 'to', 'IPv4', 'IPv6'],
    sides: { before: 'IPv4', after: 'IPv6' },
  },
};
export const CLASSES: ChangeClass[] = ['access-gained', 'access-lost', 'other', 'rule'];
const GAP = '  ';

/** The report of `loopfw diff` for people: a table of what has changed, and what was not compared. */
export function reportDiff(diff: Diff, { paint, columns }: Screen): string {
  const { titles, header } = getWords(diff);
  const rows = fold(diff.changes).map((change) => ({ change, cells: toCells(change) }));
  const widths = header.map((title, place) => Math.max(title.length, ...rows.map(({ cells }) => (cells[place] ?? '').length)));
  const say = (text: string, indent = '') => wrap(makeHarmless(text), indent, { columns }, `${indent}  `);
  const line = (cells: string[]) =>
    `  ${cells.map((cell, place) => (place === cells.length - 1 ? cell : pad(cell, widths[place] ?? 0))).join(GAP)}`;
  const isTable = columns === null || widths.reduce((sum, width) => sum + GAP.length + width, 0) <= columns;
  const label = Math.max(...header.map(({ length }) => length));
  // A table that is too wide has a line for each cell instead.
  const printRow = ({ change, cells }: (typeof rows)[number], place: number): string[] => [
    ...(isTable
      ? [line(cells)]
      : [...(place === 0 ? [] : ['']), ...cells.map((cell, at) => say(`${pad(header[at] ?? '', label)}${GAP}${cell}`, GAP))]),
    ...listRules(change).map((text) => paint.dim(say(text, '    '))),
  ];
  const table = CLASSES.flatMap((name) => {
    const own = rows.filter(({ change }) => change.class === name);
    return own.length === 0 ? [] : [paint.bold(titles[name]), ...(isTable ? [paint.dim(line(header))] : []), ...own.flatMap(printRow), ''];
  });
  return [...table, ...summarize(diff).map((text) => say(text)), ''].join('\n');
}

export function getWords({ compares }: Pick<Diff, 'compares'>): Words {
  return WORDS[compares];
}

/** The report in one line. */
export function getHeadline(diff: Diff): string {
  const { length } = fold(diff.changes);
  return length === 0 ? 'no packet is treated otherwise' : `${countNoun(length, 'difference')}, seen on the kernel`;
}

/** A closed port that changes as the open one does, by the same rules, needs no line of its own, whichever clients ask. */
export function fold(changes: Change[]): Change[] {
  const key = ({ class: own, packet, before, after }: Change) => {
    const { protocol, inInterface, to, port, outInterface } = packet;
    return JSON.stringify([own, protocol, inInterface, to, port, outInterface, before.rule, after.rule]);
  };
  const open = new Set(changes.filter(({ packet }) => packet.listens).map(key));
  return changes.filter((change) => change.packet.listens || !open.has(key(change)));
}

/** A row of the table. */
export function toCells({ packet, packetAfter, before, after }: Change): string[] {
  const packets = [packet, ...(packetAfter === null ? [] : [packetAfter])];
  const show = (each: (packet: ComparedPacket) => string) => [...new Set(packets.map(each))].join(' · ');
  return [show(showFrom), show(showTo), showFate(before), showFate(after)].map(makeHarmless);
}

/** `203.0.113.9 eth0`, `127.0.0.1:53` */
function showFrom({ from, inInterface, clientPort }: ComparedPacket): string {
  return `${clientPort === null ? from : printEndpoint(from, clientPort)}${inInterface === null ? '' : ` ${inInterface}`}`;
}

/** `192.0.2.10:22/tcp`, `192.0.2.10 icmp`; a port on which no server listens is closed */
function showTo({ to, port, protocol, listens, outInterface }: ComparedPacket): string {
  const end = port === null ? `${to} ${protocol}` : `${printEndpoint(to, port)}/${protocol}${listens ? '' : ' closed'}`;
  return `${end}${outInterface === null ? '' : ` ${outInterface}`}`;
}

/** `connected by rules.v4:34`, `dropped by -P INPUT DROP` */
function showFate({ outcome, cause, icmp, rewrittenTo, rule }: ComparedFate): string {
  const word = cause === null || cause === 'service' || cause === 'no-listener' ? outcome : cause;
  const with_ = icmp === null ? '' : ` (${icmp})`;
  const to = rewrittenTo === null ? '' : ` as ${rewrittenTo.source} → ${rewrittenTo.destination}`;
  return `${word}${with_}${to}${rule === null ? '' : ` by ${nameRule(rule)}`}`;
}

/** A policy has no line. */
function nameRule({ file, line, text, chain, isPolicy }: DecidingRule): string {
  if (isPolicy) {
    return `the policy of ${chain}`;
  }
  return file === null ? text : `${getBaseName(file)}${line === null ? '' : `:${line}`}`;
}

function listRules({ before, after, packets }: Change): string[] {
  const named = [before.rule, after.rule].flatMap((rule) =>
    rule === null || rule.file === null ? [] : [`${nameRule(rule)}${GAP}${rule.text}`],
  );
  return [...new Set(named), ...(packets > 1 ? [`${countNoun(packets, 'compared packet')} of this kind`] : [])];
}

/** What was compared, and what was not. */
export function summarize(diff: Diff): string[] {
  const { sides } = getWords(diff);
  const { changes, kinds, proved, packets, ofPackets, durationMs, disagreements, notCompared, lost } = diff;
  const share = ofPackets === null ? '' : ` of ${ofPackets.toLocaleString('en')}`;
  const folded = changes.length - fold(changes).length;
  const seconds = `${(durationMs / 1000).toFixed(1)} s`;
  const compared = `${packets.toLocaleString('en')}${share} packets compared, ${proved} proved on the kernel, ${seconds}`;
  return [
    `${changes.length} of ${kinds} kinds of packets ${diff.compares === 'families' ? 'differ' : 'changed'} (${compared})`,
    ...(folded === 0
      ? []
      : [`not shown: ${countNoun(folded, 'kind')} of closed ports, which ${folded === 1 ? 'changes' : 'change'} as the open ones do`]),
    ...(proved === kinds ? [] : [`not compared: ${countNoun(kinds - proved, 'kind')} of which the kernel showed nothing sure`]),
    ...listHistory(notCompared.history, sides),
    'not compared: rates, time, packets after the first, protocols other than TCP, UDP and ping',
    ...notCompared.unknown.map(
      ({ why, packets: count }) =>
        `not compared, except one of each kind: ${countNoun(count, 'packet')} that ${count === 1 ? 'depends' : 'depend'} on ${why}`,
    ),
    ...lost.map(({ file, line, text }) => `lost in translation? ${file}:${line} stands as a comment: ${text}`),
    ...disagreements.map(
      ({ packet, side, evaluator, kernel }) =>
        `a mistake of loopfw's evaluator, ${sides[side]}: ${showFrom(packet)} → ${showTo(packet)}: it says ${evaluator}, the kernel ${kernel}`,
    ),
  ];
}

/** The rules that remember: once, if both sides have the same ones. */
function listHistory({ before, after }: Diff['notCompared']['history'], sides: Words['sides']): string[] {
  const texts = (lines: FileLine[]) => JSON.stringify(lines.map(({ text }) => text));
  const say = (side: string, lines: FileLine[]) =>
    lines.length === 0 ? [] : [`not compared: what these rules do after earlier packets (${side}): ${listLines(lines)}`];
  return texts(before) === texts(after)
    ? say(`${sides.before} and ${sides.after}`, before)
    : [...say(sides.before, before), ...say(sides.after, after)];
}

function listLines(lines: FileLine[]): string {
  return listWords(
    lines.map(({ file, line, text }) => (line === null ? text : `${getBaseName(file)}:${line}`)),
    'and',
  );
}
