import type { Screen } from '../../../report/shared/layout.js';
import { getColumns } from '../../../report/shared/layout.js';
import { makePaint } from '../../../report/shared/paint.js';
import { assertOutputOpen } from '../../output/standard-output.js';
import { getOutputColumns } from '../../output/terminal.js';

/** How a command of a world prints what it was told. */
export interface Listing {
  reporter: 'human' | 'json';
}

/** Prints a list, for people or as JSON. */
export function printList<Item>(
  items: Item[],
  show: (items: Item[], screen: Screen) => string,
  options: Listing,
  hasColors: boolean,
): void {
  printValue(items, show(items, { paint: makePaint(hasColors), columns: getColumns(getOutputColumns()) }), options);
}

/** Prints a value as JSON, or the text that it has for people. */
export function printValue(value: unknown, text: string, { reporter }: Listing): void {
  assertOutputOpen();
  process.stdout.write(reporter === 'json' ? `${JSON.stringify(value, null, 2)}\n` : text);
}
