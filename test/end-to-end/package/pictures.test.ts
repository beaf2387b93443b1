// The pictures of the documents show what loopfw prints. They are well-formed, and each has a twin for the night.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { readDocument } from '../../support/markdown.js';
import { ROOT } from '../../support/package.js';

const PICTURES = readdirSync(join(ROOT, 'docs/pictures'));

t.test('they are up to date', async (t) => {
  const { exitCode, stderr } = await run('node', ['script/pictures.js', '--check'], { cwd: ROOT });
  t.strictSame([exitCode, stderr], [0, '']);
});

t.test('each is shown by day and by night', (t) => {
  const readme = readDocument('README.md');
  for (const name of PICTURES) {
    t.ok(readme.includes(`docs/pictures/${name}"`), name);
    t.ok(PICTURES.includes(name.includes('-light') ? name.replace('-light', '-dark') : name.replace('-dark', '-light')), name);
  }
  t.end();
});

t.test('they load nothing, and say what they are', (t) => {
  for (const name of PICTURES) {
    const svg = readFileSync(join(ROOT, 'docs/pictures', name), 'utf8');
    t.notMatch(svg, /<script|<image|<foreignObject|@import|url\((?!#)/, name);
    t.match(svg, /^<svg [^>]*role="img">\n<title>[^<]+<\/title>\n/, name);
  }
  t.end();
});
