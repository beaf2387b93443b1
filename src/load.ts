import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

interface Module {
  exports: object;
}
type Run = (require: (id: string) => unknown, module: Module, url: string) => void;

const requireOther = createRequire(import.meta.url);
const modules = new Map<string, Module>();

/**
 * Loads a file of the bundle (script/bundle.js), and those that it needs, with what V8 has compiled of it when it was built: without that
 * one small scenario takes 60 ms more, a quarter of its time. Where V8 is another, or has other options, it does not use that, and compiles.
 */
export function load(name: string): object {
  const known = modules.get(name);
  if (known !== undefined) {
    return known.exports;
  }
  const module: Module = { exports: {} };
  modules.set(name, module);
  const url = new URL(`./code/${name}`, import.meta.url);
  try {
    const run = readCode(fileURLToPath(url)).runInThisContext() as Run;
    run((id) => (id.startsWith('./') ? load(id.slice(2)) : requireOther(id)), module, url.href);
    return module.exports;
  } catch (error) {
    modules.delete(name);
    throw error;
  }
}

/** @internal for the build, which compiles what is read */
export function readCode(path: string): Script {
  return new Script(readFileSync(path, 'latin1'), { filename: path, cachedData: readIfThere(getCachePath(path)) });
}

/** @internal for the build, which writes it */
export function getCachePath(path: string): string {
  return `${path}.${process.versions.v8}-${process.arch}`;
}

function readIfThere(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
