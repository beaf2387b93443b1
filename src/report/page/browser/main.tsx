import { render } from 'preact';
import { readResult } from './document.js';
import { Explorer } from './explorer.js';
import { listItems } from './items.js';
import { printWhenAsked } from './print.js';

/** Puts the explorer in the place of what the page says without its script. */
async function start(place: HTMLElement): Promise<void> {
  const items = listItems(await readResult());
  document.getElementById('reasons')?.remove();
  render(<Explorer items={items} />, place);
  printWhenAsked(items);
  performance.mark('loopfw-ready');
}

const place = document.getElementById('explorer');
if (place !== null) {
  void start(place);
}
