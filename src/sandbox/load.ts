import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Script } from 'node:vm';

interface Module {
  exports: object;
}
/** A part of the bundle. */
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
  /** A file of the bundle with all that it needs. */
  code: Code;
  /**
   * The path of koffi's native module. The process has loaded it already: the dynamic linker finds it by its path, without reading the
   * file.
   */
  addon: string;
}

const ADDON = 'koffi';
/** Where npm has put koffi's native module. To find it there takes 0.8 ms; koffi's own search, which is for all machines, takes 4 ms. */
const ADDON_FILE = `@koromix/koffi-${process.platform}-${process.arch}/${process.platform}_${process.arch}/koffi.node`;
const requireOther = createRequire(import.meta.url);
/** Ends with a slash. */
const codeUrl = new URL('../code/', import.meta.url).href;
const codeFolder = fileURLToPath(codeUrl);
const parts = new Map<string, Run>();
const modules = new Map<string, Module>();
let carriedAddon: string | null = null;

/**
 * Loads a part of the bundle (script/bundle.js) and the parts that it needs, with the code cache that the build has made. The file of a part
 * may hold others too.
 * Without the cache one small scenario takes 60 ms more, a quarter of its time.
 * V8 rejects a cache of another version or with other options. It then compiles the text.
 * V8 compares only the length of the text with the cache: after a change in dist/code, build again.
 * @returns the exports of the part
 */
export function load(name: string): object {
  const known = modules.get(name);
  if (known !== undefined) {
    return known.exports;
  }
  if (!parts.has(name)) {
    addParts(getPath(name), readFiles(getPath(name)));
  }
  const module: Module = { exports: {} };
  modules.set(name, module);
  try {
    parts.get(name)?.((id) => (id.startsWith('./') ? load(id.slice(2)) : requirePackage(id)), module, `${codeUrl}${name}`);
    return module.exports;
  } catch (error) {
    modules.delete(name);
    throw error;
  }
}

/** A part that is known already stays: another file may hold it as well. */
function addParts(path: string, code: Code): void {
  for (const [name, run] of Object.entries(compile(path, code).runInThisContext() as Record<string, Run>)) {
    if (!parts.has(name)) {
      parts.set(name, run);
    }
  }
}

/** Loads a part, and those that it needs, in a thread that cannot read files. */
export function loadCarried(name: string, { code, addon }: CarriedCode): void {
  carriedAddon = addon;
  addParts(getPath(name), code);
  load(name);
}

/**
 * Reads everything that a thread needs to load a part of the bundle without reading files. koffi must be loaded before.
 * @throws Error where koffi is not loaded
 */
export function carryCode(name: string): CarriedCode {
  const addon = Object.keys(requireOther.cache).find((path) => path.endsWith(`/${ADDON}.node`));
  if (addon === undefined) {
    throw new Error(`${ADDON} is not loaded`);
  }
  return { loader: readFileSync(fileURLToPath(import.meta.url), 'utf8'), code: readFiles(getPath(name)), addon };
}

function requirePackage(id: string): unknown {
  if (id !== ADDON) {
    return requireOther(id);
  }
  if (carriedAddon !== null) {
    const module = { exports: {} };
    process.dlopen(module, carriedAddon);
    return module.exports;
  }
  try {
    return requireOther(ADDON_FILE);
  } catch {
    return requireOther(ADDON);
  }
}

function getPath(name: string): string {
  return `${codeFolder}${name}`;
}

/** @internal for the build, which makes the code cache of the file */
export function readCode(path: string): Script {
  return compile(path, readFiles(path));
}

/**
 * V8 writes the name of the file into the code cache, and does not set it anew when it reads that. So it is the name within the package, and
 * the package has no path of the machine that built it.
 */
function compile(path: string, { text, compiled }: Code): Script {
  return new Script(text, { filename: `loopfw/dist/code/${basename(path)}`, cachedData: compiled });
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
