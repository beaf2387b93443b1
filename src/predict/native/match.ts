import { printAddress } from '../matches/shown.js';
import type { Condition } from '../rule/condition.js';
import type { Show } from '../rule/part.js';
import { type Answer, flip, unknown } from '../world/answer.js';
import { readElements, type Scope } from './elements.js';
import { readExpression } from './expression.js';
import { getMember, getText, isObject, type Json, printExpression, toList } from './json.js';
import { fits, type Pattern, readPattern } from './pattern.js';
import { hasAnyBit, isBetween, isNumber, type Value } from './value.js';

/** Of 128 bits, as an IPv6 address has. */
const LARGEST = (1n << 128n) - 1n;

/** What each operator asks (libnftables-json(5), MATCH). `in`: one of the bits is set · `!`: none is. */
const OPERATORS: Record<string, (value: Value, wanted: Pattern) => Answer> = {
  '==': fits,
  '!=': (value, wanted) => flip(fits(value, wanted), true),
  '<': (value, wanted) => isInLimits(value, wanted, ({ first }) => [0n, first - 1n]),
  '<=': (value, wanted) => isInLimits(value, wanted, ({ first }) => [0n, first]),
  '>': (value, wanted) => isInLimits(value, wanted, ({ last }) => [last + 1n, LARGEST]),
  '>=': (value, wanted) => isInLimits(value, wanted, ({ last }) => [last, LARGEST]),
  in: hasBits,
  '!': (value, wanted) => flip(hasBits(value, wanted), true),
};

/** A comparison. What a packet does not have equals nothing, and differs from nothing: the rule ends there. */
export function readMatch(content: Json, scope: Scope): Condition {
  const left = readExpression(getMember(content, 'left'), scope);
  const [operator, right] = [getText(content, 'op'), getMember(content, 'right')];
  const ask = OPERATORS[operator];
  if (ask === undefined) {
    return () => unknown(`the operator ${operator}`);
  }
  if ((typeof right === 'string' && right.startsWith('@')) || (isObject(right) && 'set' in right)) {
    const elements = readElements(right, 'set', left.shape, scope);
    return (packet, place) => {
      const value = left.read(packet, place);
      if (value === 'none') {
        return false;
      }
      return elements === null ? unknown('a set') : flip(elements.has(value, place.memory), operator === '!=');
    };
  }
  const wanted = readPattern(right, left.shape);
  return (packet, place) => {
    const value = left.read(packet, place);
    return value === 'none' ? false : ask(value, wanted);
  };
}

/** What a packet has of what a comparison asks for: `127.0.0.2`, `80 . 81`. */
export function showMatch(content: Json, scope: Scope): Show {
  const left = getMember(content, 'left');
  const { read } = readExpression(left, scope);
  return (packet, place) => printValue(read(packet, place), left);
}

function printValue(value: Value, of: Json | undefined): string {
  if (value === 'none' || 'unknown' in value) {
    return '';
  }
  if ('parts' in value) {
    const parts = toList(getMember(of, 'concat'));
    return value.parts.map((part, place) => printValue(part, parts[place])).join(' . ');
  }
  if ('text' in value) {
    return value.text;
  }
  const [, version] = /(?:^|\b)(ip6?) [sd]addr$/.exec(printExpression(of)) ?? [];
  const print = (number: bigint) =>
    version === undefined ? String(number) : printAddress(number.toString(16).padStart(version === 'ip' ? 8 : 32, '0'));
  return value.first === value.last ? print(value.first) : `${print(value.first)}-${print(value.last)}`;
}

/** `tcp dport != 80` */
export function printMatch(content: Json): string {
  const operator = getText(content, 'op');
  const words = [
    printExpression(getMember(content, 'left')),
    ['==', 'in'].includes(operator) ? '' : operator,
    printExpression(getMember(content, 'right')),
  ];
  return words.filter((word) => word !== '').join(' ');
}

type Limits = Extract<Pattern, { first: bigint }>;

function isInLimits(value: Value, wanted: Pattern, getLimits: (wanted: Limits) => [least: bigint, most: bigint]): Answer {
  if (isNumber(value) && typeof wanted === 'object' && 'first' in wanted) {
    const [least, most] = getLimits(wanted);
    return least <= most && isBetween(value, least, most);
  }
  return getDoubt(value, wanted);
}

function hasBits(value: Value, wanted: Pattern): Answer {
  return isNumber(value) && typeof wanted === 'object' && 'first' in wanted ? hasAnyBit(value, wanted.first) : getDoubt(value, wanted);
}

function getDoubt(value: Value, wanted: Pattern): Answer {
  return (
    ([value, wanted].find((each) => typeof each === 'object' && 'unknown' in each) as Answer | undefined) ??
    unknown('a value of another type')
  );
}
