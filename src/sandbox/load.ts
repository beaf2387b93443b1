import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { workerData } from 'node:worker_threads';

interface Module {
  exports: object;
}
type Run = (require: (id: string) => unknown, module: Module, url: string) => void;

/** The text of a file of the bundle, and V8's code cache for it (undefined where there is none). */
interface Code {
  text: string;
  compiled: Uint8Array | undefined;
}

/** The code for a thread that cannot read files. */
export interface CarriedCode {
  /** The text of this module. */
  loader: string;
  /** By the name of the file in the bundle. */
  files: Map<string, Code>;
  /**
   * The path of koffi's native module. The process has loaded it already: the dynamic linker finds it by its path, without reading the
   * file.
   */
  addon: string;
}

const ADDON = 'koffi';
const requireOther = createRequire(import.meta.url);
const modules = new Map<string, Module>();
const carried = (workerData as { code?: CarriedCode } | null)?.code ?? null;

/**
 * Loads a file of the bundle (script/bundle.js) and the files that it needs, with the code cache that the build has made.
 * Without the cache one small scenario takes 60 ms more, a quarter of its time.
 * V8 rejects a cache of another version or with other options. It then compiles the text.
 * V8 compares only the length of the text with the cache: after a change in dist/code, build again.
 * @returns the exports of the file
 */
export function load(name: string): object {
  const known = modules.get(name);
  if (known !== undefined) {
    return known.exports;
  }
  const module: Module = { exports: {} };
  modules.set(name, module);
  try {
    const run = compile(getPath(name), carried?.files.get(name) ?? readFiles(getPath(name))).runInThisContext() as Run;
    run((id) => (id.startsWith('./') ? load(id.slice(2)) : requirePackage(id)), module, getUrl(name).href);
    return module.exports;
  } catch (error) {
    modules.delete(name);
    throw error;
  }
}

/**
 * Reads everything that a thread needs to load a file of the bundle without reading files. koffi must be loaded before.
 * @throws Error where koffi is not loaded
 */
export function carryCode(name: string): CarriedCode {
  const files = new Map<string, Code>();
  const add = (file: string) => {
    if (!files.has(file)) {
      const code = readFiles(getPath(file));
      files.set(file, code);
      for (const [, needed = ''] of code.text.matchAll(/\brequire\("\.\/([^"]+)"\)/g)) {
        add(needed);
      }
    }
  };
  add(name);
  const addon = Object.keys(requireOther.cache).find((path) => path.endsWith(`/${ADDON}.node`));
  if (addon === undefined) {
    throw new Error(`${ADDON} is not loaded`);
  }
  return { loader: readFileSync(fileURLToPath(import.meta.url), 'utf8'), files, addon };
}

function requirePackage(id: string): unknown {
  if (id !== ADDON || carried === null) {
    return requireOther(id);
  }
  const module = { exports: {} };
  process.dlopen(module, carried.addon);
  return module.exports;
}

function getUrl(name: string): URL {
  return new URL(`../code/${name}`, import.meta.url);
}

function getPath(name: string): string {
  return fileURLToPath(getUrl(name));
}

/** @internal for the build, which makes the code cache of the file */
export function readCode(path: string): Script {
  return compile(path, readFiles(path));
}

function compile(path: string, { text, compiled }: Code): Script {
  return new Script(text, { filename: path, cachedData: compiled });
}

function readFiles(path: string): Code {
  return { text: readFileSync(path, 'latin1'), compiled: readIfThere(getCachePath(path)) };
}

/** The path of the code cache: it names V8's version and the processor. @internal for the build, which writes the file */
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
