// Bundles what `tsc` has compiled: a start loads a handful of files instead of some hundred, which is most of its time.
// Code stays one folder below dist (chunks/), where relative URLs mean what they mean in src.
import { build } from 'esbuild';
import { compileValidator } from './compile-validator.js';

await build({
  entryPoints: ['bin', 'index', 'sandbox/inside', 'sandbox/worker'].map((entry) => `dist/${entry}.js`),
  outbase: 'dist',
  outdir: 'dist',
  allowOverwrite: true,
  bundle: true,
  splitting: true,
  chunkNames: 'chunks/[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  // koffi loads a native module from beside itself.
  external: ['koffi'],
  plugins: [
    {
      name: 'validator',
      setup: ({ onLoad }) =>
        onLoad({ filter: /\/dist\/spec\/find-schema-errors\.js$/ }, async () => ({ contents: await compileValidator() })),
    },
  ],
  // commander and ajv are CommonJS, which esbuild's ESM output gives no require().
  banner: { js: "import { createRequire as makeRequire } from 'node:module';\nconst require = makeRequire(import.meta.url);" },
  legalComments: 'linked',
  logLevel: 'warning',
});
