import type { InterfaceCounters } from '../model/evidence.js';
import type { CounterResult } from '../model/result.js';
import type { ExpectedCounter } from '../model/scenario.js';

type Growth = Pick<InterfaceCounters, 'rx' | 'tx'>;

const COMPARISONS: Record<string, (observed: number, wanted: number) => boolean> = {
  '=': (observed, wanted) => observed === wanted,
  '<': (observed, wanted) => observed < wanted,
  '<=': (observed, wanted) => observed <= wanted,
  '>': (observed, wanted) => observed > wanted,
  '>=': (observed, wanted) => observed >= wanted,
};

/** Compares the expected counters of interfaces with their growth while the probes ran. */
export function judgeCounters(expected: ExpectedCounter[], before: InterfaceCounters[], after: InterfaceCounters[]): CounterResult[] {
  return expected.map((counter) => {
    const growth = getGrowth(counter.interface, before, after);
    const isMet = growth !== null && holds(counter, growth);
    return { ...counter, observed: growth?.[counter.direction] ?? null, status: isMet ? 'passed' : 'failed' };
  });
}

function getGrowth(name: string, before: InterfaceCounters[], after: InterfaceCounters[]): Growth | null {
  const [first, last] = [before, after].map((counters) => counters.find((each) => each.interface === name));
  return first === undefined || last === undefined ? null : { rx: last.rx - first.rx, tx: last.tx - first.tx };
}

/** Whether a counter meets an expectation such as `0`, `= tx` or `>= 4`. */
function holds({ direction, expected }: ExpectedCounter, growth: Growth): boolean {
  const [operand = '', comparison = '='] = expected.split(' ').reverse();
  const wanted = operand === 'rx' || operand === 'tx' ? growth[operand] : Number(operand);
  return COMPARISONS[comparison]?.(growth[direction], wanted) ?? false;
}
