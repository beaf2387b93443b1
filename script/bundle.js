// Bundles the output of `tsc` (build/) into the package (dist/), with V8's compiled code beside each file (src/sandbox/load.ts).
// A start then loads a few files instead of some hundred. They are CommonJS because Node.js takes 8 ms to start its loader of ES modules.
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, relative } from 'node:path';
import { build, transform } from 'esbuild';
import { compileValidator } from './compile-validator.js';

const CODE = 'dist/code';
/** The files that Node.js runs or imports, and the file of the bundle that each one loads. */
const ENTRIES = { 'bin.js': 'bin', 'index.js': 'index', 'sandbox/pid1.js': 'pid1' };
/** Files that run as loopfw's own processes. No debugger may attach to them, not even while they load. */
const PROCESSES = ['bin', 'pid1'];
const FORMAT = { platform: 'node', target: 'node20', logLevel: 'warning' };

const { outputFiles, metafile } = await build({
  ...FORMAT,
  entryPoints: ['bin', 'index', 'sandbox/pid1', 'sandbox/worker'].map((entry) => `build/${entry}.js`),
  entryNames: '[name]',
  outdir: CODE,
  bundle: true,
  splitting: true,
  chunkNames: '[name]-[hash]',
  format: 'esm',
  write: false,
  metafile: true,
  // jsonc-parser names its ES modules only in the field "module" of its package.json. Its other build (UMD) cannot be bundled.
  mainFields: ['module', 'main'],
  // koffi loads a native module from its own folder.
  external: ['koffi'],
  plugins: [
    {
      name: 'validator',
      setup: ({ onLoad }) =>
        onLoad({ filter: /\/build\/input\/schema\/validate-scenario\.js$/ }, async () => ({ contents: await compileValidator(CODE) })),
    },
    {
      // dist has the folders of src, as far as a module names a file beside itself: so what it names is there, in the bundle as in the source.
      name: 'own place',
      setup: ({ onLoad }) =>
        onLoad({ filter: /\/build\/.*\.js$/ }, async ({ path }) => {
          const place = JSON.stringify(`../${relative('build', path)}`);
          return { contents: (await readFile(path, 'utf8')).replaceAll('import.meta.url', `new URL(${place}, import.meta.url).href`) };
        }),
    },
  ],
  legalComments: 'linked',
});
for (const { path, text } of outputFiles) {
  await write(`${CODE}/${basename(path)}`, path.endsWith('.js') ? await toFunction(text) : text);
}
await build({
  ...FORMAT,
  entryPoints: ['build/sandbox/load.js'],
  outdir: 'dist/sandbox',
  bundle: true,
  format: 'cjs',
  define: { 'import.meta.url': 'moduleUrl' },
  banner: { js: "const moduleUrl = require('node:url').pathToFileURL(__filename).href;" },
});
await build({ ...FORMAT, entryPoints: ['build/sandbox/no-debugger.js'], outdir: 'dist/sandbox', format: 'cjs' });
for (const [entry, name] of Object.entries(ENTRIES)) {
  const folder = entry.includes('/') ? '.' : './sandbox';
  const first = PROCESSES.includes(name) ? `require('${folder}/no-debugger.js');\n` : '';
  const load = `${first}require('${folder}/load.js').load('${name}.js');\n`;
  const { exports } = metafile.outputs[`${CODE}/${name}.js`];
  await write(`dist/${entry}`, `${name === 'bin' ? '#!/usr/bin/env node\n' : ''}${exports.length > 0 ? toExports(load, exports) : load}`);
}
await write('dist/package.json', '{ "type": "commonjs" }\n');
// A process without environment variables: V8 uses compiled code only with the options of its compilation, and NODE_OPTIONS would change
// them.
execFileSync(process.execPath, ['script/compile-code.js', CODE], { env: {}, stdio: 'inherit' });

/** Turns a file of the bundle into a function, whose arguments come from src/sandbox/load.ts. */
async function toFunction(text) {
  const { code } = await transform(text, {
    ...FORMAT,
    format: 'cjs',
    supported: { 'dynamic-import': false },
    define: { 'import.meta.url': 'moduleUrl' },
    banner: '(function (require, module, moduleUrl) {',
    footer: '})',
  });
  // Escapes all characters outside ASCII: src/sandbox/load.ts reads each byte as a character (Latin-1), and esbuild does not escape comments and
  // regular expressions.
  return code.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** Lists the exports in a form that Node.js can find without running the code. An ES module that imports the file needs this. */
function toExports(load, names) {
  return `0 && (module.exports = { ${names.join(', ')} });\nconst library = ${load}module.exports = library;\n`;
}

async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
