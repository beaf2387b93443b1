// Loads what script/test.js has compiled in the place of the TypeScript. The modules keep their own URLs, by which tests find their files.
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

const ROOT = new URL('../../', import.meta.url).href;
const COMPILED = new URL('build/tests/', ROOT).href;
/** It notes for coverage, which is off, what a file loads: 0.25 s a file. */
const PROCESSINFO = '/@tapjs/processinfo/dist/esm/import.mjs';

/** @type {import('node:module').ResolveHook} */
export async function resolve(specifier, context, nextResolve) {
  if (specifier.endsWith(PROCESSINFO)) {
    return { url: 'data:text/javascript,', shortCircuit: true };
  }
  if (specifier.startsWith('.') && context.parentURL?.endsWith('.ts')) {
    const url = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (existsSync(url)) {
      return { url: url.href, format: 'module', shortCircuit: true };
    }
  }
  return nextResolve(specifier, context);
}

/** @type {import('node:module').LoadHook} */
export async function load(url, context, nextLoad) {
  if (url.startsWith(ROOT) && url.endsWith('.ts')) {
    const source = await readFile(new URL(url.slice(ROOT.length).replace(/\.ts$/, '.js'), COMPILED));
    return { format: 'module', source, shortCircuit: true };
  }
  return nextLoad(url, context);
}
