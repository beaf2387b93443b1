// What a merged document says of the parts as a whole.
import t from 'tap';
import { mergeResults } from '../../src/run/merge.js';
import { readResultFile } from '../support/result.js';

const part = readResultFile(new URL('../report/every-status.json', import.meta.url));
const other = { ...part, scenarios: [] };

t.test('the earliest start', async (t) => {
  const later = { ...other, startedAt: '2026-02-01T00:00:00.000Z' };
  t.equal(mergeResults([later, part]).startedAt, part.startedAt);
});

t.test('arguments and folder, if the parts had the same', async (t) => {
  t.match(mergeResults([part, other]), { argv: part.argv, root: part.root });
  t.match(mergeResults([part, { ...other, argv: ['run', '--shard', '2/2'], root: '/other' }]), { argv: [], root: null });
});
