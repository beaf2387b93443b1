// Bundles the script and the style of the HTML report (src/report/page/browser) into dist/page. The report has both in itself.
import { copyFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

await build({
  entryPoints: [
    { in: 'src/report/page/browser/main.tsx', out: 'page' },
    { in: 'src/report/page/browser/style/page.css', out: 'page' },
    { in: 'src/report/page/browser/style/diff.css', out: 'diff' },
  ],
  outdir: 'dist/page',
  bundle: true,
  minify: true,
  format: 'iife',
  // Browsers of 2023: the journey needs subgrid and container queries.
  target: ['chrome117', 'firefox117', 'safari17'],
  tsconfig: 'src/report/page/browser/tsconfig.json',
  // The element that holds the script ends at `</script`, also within a string.
  supported: { 'inline-script': false },
  charset: 'ascii',
  // The license of Preact, which is in the script, asks for its name.
  banner: { js: '/*! Preact, Copyright (c) 2015-present Jason Miller, MIT License */' },
  logLevel: 'warning',
});

// The page of `loopfw mutate -r html` is that of the mutation testing elements, which other mutation testers have too. Their license asks for
// a copy of it.
const elements = fileURLToPath(import.meta.resolve('mutation-testing-elements/mutation-test-elements.js'));
await copyFile(elements, 'dist/page/mutation-test-elements.js');
await copyFile(join(dirname(elements), '../LICENSE'), 'dist/page/mutation-test-elements.LICENSE');
