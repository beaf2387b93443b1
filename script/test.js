// Runs tap with its arguments, after all tests and what they import have been compiled at once (script/test/).
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

const COMPILED = 'build/tests';

const entryPoints = ['src', 'test'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);
// To esbuild, each file is beside its source, so that the source map names it as the module's URL does.
const { outputFiles } = await build({ entryPoints, outbase: '.', outdir: '.', write: false, target: 'node20', sourcemap: 'inline' });
for (const { path, contents } of outputFiles) {
  const place = join(COMPILED, relative('.', path));
  mkdirSync(dirname(place), { recursive: true });
  writeFileSync(place, contents);
}

const options = [process.env.NODE_OPTIONS ?? '', `--import=${new URL('test/register.js', import.meta.url).href}`];
const { status } = spawnSync('node_modules/.bin/tap', process.argv.slice(2).flatMap(listTests), {
  stdio: 'inherit',
  env: { ...process.env, NODE_OPTIONS: options.join(' ').trim() },
});
process.exitCode = status ?? 1;

/** The tests in a folder. tap would also run the programs there, which belong into a namespace that a test makes for them. */
function listTests(argument) {
  if (!statSync(argument, { throwIfNoEntry: false })?.isDirectory()) {
    return argument;
  }
  return readdirSync(argument, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'))
    .map((name) => join(argument, name));
}
