import { setTimeout as sleep } from 'node:timers/promises';
import { UsageError } from '../errors.js';
import type { BackgroundCommand } from '../kernel/background-command.js';
import type { OutputTail } from '../kernel/output-tail.js';
import type { PortTable } from '../kernel/port-table.js';
import { explainUser } from '../kernel/unprivileged-id.js';
import { PROTOCOLS } from '../model/protocols.js';
import type { Server, ServerCommand } from '../model/scenario.js';
import type { RunningServer } from './start-server.js';

const READY_LIMIT_MS = 10_000;
const PAUSE_MS = 5;
const STOP_GRACE_MS = 1000;
/** A program's sockets are closed before its end can be seen. */
const END_LAG_MS = 1000;
/** What is still in its pipes when it has ended is read by then. */
const LAST_WORDS_MS = 50;
const LINES = 20;
/** What setpriv says of a program that is not there, or not for that user. */
const REFUSAL = /^setpriv: failed to execute (.*): ([^:]*)$/;

/** A server that is a real program. */
export class CommandServer implements RunningServer {
  readonly #server: Server;
  readonly #command: ServerCommand;
  readonly #running: BackgroundCommand;
  readonly #output: OutputTail;
  readonly #ports: PortTable;
  #wasHeld = false;

  constructor(server: Server, command: ServerCommand, running: BackgroundCommand, output: OutputTail, ports: PortTable) {
    this.#server = server;
    this.#command = command;
    this.#running = running;
    this.#output = output;
    this.#ports = ports;
  }

  /** @throws UsageError where it ends, or is not ready in time */
  async waitUntilReady(): Promise<void> {
    const started = performance.now();
    while (!this.#isReady()) {
      if (this.#running.end !== null) {
        throw await this.#makeError(`ended before it was ready (${this.#running.end})`);
      }
      if (performance.now() - started > READY_LIMIT_MS) {
        throw await this.#makeError(`was not ready after ${READY_LIMIT_MS / 1000} s: ${this.#describeWaiting()}`);
      }
      await sleep(PAUSE_MS);
    }
    this.#wasHeld = this.#isPortHeld();
  }

  /**
   * To be asked when clients have seen something: what they see of a program that has died is no outcome.
   * @throws UsageError where it has ended
   */
  async assertRuns(): Promise<void> {
    const isHeld = this.#isPortHeld();
    if (this.#wasHeld && !isHeld) {
      await Promise.race([this.#running.ended, sleep(END_LAG_MS, undefined, { ref: false })]);
    }
    this.#wasHeld = isHeld;
    if (this.#running.end !== null) {
      throw await this.#makeError(`ended while probes ran (${this.#running.end}), so nothing that the clients saw is a verdict`);
    }
  }

  async stop(): Promise<void> {
    this.#ports.close();
    await this.#running.stop(STOP_GRACE_MS);
  }

  /** Read from /proc/net: a connection would disturb a server that counts its clients. */
  #isReady(): boolean {
    return this.#command.ready === null ? this.#isPortHeld() : this.#output.hasWanted;
  }

  #isPortHeld(): boolean {
    return this.#ports.isHeld(this.#server.address, this.#server.port);
  }

  #describeWaiting(): string {
    const { protocol, address, port } = this.#server;
    return this.#command.ready === null
      ? `nothing ${PROTOCOLS[protocol].transport === 'udp' ? 'has bound' : 'listens on'} ${address} port ${port}`
      : `its output did not say ${JSON.stringify(this.#command.ready)} (many programs keep what they print into a pipe to themselves: stdbuf -oL may help, or leave "ready" out)`;
  }

  async #makeError(what: string): Promise<UsageError> {
    await sleep(LAST_WORDS_MS);
    const name = `server ${JSON.stringify(this.#server.name)}`;
    const lines = this.#output.getLastLines(LINES);
    const refusal = REFUSAL.exec(lines.at(-1) ?? '');
    if (refusal !== null) {
      return new UsageError(`${name}: ${describeRefusal(refusal[1] ?? '', refusal[2] ?? '')}`);
    }
    const advice = this.#running.end === 'exit code 0' ? '; it must stay in the foreground, and serve more than one client' : '';
    const said = lines.length === 0 ? 'It printed nothing.' : `Its output ends with:\n${lines.join('\n')}`;
    return new UsageError(`${name}: ${this.#command.args[0]} ${what}${advice}. ${said}`);
  }
}

/**
 * execvp(3) says "Permission denied" of a program that is nowhere too, as soon as one folder of PATH is closed to the user: root's own often
 * are. "No such file or directory" is true of whoever asks.
 */
function describeRefusal(program: string, reason: string): string {
  const isMissing = reason === 'No such file or directory';
  const isSought = !program.includes('/');
  const where = isMissing ? 'it is not in PATH' : 'it is not in PATH, or closed to this user there';
  return `${program} cannot be run (${isSought ? where : reason})${isMissing ? '' : explainUser()}`;
}
