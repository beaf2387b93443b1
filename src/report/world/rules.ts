import type { RuleResult } from '../../model/result.js';
import { makeHarmless } from '../../words/harmless.js';
import { nameRule } from '../../words/rule-name.js';
import { type Screen, wrap } from '../shared/layout.js';

/** Stands for a counter that an entry does not have. */
const NONE = '–';
const GAP = '  ';
const HANGING = '    ';

/** The rules of a world with the kernel's counters: packets, bytes, name and text. */
export function showRules(rules: RuleResult[], screen: Screen): string {
  if (rules.length === 0) {
    return 'no rules\n';
  }
  const rows = rules.map((rule) => ({
    packets: `${rule.packets ?? NONE}`,
    bytes: `${rule.bytes ?? NONE}`,
    name: makeHarmless(nameRule(rule)),
    text: makeHarmless(rule.text),
  }));
  const [packets, bytes, name] = (['packets', 'bytes', 'name'] as const).map((key) =>
    Math.max(key === 'name' ? 0 : key.length, ...rows.map((row) => row[key].length)),
  ) as [number, number, number];
  const { paint } = screen;
  return [
    paint.bold(['packets'.padStart(packets), 'bytes'.padStart(bytes)].join(GAP)),
    ...rows.map((row) => {
      const counts = `${row.packets.padStart(packets)}${GAP}${row.bytes.padStart(bytes)}${GAP}`;
      const indent = ' '.repeat(counts.length);
      const text = wrap(`${row.name.padEnd(name)}${GAP}${row.text}`, indent, screen, `${indent}${HANGING}`);
      return `${counts}${text.slice(counts.length)}`;
    }),
    '',
  ].join('\n');
}
