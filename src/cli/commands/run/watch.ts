import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { basename, relative, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type FSWatcher, watch } from 'chokidar';
import { loadScenarios } from '../../../input/load-scenarios.js';
import { SpecError, UsageError } from '../../../model/errors.js';
import { makeHarmless } from '../../../words/harmless.js';
import { countNoun } from '../../../words/phrases.js';
import { STDIN } from '../../../input/files/read.js';

/** An editor may write several files. A run begins when nothing has changed for this long. */
const QUIET_MS = 100;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const SCENARIO_FILE = /\.jsonc?$/;

interface Watched {
  paths: string[];
  /** The files of --ruleset. */
  rulesets: string[];
  /** The files of reports. A run writes them, so that their changes must not begin another. */
  reports: string[];
}

/**
 * `loopfw run --watch`: runs the same command line in a process of its own, and again after each change of a file that it reads, until a
 * signal. Returns the exit code, 128+n.
 *
 * @throws UsageError where standard input is to be read, which can be done once
 */
export async function watchRuns({ paths, rulesets, reports }: Watched): Promise<number> {
  if ([...paths, ...rulesets].includes(STDIN)) {
    throw new UsageError('--watch reads the files again and again, and standard input (-) can be read only once');
  }
  const runs = new Runs();
  const inputs = new Inputs(paths, reports);
  try {
    await inputs.start([...paths, ...rulesets]);
    while (!runs.isEnded) {
      await inputs.read(paths, rulesets);
      await runs.run();
      if (!runs.isEnded) {
        process.stderr.write(`\nloopfw: waiting for a change of ${countNoun(inputs.count, 'file')}, until Ctrl-C\n`);
        const changed = await Promise.race([inputs.changed(), runs.ended]);
        process.stderr.write(changed === undefined ? '' : `loopfw: ${makeHarmless(changed.join(', '))} changed\n\n`);
      }
    }
    return await runs.ended.then(() => runs.exitCode);
  } finally {
    await inputs.close();
    runs.release();
  }
}

/** The files that a run reads, and those of them that have changed. */
class Inputs {
  readonly #folders: string[];
  readonly #reports: Set<string>;
  readonly #files = new Set<string>();
  readonly #changed = new Set<string>();
  #watcher: FSWatcher | null = null;
  #noteChange = () => {};

  constructor(paths: string[], reports: string[]) {
    this.#folders = paths.map((path) => `${resolve(path)}/`);
    this.#reports = new Set(reports.map((path) => resolve(path)));
  }

  get count(): number {
    return this.#files.size;
  }

  async start(paths: string[]): Promise<void> {
    paths.forEach((path) => this.#files.add(resolve(path)));
    const ignored = (path: string) => basename(path) === 'node_modules' || (basename(path).startsWith('.') && !this.#files.has(path));
    this.#watcher = watch([...this.#files], { ignored, ignoreInitial: true });
    this.#watcher.on('all', (_, path) => this.#onChange(resolve(path)));
    await once(this.#watcher, 'ready');
  }

  /** Finds out which files the scenarios read. What cannot be read is reported by the run. */
  async read(paths: string[], rulesets: string[]): Promise<void> {
    const files = new Set<string>();
    const onRead = (path: string) => files.add(resolve(path));
    await loadScenarios(paths, { rulesets, onRead }).catch((error: unknown) => {
      if (!(error instanceof SpecError)) {
        throw error;
      }
    });
    this.#files.clear();
    files.forEach((file) => this.#files.add(file));
    this.#watcher?.add([...files]);
  }

  /** Resolves to the files that have changed since the last time, when nothing more changes. */
  async changed(): Promise<string[]> {
    for (let count = -1; count < this.#changed.size || count < 1;) {
      count = this.#changed.size;
      await (count === 0 ? new Promise<void>((resolve) => (this.#noteChange = resolve)) : sleep(QUIET_MS));
    }
    const files = [...this.#changed].map((file) => (file.startsWith(`${process.cwd()}/`) ? relative(process.cwd(), file) : file));
    this.#changed.clear();
    return files;
  }

  async close(): Promise<void> {
    await this.#watcher?.close();
  }

  #onChange(path: string): void {
    const isNew = SCENARIO_FILE.test(path) && this.#folders.some((folder) => path.startsWith(folder));
    if ((this.#files.has(path) || isNew) && !this.#reports.has(path)) {
      this.#changed.add(path);
      this.#noteChange();
    }
  }
}

/** The runs, each in a process of its own. The first signal ends them. */
class Runs {
  exitCode = 0;
  #child: ChildProcess | null = null;
  #end = () => {};
  /** Resolves after a signal. */
  readonly ended = new Promise<void>((resolve) => (this.#end = resolve));

  constructor() {
    for (const signal of SIGNALS) {
      process.on(signal, this.#onSignal);
    }
  }

  get isEnded(): boolean {
    return this.exitCode !== 0;
  }

  async run(): Promise<void> {
    const args = process.argv.slice(1);
    const place = args.indexOf('--watch');
    this.#child = spawn(process.execPath, [...process.execArgv, ...args.toSpliced(place, 1)], { stdio: 'inherit' });
    await once(this.#child, 'exit');
    this.#child = null;
  }

  release(): void {
    SIGNALS.forEach((signal) => process.off(signal, this.#onSignal));
  }

  readonly #onSignal = (signal: (typeof SIGNALS)[number]): void => {
    this.exitCode = 128 + constants.signals[signal];
    this.#end();
    // Ctrl-C in a terminal reaches the run directly. A second signal would end it without its report.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) {
      this.#child?.kill(signal);
    }
  };
}
