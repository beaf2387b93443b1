// Bundles the output of `tsc` (build/) into the package (dist/), with V8's compiled code beside each file (src/sandbox/load.ts).
// A start then loads a few files instead of some hundred. They are CommonJS because Node.js takes 8 ms to start its loader of ES modules.
import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, relative } from 'node:path';
import { build, transform } from 'esbuild';
import { compileValidator } from './compile-validator.js';

const CODE = 'dist/code';
/** The files that Node.js runs or imports, and the file of the bundle that each one loads. */
const ENTRIES = {
  'bin.js': 'bin',
  'index.js': 'index',
  'control.js': 'control',
  'sandbox/pid1.js': 'pid1',
  'sandbox/socket-maker.js': 'socket-maker',
  'sandbox/program/socket-source.js': 'socket-source',
};
/** Files that run as loopfw's own processes. No debugger may attach to them, not even while they load. */
const PROCESSES = ['bin', 'pid1', 'socket-maker', 'socket-source'];
/**
 * The files that hold all parts which their own part needs: a run reads four of them instead of 70. `also` is imported on demand, but every
 * run needs it. What `loaded` holds is there already.
 */
const WHOLE = {
  'bin.js': {},
  'cli/main.js': { loaded: ['bin.js'] },
  'cli/commands/run/run.js': { also: ['cli/commands/run/run-selected.js'], loaded: ['bin.js', 'cli/main.js'] },
  'cli/commands/exec/exec.js': { also: ['sandbox/program/start.js'], loaded: ['bin.js', 'cli/main.js'] },
  'sandbox/pid1.js': { also: ['sandbox/world-server.js'] },
  'sandbox/socket-maker.js': {},
  'sandbox/program/socket-source.js': {},
  'sandbox/worker.js': {},
};
const FORMAT = { platform: 'node', target: 'node20', logLevel: 'warning' };

const { outputFiles, metafile } = await build({
  ...FORMAT,
  entryPoints: [...Object.keys(ENTRIES), 'sandbox/worker.js'].map((entry) => `build/${entry}`),
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
const parts = new Map();
for (const { path, text } of outputFiles) {
  const name = basename(path);
  if (name.endsWith('.js')) {
    parts.set(name, `${JSON.stringify(name)}: ${await toFunction(text)}`);
  } else {
    await write(`${CODE}/${name}`, text);
  }
}
const names = new Map(
  Object.entries(metafile.outputs).map(([path, { entryPoint }]) => [entryPoint?.replace('build/', ''), basename(path)]),
);
const whole = new Map(
  Object.entries(WHOLE).map(([entry, { also = [], loaded = [] }]) => [names.get(entry), listParts(entry, also, loaded)]),
);
for (const name of parts.keys()) {
  const held = (whole.get(name) ?? [name]).map((part) => parts.get(part));
  await write(`${CODE}/${name}`, `({\n${held.join(',\n')}\n})\n`);
}
// Worker threads read the loader from this file.
await buildEntry('sandbox/load.js', "export * from './load.js';", '');
for (const [entry, name] of Object.entries(ENTRIES)) {
  const { exports } = metafile.outputs[`${CODE}/${name}.js`];
  await buildEntry(entry, `import { load } from './load.js';\nmodule.exports = load('${name}.js');`, listExports(exports));
}
await write('dist/package.json', '{ "type": "commonjs" }\n');
// A process without environment variables: V8 uses compiled code only with the options of its compilation, and NODE_OPTIONS would change
// them.
execFileSync(process.execPath, ['script/compile-code.js', CODE], { env: {}, stdio: 'inherit' });

/** The names of the parts that are imported statically from some modules, without those of others. */
function listParts(entry, also, without) {
  const left = new Set(without.flatMap((other) => listParts(other, [], [])));
  const found = new Set();
  const add = (name) => {
    if (parts.has(name) && !found.has(name) && !left.has(name)) {
      found.add(name);
      const { imports } = metafile.outputs[`${CODE}/${name}`];
      imports.filter(({ kind }) => kind === 'import-statement').forEach(({ path }) => add(basename(path)));
    }
  };
  [entry, ...also].forEach((module) => add(names.get(module)));
  return [...found];
}

/** Turns a part of the bundle into a function, whose arguments come from src/sandbox/load.ts. */
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

/** Writes a file that Node.js loads by itself. It holds the loader: Node.js takes 0.4 ms to find, read and compile another file. */
async function buildEntry(entry, contents, footer) {
  const isProcess = PROCESSES.some((name) => basename(entry) === `${name}.js`);
  const place = JSON.stringify(relative(dirname(entry), 'sandbox/load.js'));
  const first = [
    ...(entry === 'bin.js' ? ['#!/usr/bin/env node'] : []),
    ...(isProcess ? [(await readFile('build/sandbox/no-debugger.js', 'utf8')).replace(/^(\/\/.*|export .*)\n/gm, '').trim()] : []),
    `const loaderUrl = new URL(${place}, require('node:url').pathToFileURL(__filename)).href;`,
  ];
  await build({
    ...FORMAT,
    stdin: { contents, resolveDir: 'build/sandbox' },
    outfile: `dist/${entry}`,
    bundle: true,
    format: 'cjs',
    define: { 'import.meta.url': 'loaderUrl' },
    banner: { js: first.join('\n') },
    footer: { js: footer },
  });
}

/** Lists the exports in a form that Node.js can find without running the code. An ES module that imports the file needs this. */
function listExports(names) {
  return names.length === 0 ? '' : `0 && (module.exports = { ${names.join(', ')} });`;
}

async function write(path, text) {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
}
