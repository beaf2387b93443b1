import type { Family, Match, Negatable, Rule } from '../../model/rule.js';
import { getMatch, type MATCHES } from '../../rules/extensions/match-table.js';
import { toArguments } from '../../rules/rule/print.js';
import { protocolNumber } from '../../rules/values/protocol.js';
import { readAddress } from '../matches/addresses.js';
import { SHOWN, showAddress, showInInterface, showOutInterface, showProtocol } from '../matches/shown.js';
import { MATCH_MODELS } from '../matches/table.js';
import { combine, type Condition, isNamed, type Place } from '../rule/condition.js';
import type { Miss, Part, Show } from '../rule/part.js';
import { flip } from '../world/answer.js';
import type { Packet } from '../world/packet.js';

/** A condition of a rule: what it asks for before its matches, or one match. */
export interface ReadCondition {
  ask: Condition;
  /** The name of the match; null for what comes before all matches. */
  match: string | null;
  /** Whether it notes the packets that it is asked about. */
  remembers: boolean;
  /** `-m limit --limit 1/day` */
  print: () => string;
  /** Its options that can be asked alone. */
  listParts: () => Part[];
}

const ANYTHING: Rule = {
  source: null,
  destination: null,
  inInterface: null,
  outInterface: null,
  protocol: null,
  fragment: null,
  matches: [],
  target: null,
};

/** Reads the conditions of a rule, in the order in which the kernel asks for them. */
export function readConditions(rule: Rule, family: Family): ReadCondition[] {
  const general = listGeneral(rule);
  const first = { match: null, ask: combine(general.map(({ ask }) => ask)), remembers: false, print: () => '', listParts: () => general };
  return [...(general.length === 0 ? [] : [first]), ...rule.matches.map((match) => readMatch(match, family))];
}

/**
 * Why a packet does not meet a condition: the first of its options that the packet does not meet, and what the packet has instead. Asks at
 * the place where the packet is, before a rule changes it.
 */
export function explainMiss({ match, listParts, print }: ReadCondition, packet: Packet, place: Place): Miss {
  const part = listParts().find(({ ask }) => ask(packet, place) === false);
  return part === undefined ? { match, wants: print(), has: null } : { match, wants: part.print(), has: part.show(packet, place) };
}

function readMatch(match: Match, family: Family): ReadCondition {
  const { name, options } = match;
  const stability = getMatch(name)?.stability ?? 'memory';
  const model = MATCH_MODELS[name as keyof typeof MATCHES];
  const shown = SHOWN[name as keyof typeof MATCHES] ?? {};
  return {
    match: name,
    ask: model(options, family),
    // connlabel --set changes the flow of each packet that it is asked about.
    remembers:
      (typeof stability === 'function' ? stability(options) : stability) === 'memory' || options.some(({ flag }) => flag === '--set'),
    print: () => printPart({ matches: [match] }),
    listParts: () =>
      options.flatMap((option) => {
        const show = shown[option.flag];
        const print = () => printPart({ matches: [{ name, options: [option] }] }).replace(/^-m \S+ /, '');
        return show === undefined ? [] : [{ print, ask: model([option], family), show }];
      }),
  };
}

function listGeneral({ source, destination, inInterface, outInterface, protocol, fragment }: Rule): Part[] {
  return [
    ...readPart({ source }, source, (text) => readAddress('source', text), showAddress('source')),
    ...readPart({ destination }, destination, (text) => readAddress('destination', text), showAddress('destination')),
    ...readPart({ inInterface }, inInterface, (name) => (_, place) => isNamed(place.inInterface, name), showInInterface),
    ...readPart({ outInterface }, outInterface, (name) => (_, place) => isNamed(place.outInterface, name), showOutInterface),
    ...readPart({ protocol }, protocol, readProtocol, showProtocol),
    // -f: no packet of a prediction is a later fragment.
    ...(fragment === null ? [] : [{ print: () => printPart({ fragment }), ask: () => fragment.negated, show: () => '' }]),
  ];
}

function readPart(own: Partial<Rule>, value: Negatable | null, read: (text: string) => Condition, show: Show): Part[] {
  if (value === null) {
    return [];
  }
  const condition = read(value.value);
  const ask: Condition = value.negated ? (packet, place) => flip(condition(packet, place), true) : condition;
  return [{ print: () => printPart(own), ask, show }];
}

/** As a person would write it: an address without the length of a single host. */
function printPart(own: Partial<Rule>): string {
  return toArguments({ ...ANYTHING, ...own })
    .map((word) => word.replace(/^([\d.]+)\/32$|^([\da-f:.]+)\/128$/, '$1$2'))
    .join(' ');
}

function readProtocol(name: string): Condition {
  const number = Number(protocolNumber(name));
  return (packet) => packet.protocol === number;
}
