import { readFileSync } from 'node:fs';
import t from 'tap';
import { ANSWERS } from '../../../src/rules/values/icmp.js';

t.test('docs/reject-types.md has a row for every answer of REJECT, in the tables for INPUT', async (t) => {
  const input = getSection(readFileSync('docs/reject-types.md', 'utf8'), '## ', 'Rules in INPUT');
  t.strictSame(getAnswers(getSection(input, '### ', 'IPv4')), ANSWERS.ipv4);
  t.strictSame(getAnswers(getSection(input, '### ', 'IPv6')), ANSWERS.ipv6);
});

function getSection(text: string, mark: string, title: string): string {
  const sections = `\n${text}`.split(`\n${mark}`);
  return sections.find((section) => section.startsWith(`${title}\n`)) ?? '';
}

/** The answers that a table has rows for; DROP, which has a row too, is in capitals. */
function getAnswers(section: string): string[] {
  return [...section.matchAll(/^\| `([a-z0-9-]+)`/gm)].map(([, answer]) => answer!);
}
