import type { Packet, ProbeResult, RuleResult, Step } from '../../model/result.js';
import { findRule, gatherRepeats, nameRuleAt, type Repeated } from '../shared/journey.js';
import { measure, pad, type Screen, wrap } from '../shared/layout.js';

/** More packets are only counted. */
const MOST_LANES = 4;
const ARROW = ' ━━▶ ';
const INDENT = '  ';
const LOST = 'routing ✖ ━━ ';
const GAP = '  ';
/** The texts of rules do not begin further to the right, however long the name of the client is. */
const LATEST_TEXT = 16;

/** A packet on its way, hook by hook. */
interface Lane {
  packet: Repeated;
  /** The hooks in which it was seen. */
  stops: string[];
  from: string;
  to: string;
}

/** What a lane is drawn with. */
interface Picture {
  lines: string[];
  /** The column where the texts of its rules begin. */
  text: number;
}

/**
 * Draws the packets of a probe that tell its story: the first one, those that ended, what refused them, and the first answer. A request goes
 * from left to right, its answer below it from right to left.
 *
 * @param rules the rule set that applied
 */
export function drawJourney(probe: ProbeResult, rules: RuleResult[], indent: string, screen: Screen, isWhole: boolean): string[] {
  const { shown, left } = selectPackets(probe.journey, isWhole);
  const lanes = shown.map((packet) => makeLane(packet, probe));
  const told = new Set<number>();
  const lines: string[] = [];
  for (let place = 0; place < lanes.length; place++) {
    const lane = lanes[place] as Lane;
    const next = lanes[place + 1];
    const pair = next === undefined ? null : drawPair(lane, next, isAnswer(next, lane, probe.journey), indent, screen);
    if (pair === null || next === undefined) {
      lines.push(...showLane(lane, drawAlone(lane, indent, screen), rules, told, indent, screen));
    } else {
      lines.push(...showLane(lane, pair.request, rules, told, indent, screen));
      lines.push(...showLane(next, pair.answer, rules, told, indent, screen));
      place += 1;
    }
  }
  const { dim } = screen.paint;
  return left === 0 ? lines : [...lines, `${indent}${dim(`and ${left} more packet${left === 1 ? '' : 's'}: --verbose draws all`)}`];
}

/** The packets that are drawn, in their order, and how many are not. */
function selectPackets(journey: Packet[], isWhole: boolean): { shown: Repeated[]; left: number } {
  const packets = gatherRepeats(journey).filter((packet, place) => isWhole || place === 0 || !isPassingAck(packet));
  if (isWhole || packets.length <= MOST_LANES) {
    return { shown: packets, left: 0 };
  }
  const isEnded = ({ fate }: Packet) => fate === 'ended' || fate === 'lost';
  const isCaused = ({ causedBy }: Packet) => causedBy !== null && journey[causedBy] !== undefined && isEnded(journey[causedBy]);
  const wanted = [
    ...packets.slice(0, 1),
    ...packets.filter(isEnded),
    ...packets.filter(isCaused),
    ...packets.filter(({ direction }) => direction === 'answer').slice(0, 1),
  ];
  const chosen = new Set([...new Set(wanted)].slice(0, MOST_LANES));
  return { shown: packets.filter((packet) => chosen.has(packet)), left: packets.length - chosen.size };
}

/** An ACK that no rule ended, and whose arrival no chain saw: it says nothing. */
function isPassingAck({ kind, fate }: Packet): boolean {
  return kind === 'ack' && fate === 'unknown';
}

function makeLane(packet: Repeated, { client, server, from, to }: ProbeResult): Lane {
  const names = { client: client ?? from, server: server ?? to, firewall: 'firewall' };
  const hooks = packet.steps.map(({ hook }) => hook.toUpperCase());
  return {
    packet,
    stops: hooks.filter((hook, place) => hook !== hooks[place - 1]),
    from: names[packet.sender],
    to: packet.direction === 'request' ? names.server : names.client,
  };
}

/** Whether a packet answers that of another lane: it may answer a retransmission of it. */
function isAnswer({ packet: { causedBy } }: Lane, { packet }: Lane, journey: Packet[]): boolean {
  const cause = causedBy === null ? undefined : journey[causedBy];
  return cause !== undefined && cause.packet === packet.packet;
}

/** The packet, its picture, and the rules that did something with it. */
function showLane(
  { packet }: Lane,
  { lines, text }: Picture,
  rules: RuleResult[],
  told: Set<number>,
  indent: string,
  screen: Screen,
): string[] {
  const { conntrack, times } = packet;
  const remarks = [...(conntrack === null ? [] : [` (ct state ${conntrack})`]), ...(times === 1 ? [] : [` (${times} times)`])];
  const label = `${indent}${packet.direction.padEnd('request'.length)}${GAP}`;
  const start = ' '.repeat(indent.length + Math.min(text, LATEST_TEXT));
  const pictures = lines.map((line) => indent + INDENT + paintPicture(line, screen));
  const deeds = listDeeds(packet.steps, rules, told);
  const widest = (screen.columns ?? Infinity) - indent.length - INDENT.length - GAP.length - measure(lines.at(-1) ?? '');
  // A rule that has been shown is short enough to be named beside the picture.
  const isBeside = deeds.length === 1 && !deeds[0]!.isNew && deeds[0]!.text.length <= widest;
  return [
    wrap(`${packet.packet}${remarks.join('')}`, label, screen, ' '.repeat(label.length)),
    ...(isBeside
      ? [`${pictures.join('\n')}${GAP}${deeds[0]!.text}`]
      : [...pictures, ...deeds.map((deed) => wrap(deed.text, start, screen))]),
  ];
}

function paintPicture(line: string, { paint }: Screen): string {
  return line.replace(/[✖?]/g, paint.fail).replace(/[━▶◀┓┛]+/g, paint.dim);
}

/** What a rule or a policy did with a packet. */
interface Deed {
  text: string;
  /** Whether it is told for the first time. */
  isNew: boolean;
}

/** What rules and policies did with a packet, each rule's text once. What only leads from chain to chain is left out. */
function listDeeds(steps: Step[], rules: RuleResult[], told: Set<number>): Deed[] {
  const deeds = steps.map((step) => ({ step, rule: findRule(rules, step.rule) })).filter(isDeed);
  const hooks = new Set(deeds.map(({ step }) => step.hook));
  return deeds.map(({ step: { hook, table, chain, rule: index, verdict, rewrites, fault }, rule }) => {
    const before = hooks.size > 1 ? `${hook.toUpperCase()}: ` : '';
    const does = rewrites !== undefined ? 'rewritten by' : verdict === 'continue' ? 'matches' : `${verdict} by`;
    if (fault !== undefined) {
      return { text: `${before}${does} the fault ${fault}`, isNew: true };
    }
    if (index === null || isPolicy(rule)) {
      return { text: `${before}${does} the policy ${rule?.text ?? `of ${table} ${chain}`}`, isNew: true };
    }
    const name = nameRuleAt(index, rule);
    if (told.has(index)) {
      return { text: isEnd(verdict) ? `${before}the same rule again: ${name}` : `${before}${does} ${name}`, isNew: false };
    }
    told.add(index);
    return { text: `${before}${does} ${name}: ${rule?.text ?? ''}`, isNew: true };
  });
}

function isDeed({ step: { own, rule: index, verdict }, rule }: { step: Step; rule: RuleResult | undefined }): boolean {
  const isMatch = index !== null && !isPolicy(rule) && (verdict === 'accept' || verdict === 'continue');
  return own === undefined && (isEnd(verdict) || isMatch);
}

function isEnd(verdict: Step['verdict']): boolean {
  return verdict === 'drop' || verdict === 'reject';
}

/** Whether an entry is the policy of a chain: `-P INPUT DROP`. */
function isPolicy(rule: RuleResult | undefined): boolean {
  return rule !== undefined && /^(?:-t \S+ )?-P /.test(rule.text);
}

/**
 * A request, and its answer below it from right to left, in the same columns. null if they are no such pair, or if a line has not the columns
 * for them.
 */
function drawPair(
  request: Lane,
  answer: Lane,
  isCaused: boolean,
  indent: string,
  { columns }: Screen,
): { request: Picture; answer: Picture } | null {
  const isPair =
    request.packet.direction === 'request' && answer.packet.direction === 'answer' && (isCaused || answer.packet.sender === 'server');
  const isFromFirewall = answer.packet.sender === 'firewall';
  if (!isPair || request.stops.length === 0 || answer.stops.length === 0 || (isFromFirewall && request.packet.fate === 'arrived')) {
    return null;
  }
  const count = Math.max(request.stops.length, answer.stops.length);
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(request.stops[column]?.length ?? 0, answer.stops[count - 1 - column]?.length ?? 0),
  );
  const first = measure(request.from);
  const starts = widths.map(
    (_, column) => first + widths.slice(0, column).reduce((sum, width) => sum + ARROW.length + width, ARROW.length),
  );
  const end = starts[count - 1]! + widths[count - 1]!;
  const above = `${pad(request.from, first)}${request.stops.map((stop, column) => ARROW + stop.padEnd(widths[column]!)).join('')}`;
  const below = answer.stops
    .toReversed()
    .map((stop, place) => stop.padEnd(widths[count - answer.stops.length + place]!))
    .join(' ◀━━ ');
  const reached = count - answer.stops.length;
  const lines = [
    above + endRequest(request, isFromFirewall, end - measure(above)),
    `${endAnswer(answer, request.from, starts[reached]!)}${below} ${isFromFirewall ? '◀━┛' : `◀━━ ${answer.from}`}`,
  ] as const;
  const isWide = columns !== null && Math.max(...lines.map(measure)) + indent.length + INDENT.length > columns;
  const text = INDENT.length + first + ARROW.length;
  return isWide ? null : { request: { lines: [lines[0]], text }, answer: { lines: [lines[1]], text } };
}

/** The right end of a request. @param gap the columns up to where the answer begins */
function endRequest({ packet: { fate }, to }: Lane, isRefused: boolean, gap: number): string {
  switch (fate) {
    case 'arrived':
      return ` ━━${'━'.repeat(gap)}▶ ${to}`;
    case 'ended':
      return ` ✖${isRefused ? `━${'━'.repeat(gap)}┓` : ''}`;
    case 'lost':
      return ' ━━ ✖ routing';
    case 'unknown':
      return ' ━━ ?';
  }
}

/** The left end of an answer, up to the column in which its last hook starts. */
function endAnswer({ packet: { fate } }: Lane, client: string, start: number): string {
  switch (fate) {
    case 'arrived':
      return `${client} ◀${'━'.repeat(start - measure(client) - 3)} `;
    case 'ended':
      return '✖ '.padStart(start);
    case 'lost':
      return [LOST, '✖ ━━ '].find((text) => text.length <= start)!.padStart(start);
    case 'unknown':
      return '? ━━ '.padStart(start);
  }
}

/** A packet from left to right, whatever its direction. A line without the columns for it is broken before an arrow. */
function drawAlone({ packet: { fate }, stops, from, to }: Lane, indent: string, { columns }: Screen): Picture {
  const end = { arrived: ` ━━▶ ${to}`, ended: ' ✖', lost: ' ━━ ✖ routing', unknown: ' ━━ ?' }[fate];
  const pieces = [...stops.map((stop) => ARROW + stop), end];
  const lines = [from];
  for (const piece of pieces) {
    const line = lines.at(-1) ?? '';
    const isWide = columns !== null && indent.length + INDENT.length + measure(line + piece) > columns;
    if (isWide) {
      lines.push(piece.trimStart().padStart(piece.length + 2));
    } else {
      lines[lines.length - 1] = line + piece;
    }
  }
  return { lines, text: INDENT.length + measure(from) + ARROW.length };
}
