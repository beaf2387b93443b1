import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';
import { workerData } from 'node:worker_threads';

interface Module {
  exports: object;
}
type Run = (require: (id: string) => unknown, module: Module, url: string) => void;

/** A file of the bundle, and what V8 has compiled of it. */
interface Code {
  text: string;
  compiled: Uint8Array | undefined;
}

/** The code that a thread is started with because it cannot read files. */
export interface CarriedCode {
  /** The text of this module. */
  loader: string;
  /** By their names in the bundle. */
  files: Map<string, Code>;
  /** The path of koffi's native module. The process has it open: the dynamic linker finds it by its name, without a look at the file. */
  addon: string;
}

const ADDON = 'koffi';
const requireOther = createRequire(import.meta.url);
const modules = new Map<string, Module>();
const carried = (workerData as { code?: CarriedCode } | null)?.code ?? null;

/**
 * Loads a file of the bundle (script/bundle.js), and those that it needs, with what V8 has compiled of it when it was built: without that
 * one small scenario takes 60 ms more, a quarter of its time. Where V8 is another, or has other options, it does not use that, and compiles.
 * Of the text V8 compares only the length: after a change in dist/code, build again.
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

/** Reads what a thread needs to load a file of the bundle without reading any. koffi must have been loaded. */
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
  return new URL(`./code/${name}`, import.meta.url);
}

function getPath(name: string): string {
  return fileURLToPath(getUrl(name));
}

/** @internal for the build, which compiles what is read */
export function readCode(path: string): Script {
  return compile(path, readFiles(path));
}

function compile(path: string, { text, compiled }: Code): Script {
  return new Script(text, { filename: path, cachedData: compiled });
}

function readFiles(path: string): Code {
  return { text: readFileSync(path, 'latin1'), compiled: readIfThere(getCachePath(path)) };
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
