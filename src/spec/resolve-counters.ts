import type { ExpectedCounter } from '../model/scenario.js';
import { quote } from '../words/phrases.js';
import { didYouMean } from '../words/suggestion.js';
import type { Network } from './network.js';
import { getMember, getMembers, getSound, type Place } from './place.js';
import type { ProblemList } from './problem-list.js';

const OTHERS = { rx: 'tx', tx: 'rx' } as const;

/** Reads a scenario's `counters`. */
export function resolveCounters(scenario: Place, { interfaces }: Network, problems: ProblemList): ExpectedCounter[] {
  const known = ['lo', ...interfaces.map(({ name }) => name)];
  return getMembers(getMember(scenario, 'counters')).flatMap(([name, place]) => {
    if (!known.includes(name)) {
      problems.add(place.pointer, `no interface ${quote(name)}${didYouMean(name, known)}`, 'key');
    }
    return (['rx', 'tx'] as const).flatMap((direction) => readCounter(name, direction, getMember(place, direction), problems));
  });
}

function readCounter(name: string, direction: ExpectedCounter['direction'], place: Place, problems: ProblemList): ExpectedCounter[] {
  const value = getSound<number | string>(place, problems);
  if (value === undefined) {
    return [];
  }
  const [, comparison, operand] = /^\s*(=|[<>]=?)?\s*(\d{1,15}|[rt]x)\s*$/.exec(String(value)) ?? [];
  const other = OTHERS[direction];
  const isSound = operand !== undefined && (/^\d/.test(operand) || (operand === other && comparison === '='));
  if (!isSound) {
    problems.add(place.pointer, `expected a number, "= ${other}", or a comparison such as ">= 4", found ${quote(String(value))}`);
    return [];
  }
  const number = /^\d/.test(operand) ? String(Number(operand)) : operand;
  return [{ interface: name, direction, expected: comparison === undefined ? number : `${comparison} ${number}` }];
}
