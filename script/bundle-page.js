// Bundles the script and the style of the HTML report (src/report/page/browser) into dist/page. The report has both in itself.
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
