// docs/shell.md shows what the commands of its lesson print.
import { readFileSync } from 'node:fs';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';

const PROMPT = '(world) $ ';

/** What differs from run to run: times, and the ports of clients. */
function withoutChance(text: string): string {
  return text
    .replaceAll(/after [\d.]+ ms/g, 'after N ms')
    .replaceAll(/\d\d:\d\d:\d\d\.\d{3}/g, 'TIME')
    .replaceAll(/127\.0\.0\.1:\d{5}/g, '127.0.0.1:PORT');
}

t.test('the lesson', async (t) => {
  const blocks = [...readFileSync('docs/shell.md', 'utf8').matchAll(/^```console\n([^]*?)^```$/gm)].map(([, text]) => text ?? '');
  const shown = blocks.filter((text) => text.startsWith(PROMPT)).join('');
  const lines = shown
    .split('\n')
    .filter((line) => line.startsWith(PROMPT))
    .map((line) => line.slice(PROMPT.length));
  const input = ['exec 2>&1', ...lines.flatMap((line) => [`echo '${PROMPT}${line}'`, line])].join('\n');
  const { stdout } = await loopfw(['shell', '--rule', '-A INPUT -p tcp --dport 22 -j DROP'], { input, env: { SHELL: '/bin/bash' } });
  t.ok(lines.length > 8);
  t.equal(withoutChance(stdout), withoutChance(shown));
});
