// Of items that are tried together, all that fit are found, whatever the others do.
import fc from 'fast-check';
import t from 'tap';
import { findFitting } from '../../src/run/insight/mutate/fitting.js';
import { SEED } from '../support/seed.js';

/** again: fails if one of its kind is there before it. */
type Item = { kind: 'fitting' | 'failing' | 'spoiling' | 'again' };

const listFailing = (all: Item[]): Promise<Item[] | null> => {
  const isAgain = (item: Item) => item.kind === 'again' && all.find(({ kind }) => kind === 'again') !== item;
  const failing = all.filter((item) => item.kind === 'failing' || isAgain(item));
  return Promise.resolve(all.some(({ kind }) => kind === 'spoiling') ? null : failing);
};

t.test('those that fit are found, in their order', async (t) => {
  const items = fc.array(
    fc.constantFrom<Item['kind']>('fitting', 'fitting', 'failing', 'spoiling', 'again').map((kind): Item => ({ kind })),
  );
  await fc.assert(
    fc.asyncProperty(items, async (next) => {
      const first = next.findIndex(({ kind }) => kind === 'again');
      const wanted = next.filter(({ kind }, place) => kind === 'fitting' || place === first);
      const found = await findFitting({ before: [], next }, listFailing);
      return found.length === wanted.length && found.every((item, place) => item === wanted[place]);
    }),
    SEED,
  );
  t.pass();
});

t.test('one that spoils all costs few tries', async (t) => {
  const next = Array.from({ length: 64 }, (_, place): Item => ({ kind: place === 41 ? 'spoiling' : 'fitting' }));
  let tries = 0;
  const found = await findFitting({ before: [], next }, (all) => {
    tries++;
    return listFailing(all);
  });
  t.equal(found.length, 63);
  t.ok(tries <= 14, `${tries} tries`);
});
