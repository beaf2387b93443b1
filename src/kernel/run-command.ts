import { CommandError } from '../errors.js';
import type { ChildLedger } from './child-ledger.js';
import { findCommand, getCommandPath, type CommandName } from './find-command.js';

const TIME_LIMIT_MS = 30_000;
const OUTPUT_LIMIT = 1 << 27;
/** iptables-legacy takes one lock for the whole host, which an ordinary user cannot even open: this file gives each process its own. */
const ENVIRONMENT = { PATH: getCommandPath(), LC_ALL: 'C', XTABLES_LOCKFILE: '/proc/self/status' };

/** Starts the commands of one thread, each in that thread's namespace and with its privileges. */
export class CommandRunner {
  readonly #ledger: ChildLedger;
  // execa takes some 90 ms to import: it loads while the world is being made.
  readonly #execa = import('execa');

  constructor(ledger: ChildLedger) {
    this.#ledger = ledger;
  }

  /**
   * Runs a command to its end and gives its standard output. Its environment is fixed, its input is `input` and nothing else.
   * @throws CommandError unless it exits with 0 in time · EnvironmentError where it is not installed
   */
  async run(name: CommandName, args: string[], input = ''): Promise<string> {
    const path = findCommand(name);
    const { execa } = await this.#execa;
    const child = this.#ledger.register(() =>
      execa(path, args, {
        input,
        env: ENVIRONMENT,
        extendEnv: false,
        cwd: '/',
        timeout: TIME_LIMIT_MS,
        killSignal: 'SIGKILL',
        maxBuffer: OUTPUT_LIMIT,
        reject: false,
        cleanup: false,
        stripFinalNewline: false,
      }),
    );
    const result = await child;
    if (child.pid !== undefined) {
      this.#ledger.release(child.pid);
    }
    if (result.failed) {
      const how = result.timedOut
        ? `was still running after ${TIME_LIMIT_MS} ms`
        : `ended with ${result.exitCode ?? result.signal ?? result.code ?? 'an error'}`;
      throw new CommandError(`${[name, ...args].join(' ')} ${how}: ${result.stderr.trim() || result.shortMessage}`);
    }
    return result.stdout;
  }
}
