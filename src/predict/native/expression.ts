import { isOfType } from '../matches/addresses.js';
import { recall } from '../matches/memory.js';
import type { Place } from '../rule/condition.js';
import { unknown } from '../world/answer.js';
import type { Packet } from '../world/packet.js';
import { readConntrack } from './fields/conntrack.js';
import { readElements, type Scope } from './elements.js';
import { getMember, getNumber, getOnly, getText, type Json, toList } from './json.js';
import { type Expression, readMeta } from './fields/meta.js';
import { readPattern, toValue } from './pattern.js';
import { readField, readRaw } from './fields/payload.js';
import { isOperator, operate, toNumber, type Value } from './value.js';

const number = (read: (packet: Packet, place: Place) => Value): Expression => ({ shape: 'number', read });
const unmodelled = (what: string) => number(() => unknown(what));

/** Each kind of expression (libnftables-json(5)). What is not here, or not fully, is not known. */
const KINDS: Record<string, (content: Json, scope: Scope) => Expression> = {
  payload: (content) => {
    const [protocol, name, base] = [getText(content, 'protocol'), getText(content, 'field'), getText(content, 'base')];
    const read = base === '' ? readField(protocol, name) : readRaw(base, [getNumber(content, 'offset'), getNumber(content, 'len')]);
    return read === null ? unmodelled(base === '' ? `${protocol} ${name}` : `@${base}`) : number(read);
  },
  meta: (content) => readMeta(getText(content, 'key')),
  ct: (content) => {
    const direction = getText(content, 'dir');
    return readConntrack(getText(content, 'key'), direction === 'original' || direction === 'reply' ? direction : null);
  },
  fib: (content) => readFib(getText(content, 'result'), toList(getMember(content, 'flags'))),
  'tcp option': (content) => readTcpOption(getText(content, 'name'), getText(content, 'field')),
  /** No packet of a probe has an extension header. IPv4 has none at all. */
  exthdr: (content) => number(({ family }) => (getText(content, 'field') === '' && family === 'ipv6' ? toNumber(0) : 'none')),
  'ip option': (content) => number(({ family }) => (getText(content, 'field') === '' && family === 'ipv4' ? toNumber(0) : 'none')),
  numgen: (content) => readNumgen(content),
  concat: (content, scope) => {
    const parts = toList(content).map((part) => readExpression(part, scope));
    return {
      shape: parts.map(({ shape }) => shape),
      read: (packet, place) => {
        const values = parts.map(({ read }) => read(packet, place));
        return values.includes('none') ? 'none' : { parts: values };
      },
    };
  },
  map: (content, scope) => {
    const key = readExpression(getMember(content, 'key'), scope);
    const elements = readElements(getMember(content, 'data'), 'map', key.shape, scope);
    return elements === null
      ? unmodelled('a map')
      : number((packet, place) => {
          const [first] = elements.find(key.read(packet, place));
          return first === undefined ? 'none' : first.answer === true ? toValue(readPattern(first.data, 'number')) : first.answer || 'none';
        });
  },
};

/** Counts the packets for which it is asked (nft_ng_inc_gen). */
function readNumgen(content: Json): Expression {
  const [modulus, offset] = [getNumber(content, 'mod'), getNumber(content, 'offset')];
  return number((_, { memory }) => {
    const seen = getText(content, 'mode') === 'inc' ? recall(memory, content, () => ({ packets: 0 })) : undefined;
    return seen === undefined ? unknown('numgen') : toNumber((seen.packets++ % modulus) + offset);
  });
}

/** Whether what an expression reads depends on the packets before. */
export function remembers(json: Json): boolean {
  const only = getOnly(json);
  return only === null ? toList(json).length > 1 && toList(json).some(remembers) : only[0] === 'numgen' || remembers(only[1]);
}

/** Reads an expression: what a rule asks of a packet, or a constant. */
export function readExpression(json: Json | undefined, scope: Scope): Expression {
  const [kind, content] = getOnly(json) ?? ['', null];
  const row = KINDS[kind];
  if (row !== undefined) {
    return row(content, scope);
  }
  if (isOperator(kind) && !isConstant(json)) {
    return readOperation(kind, toList(content), scope);
  }
  const constant = toValue(readPattern(json, 'number'));
  return number(() => constant);
}

/** A list of constants with `|` between them is one. */
function isConstant(json: Json | undefined): boolean {
  const [kind, content] = getOnly(json) ?? ['', null];
  return kind === '|' && toList(content).every((each) => getOnly(each) === null);
}

function readOperation(operator: string, operands: Json[], scope: Scope): Expression {
  const [one, ...others] = operands.map((operand) => readExpression(operand, scope));
  return number((packet, place) =>
    others.reduce((value, { read }) => operate(operator, value, read(packet, place)), one?.read(packet, place) ?? unknown(operator)),
  );
}

/** RTN_LOCAL and others in linux/rtnetlink.h */
const TYPES = { UNICAST: 1, LOCAL: 2, BROADCAST: 3, MULTICAST: 5 };

/** net/ipv4/netfilter/nft_fib_ipv4.c. The type of a local address, and whether what comes in by lo has a way back: it always has. */
function readFib(result: string, flags: Json[]): Expression {
  const of = flags.includes('daddr') ? 'destination' : 'source';
  const isLimited = flags.includes('iif') || flags.includes('oif');
  if (result === 'type' && !flags.includes('mark')) {
    return number((packet, place) => {
      const { address } = packet[of];
      const kinds =
        packet.family === 'ipv4' ? (['LOCAL', 'MULTICAST', 'BROADCAST', 'UNICAST'] as const) : (['LOCAL', 'MULTICAST'] as const);
      const kind = kinds.find((each) => isOfType(each, address, isLimited, place) === true);
      return kind === undefined ? unknown('fib type') : toNumber(TYPES[kind]);
    });
  }
  return number((_, { inInterface }) => (result.startsWith('oif') && inInterface === 'lo' ? toNumber(1) : unknown(`fib ${result}`)));
}

/** The kinds of TCP options (RFC 9293, 3.2), by their names in nft. */
const OPTIONS: Record<string, number> = { eol: 0, nop: 1, maxseg: 2, window: 3, 'sack-perm': 4, sack: 5, timestamp: 8 };

/** A field, or whether the packet has the option. */
function readTcpOption(name: string, field: string): Expression {
  const kind = OPTIONS[name];
  return number(({ content }) => {
    if (content.kind !== 'tcp') {
      return field === '' ? toNumber(false) : 'none';
    }
    if (kind === undefined) {
      return unknown(`tcp option ${name}`);
    }
    const isThere = content.options.includes(kind);
    if (field === '') {
      return toNumber(isThere);
    }
    return !isThere
      ? 'none'
      : name === 'maxseg' && field === 'size' && content.mss !== null
        ? toNumber(content.mss)
        : unknown(`tcp option ${name} ${field}`);
  });
}
