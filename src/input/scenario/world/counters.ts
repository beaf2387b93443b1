import type { ExpectedCounter } from '../../../model/scenario.js';
import { quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import type { Place } from '../../json/document.js';
import type { Network } from './network.js';

const OTHERS = { rx: 'tx', tx: 'rx' } as const;

/** Reads a scenario's `counters`. */
export function resolveCounters(scenario: Place, { interfaces }: Network): ExpectedCounter[] {
  const known = ['lo', ...interfaces.map(({ name }) => name)];
  const members = scenario.member('counters').members();
  return members.flatMap(([name, place]) => {
    if (!known.includes(name)) {
      place.key.complain(`no interface ${quote(name)}${didYouMean(name, known)}`);
    }
    return (['rx', 'tx'] as const).flatMap((direction) => readCounter(name, direction, place.member(direction)));
  });
}

function readCounter(name: string, direction: ExpectedCounter['direction'], place: Place): ExpectedCounter[] {
  const value = place.read<number | string>();
  if (value === undefined) {
    return [];
  }
  const [, comparison, operand] = /^\s*(=|[<>]=?)?\s*(\d{1,15}|[rt]x)\s*$/.exec(String(value)) ?? [];
  const other = OTHERS[direction];
  const isSound = operand !== undefined && (/^\d/.test(operand) || (operand === other && comparison === '='));
  if (!isSound) {
    place.complain(`expected a number, "= ${other}", or a comparison such as ">= 4", found ${quote(String(value))}`);
    return [];
  }
  const number = /^\d/.test(operand) ? String(Number(operand)) : operand;
  return [{ interface: name, direction, expected: comparison === undefined ? number : `${comparison} ${number}` }];
}
