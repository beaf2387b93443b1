// Bundles what `tsc` has compiled (build/) to the package (dist/). A start loads a handful of files instead of some hundred, as CommonJS, for
// Node.js takes 8 ms to make its loader of ES modules ready; and with each lies what V8 has compiled of it (src/load.ts).
import { execFileSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { build, transform } from 'esbuild';
import { compileValidator } from './compile-validator.js';

const CODE = 'dist/code';
/** What Node.js runs or imports, and the file of the bundle that is behind it. */
const ENTRIES = { 'bin.js': 'bin', 'index.js': 'index', 'sandbox/inside.js': 'inside' };
/** Those that are processes of loopfw's own: nobody is to open a debugger in one, not even while it is loaded. */
const PROCESSES = ['bin', 'inside'];
const FORMAT = { platform: 'node', target: 'node20', logLevel: 'warning' };

const { outputFiles, metafile } = await build({
  ...FORMAT,
  entryPoints: ['bin', 'index', 'sandbox/inside', 'sandbox/worker'].map((entry) => `build/${entry}.js`),
  entryNames: '[name]',
  outdir: CODE,
  bundle: true,
  splitting: true,
  chunkNames: '[name]-[hash]',
  format: 'esm',
  write: false,
  metafile: true,
  // jsonc-parser says by "module" alone where its ES modules are, and its other ones cannot be bundled.
  mainFields: ['module', 'main'],
  // koffi loads a native module from beside itself.
  external: ['koffi'],
  plugins: [
    {
      name: 'validator',
      setup: ({ onLoad }) =>
        onLoad({ filter: /\/build\/spec\/find-schema-errors\.js$/ }, async () => ({ contents: await compileValidator(CODE) })),
    },
  ],
  legalComments: 'linked',
});
for (const { path, text } of outputFiles) {
  await write(`${CODE}/${basename(path)}`, path.endsWith('.js') ? await toFunction(text) : text);
}
await build({
  ...FORMAT,
  entryPoints: ['build/load.js'],
  outdir: 'dist',
  bundle: true,
  format: 'cjs',
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
});
await build({ ...FORMAT, entryPoints: ['build/no-debugger.js'], outdir: 'dist', format: 'cjs' });
for (const [entry, name] of Object.entries(ENTRIES)) {
  const folder = entry.includes('/') ? '..' : '.';
  const first = PROCESSES.includes(name) ? `require('${folder}/no-debugger.js');\n` : '';
  const load = `${first}require('${folder}/load.js').load('${name}.js');\n`;
  const { exports } = metafile.outputs[`${CODE}/${name}.js`];
  await write(`dist/${entry}`, `${name === 'bin' ? '#!/usr/bin/env node\n' : ''}${exports.length > 0 ? toExports(load, exports) : load}`);
}
await write('dist/package.json', '{ "type": "commonjs" }\n');
// By itself: what V8 makes with other options than Node.js's own (NODE_OPTIONS) it takes from nobody who has not the same.
execFileSync(process.execPath, ['script/compile-code.js', CODE], { env: {}, stdio: 'inherit' });

/** A file of the bundle is a function of what src/load.ts gives it. */
async function toFunction(text) {
  const { code } = await transform(text, {
    ...FORMAT,
    format: 'cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'moduleUrl' },
    banner: '(function (require, module, moduleUrl) {',
    footer: '})',
  });
  // It is read byte by byte, and esbuild leaves comments and regular expressions as they are.
  return code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Names what is exported, for an ES module that imports it to see without running it. */
function toExports(load, names) {
  return `0 && (module.exports = { ${names.join(', ')} });\nconst library = ${load}module.exports = library;\n`;
}

async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
