import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import t from 'tap';
import { MATCHES } from '../../../src/rules/extensions/match-table.js';
import { OTHER_MATCHES, OTHER_TARGETS } from '../../../src/rules/extensions/refused.js';
import { TARGETS } from '../../../src/rules/extensions/target-table.js';

t.test('docs/rules.md names every match and target, taken or refused', async (t) => {
  const text = readFileSync('docs/rules.md', 'utf8');
  const internal = ['ERROR', 'standard'];
  const names = [MATCHES, TARGETS].flatMap((table) => Object.keys(table)).concat(OTHER_MATCHES, OTHER_TARGETS);
  const missing = names.filter((name) => !internal.includes(name) && !new RegExp(`\\b${name}\\b`).test(text));
  t.strictSame(missing, []);
});

t.test('its tables are those that the rows make', async (t) => {
  const { status, stderr } = spawnSync(process.execPath, ['script/rules-tables.js', '--check'], { encoding: 'utf8' });
  t.strictSame([status, stderr], [0, '']);
});
