import type { Negatable } from '../../model/rule.js';
import type { MarkTest, NumberField, PacketSet } from './packet-set.js';
import { intersect, isWithin } from './ranges.js';

/**
 * Whether each packet of one set is certainly in the other. false also where nobody can be sure: a condition of the outer set remembers, or
 * depends on chance.
 */
export function contains(outer: PacketSet, inner: PacketSet): boolean {
  return (
    holdsNumbers(outer, inner) &&
    outer.inInterfaces.every((wanted) => inner.inInterfaces.some((own) => implies(own, wanted))) &&
    outer.outInterfaces.every((wanted) => inner.outInterfaces.some((own) => implies(own, wanted))) &&
    (inner.flags & ~outer.flags) === 0n &&
    (inner.states & ~outer.states) === 0n &&
    (outer.fragment === null || outer.fragment === inner.fragment) &&
    (!outer.hasHeader || inner.hasHeader) &&
    outer.marks.every((wanted) => inner.marks.some((own) => impliesMark(own, wanted))) &&
    outer.others.every(({ text, isCertain }) => isCertain && inner.others.some((own) => own.text === text))
  );
}

function holdsNumbers(outer: PacketSet, inner: PacketSet): boolean {
  for (const field in outer.numbers) {
    const [ranges, own] = [outer.numbers[field as NumberField], inner.numbers[field as NumberField]];
    if (ranges !== undefined && (own === undefined || !isWithin(own, ranges))) {
      return false;
    }
  }
  return true;
}

/** Whether certainly no packet is in both sets. */
export function areDisjoint(one: PacketSet, other: PacketSet): boolean {
  return (
    (one.flags & other.flags) === 0n ||
    (one.states & other.states) === 0n ||
    (one.fragment !== null && other.fragment !== null && one.fragment !== other.fragment) ||
    areApart(one.inInterfaces, other.inInterfaces) ||
    areApart(one.outInterfaces, other.outInterfaces) ||
    one.marks.some((own) => other.marks.some((mark) => excludesMark(own, mark) || excludesMark(mark, own))) ||
    listNumbers(one).some(([field, ranges]) => {
      const own = other.numbers[field];
      return own !== undefined && intersect(own, ranges).length === 0;
    })
  );
}

function listNumbers({ numbers }: PacketSet) {
  return Object.entries(numbers) as [NumberField, NonNullable<PacketSet['numbers'][NumberField]>][];
}

/** Whether an interface that meets one condition also meets the other. */
function implies(own: Negatable, wanted: Negatable): boolean {
  if (own.negated) {
    return wanted.negated && isPartOf(wanted.value, own.value);
  }
  return wanted.negated ? !overlap(own.value, wanted.value) : isPartOf(own.value, wanted.value);
}

/** Whether each interface of one name, which may end in +, has the other name too. */
function isPartOf(name: string, whole: string): boolean {
  return whole.endsWith('+') ? getBeginning(name).startsWith(getBeginning(whole)) : name === whole;
}

/** Whether no interface meets the conditions of both. */
function areApart(some: Negatable[], others: Negatable[]): boolean {
  const excludes = (one: Negatable, other: Negatable) => !one.negated && implies(one, { ...other, negated: !other.negated });
  return some.some((one) => others.some((other) => excludes(one, other) || excludes(other, one)));
}

function overlap(one: string, other: string): boolean {
  return isPartOf(one, other) || isPartOf(other, one);
}

function getBeginning(name: string): string {
  return name.endsWith('+') ? name.slice(0, -1) : name;
}

/** Whether a mark that meets one test cannot meet the other. */
function excludesMark(own: MarkTest, other: MarkTest): boolean {
  return !own.negated && impliesMark(own, { ...other, negated: !other.negated });
}

/** Whether a mark that meets one test also meets the other. */
function impliesMark(own: MarkTest, wanted: MarkTest): boolean {
  if (own.negated) {
    return wanted.negated && own.value === wanted.value && own.mask === wanted.mask;
  }
  // The number operators of JavaScript give signed results, but these are compared with signed results only.
  const differs = ((own.value ^ wanted.value) & own.mask & wanted.mask) !== 0;
  const hasAllBits = (wanted.mask & ~own.mask) === 0 && (wanted.value & ~wanted.mask) === 0;
  return wanted.negated ? differs : hasAllBits && !differs;
}
