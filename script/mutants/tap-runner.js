// A test runner for Stryker: tap's test files in Stryker's own worker process, 10 ms of processor time a mutant (measured in verdict). Stryker's
// tap-runner starts a process for each test file, 200 ms each.
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { Script } from 'node:vm';
import { commonTokens, declareClassPlugin, PluginKind, tokens } from '@stryker-mutator/api/plugin';
import { determineHitLimitReached, DryRunStatus, TestStatus, toMutantRunResult } from '@stryker-mutator/api/test-runner';
import { build } from 'esbuild';

/** What the instrumented sources read and write: which mutant is switched on, which test runs, which mutants each test has reached. */
const switches = (globalThis.__stryker__ ??= {});

class TapRunner {
  static inject = tokens(commonTokens.options);
  #files;
  #leftOut;
  #Test;
  /** For each test file: a function that loads it and all sources that it imports, each time anew. */
  #loaders = new Map();

  constructor({ testFiles, leftOut }) {
    this.#files = testFiles;
    this.#leftOut = new Set(leftOut);
  }

  capabilities() {
    return { reloadEnvironment: true };
  }

  async init() {
    this.#Test = loadTap();
    for (const file of this.#files) {
      this.#loaders.set(file, await bundle(file));
    }
  }

  async dryRun({ disableBail }) {
    Object.assign(switches, { activeMutant: undefined, hitCount: undefined, hitLimit: undefined });
    return this.#run(this.#files, (id) => !this.#leftOut.has(id), disableBail);
  }

  async mutantRun({ activeMutant, hitLimit, testFilter, disableBail }) {
    Object.assign(switches, { activeMutant: activeMutant.id, hitCount: 0, hitLimit });
    const files = this.#files.filter((file) => testFilter.some((id) => id.startsWith(`${file} > `)));
    const result = await this.#run(files, (id) => testFilter.includes(id), disableBail);
    return toMutantRunResult(determineHitLimitReached(switches.hitCount, hitLimit) ?? result);
  }

  async #run(files, isWanted, disableBail) {
    const tests = [];
    const perTest = {};
    for (const file of files) {
      const coverage = (switches.mutantCoverage = { static: {}, perTest: {} });
      const results = await runFile(new this.#Test({ name: file, bail: !disableBail }), file, this.#loaders.get(file), isWanted);
      // What a file's imports reach as they are loaded, each of its tests may notice.
      for (const { id } of results) {
        perTest[id] = addUp(coverage.static, coverage.perTest[id] ?? {});
      }
      tests.push(...results);
      if (!disableBail && results.some(({ status }) => status === TestStatus.Failed)) {
        break;
      }
    }
    return { status: DryRunStatus.Complete, tests, mutantCoverage: { static: {}, perTest } };
  }
}

/** Loading tap makes a test of the whole process, which tells the parent process its time limit in words that Stryker does not know. */
function loadTap() {
  const { send } = process;
  process.send = undefined;
  const { t, Test } = createRequire(import.meta.url)('tap');
  t.setTimeout(0);
  process.send = send;
  return Test;
}

async function bundle(file) {
  const options = { bundle: true, packages: 'external', format: 'cjs', platform: 'node', target: 'node20', write: false };
  const { outputFiles } = await build({ ...options, entryPoints: [file], absWorkingDir: process.cwd(), plugins: [OWN_URLS] });
  return new Script(`(function (require) {${outputFiles[0].text}\n})`, { filename: `${file}.cjs` }).runInThisContext();
}

/** Each file finds its neighbours by import.meta.url; a bundle would have a single one. */
const OWN_URLS = {
  name: 'own-urls',
  setup: ({ onLoad }) =>
    onLoad({ filter: /\.ts$/ }, async ({ path }) => {
      const text = await readFile(path, 'utf8');
      return { contents: text.replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href)), loader: 'ts' };
    }),
};

/** Loads a test file with a `tap` of its own, and runs the wanted ones of its tests. A test's id is the file's path and the test's name. */
async function runFile(root, file, load, isWanted) {
  const results = [];
  const running = [];
  // After the first failure tap does not always come to an end.
  const bailedOut = new Promise((done) => root.once('bailout', done)).then((failure) => {
    results.push(toTestResult(file, switches.currentTestId, { ok: false, time: 0, failures: [{ fullname: failure }] }));
  });
  const test = (name, ...rest) => {
    const id = `${file} > ${name}`;
    const body = rest.pop();
    if (!isWanted(id)) {
      return undefined;
    }
    const run = (t) => {
      switches.currentTestId = id;
      return body(t);
    };
    const ended = root.test(name, ...rest, run).then((result) => results.push(toTestResult(file, id, result)));
    running.push(ended);
    return ended;
  };
  const bind = (value) => (typeof value === 'function' ? value.bind(root) : value);
  const tap = new Proxy(root, { get: (_, key) => (key === 'test' ? test : bind(root[key])) });
  const requireModule = createRequire(pathToFileURL(file));
  switches.currentTestId = undefined;
  root.resume();
  try {
    load((name) => (name === 'tap' ? tap : requireModule(name)));
  } catch (error) {
    results.push(toTestResult(file, file, { ok: false, time: 0, failures: [{ fullname: String(error) }] }));
  }
  root.end();
  const ended = new Promise((done) => root.main(done)).then(() => Promise.all(running));
  await Promise.race([bailedOut, ended]);
  return results;
}

/** @param result null where a test is skipped, undefined where it came after one that failed */
function toTestResult(fileName, id, result) {
  const base = { id, name: id, fileName, timeSpentMs: result?.time ?? 0 };
  if (!result) {
    return { ...base, status: TestStatus.Skipped };
  }
  return result.ok
    ? { ...base, status: TestStatus.Success }
    : { ...base, status: TestStatus.Failed, failureMessage: result.failures[0]?.fullname ?? 'failed' };
}

function addUp(one, other) {
  const keys = Object.keys({ ...one, ...other });
  return Object.fromEntries(keys.map((key) => [key, (one[key] ?? 0) + (other[key] ?? 0)]));
}

export const strykerPlugins = [declareClassPlugin(PluginKind.TestRunner, 'tap-in-process', TapRunner)];
