import { spawn } from 'node:child_process';
import { closeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { getNetworkNamespace } from '../../kernel/network/namespace-name.js';
import { getCommandPath } from '../../kernel/process/find-command.js';
import { limitWait, makeSocketPair } from '../../kernel/sockets/descriptor-message.js';
import { receiveAnswer, requestSocket } from '../../kernel/sockets/handed-over.js';
import { EnvironmentError } from '../../model/errors.js';
import type { Family } from '../../model/rule.js';
import type { Entry } from './entry.js';

/** How long the process may take to start (60 ms), or to make a socket (0.1 ms), on a machine that is busy. */
const LIMIT_S = 20;

/** Makes TCP sockets in a world, for this process. The namespace of this process does not change: another one makes them, and hands them over. */
export class WorldSocketSource {
  readonly #entry: Entry;
  /** This end of the channel to the process; null before it is started. */
  #channel: number | null = null;
  #isReady = false;

  constructor(entry: Entry) {
    this.#entry = entry;
  }

  /** Starts the process and does not wait for it. @throws EnvironmentError where it cannot be started */
  prepare(): number {
    this.#channel ??= start(this.#entry);
    return this.#channel;
  }

  /**
   * Makes an unconnected socket. This thread does nothing else until the other process has answered: 0.1 ms, and for the first socket up
   * to the 60 ms that Node.js takes to start.
   * @returns its descriptor
   * @throws EnvironmentError where it cannot be made
   */
  make(family: Family): number {
    const channel = this.prepare();
    if (!this.#isReady) {
      receiveAnswer(channel);
      this.#isReady = true;
    }
    return requestSocket(channel, family);
  }

  /** The process then ends. Sockets that it has made go on. */
  close(): void {
    if (this.#channel !== null) {
      closeSync(this.#channel);
      this.#channel = null;
      this.#isReady = false;
    }
  }
}

/** Returns this end of the channel. */
function start({ words: [starter, ...words] }: Entry): number {
  const [channel, others] = makeSocketPair();
  const path = fileURLToPath(new URL('./socket-source.js', import.meta.url));
  const child = spawn(starter, [...words, process.execPath, path, getNetworkNamespace()], {
    stdio: [others, 'ignore', 'ignore'],
    env: { PATH: getCommandPath(), LC_ALL: 'C' },
    cwd: '/',
    detached: true, // Ctrl-C in the terminal is not for it
  });
  closeSync(others);
  child.on('error', () => {}); // the channel is closed then, and the first socket reports it
  child.unref();
  if (child.pid === undefined) {
    closeSync(channel);
    throw new EnvironmentError(`${starter} cannot be run`);
  }
  limitWait(channel, LIMIT_S);
  return channel;
}
