import { setTimeout as sleep } from 'node:timers/promises';
import type { ProbePlan } from '../../model/plan.js';
import { DirectClient } from '../probe/direct.js';
import type { ClientView } from '../probe/running.js';
import type { DirectServers } from '../world/direct-servers.js';

/**
 * How often client and server take turns at once. Each turn moves at least a part of a segment; the rest is moved while the client waits.
 */
const MOST_TURNS = 64;
/** The pauses between two looks at the clients that wait. They grow: most clients are decided at the first look. */
const FIRST_PAUSE_MS = 1;
const LONGEST_PAUSE_MS = 5;
/** The longest pause while a client's time is measured: a timer can do no better. */
const TIMED_PAUSE_MS = 1;

/** A client whose connect(2) or whose answer has not come at once. */
interface Waiting {
  client: DirectClient;
  /** Whether evidence proves by now that nothing more comes, and has done so for long enough. */
  isProved: () => boolean;
  resolve: (view: ClientView | null) => void;
  reject: (error: unknown) => void;
}

/** Runs the direct clients of a world against its direct servers. Both work in this thread, in turns. */
export class DirectClients {
  readonly #servers: DirectServers;
  #waiting: Waiting[] = [];
  #isWatching = false;

  constructor(servers: DirectServers) {
    this.#servers = servers;
  }

  /**
   * Starts a client, and lets it talk with its server as far as that goes at once.
   * @param given the descriptor of a blocking socket, in the place of a new one
   * @throws SystemCallError, InternalError where the client cannot be made
   */
  start(plan: ProbePlan, port: number, given: number | null): DirectClient {
    const client = new DirectClient(plan, port, given);
    try {
      this.#talk(client);
      return client;
    } catch (error) {
      client.close();
      throw error;
    }
  }

  #talk(client: DirectClient): void {
    const hasWork = this.#servers.countConnection();
    client.look();
    const mayGoOn = () => client.view === null && !client.isConnecting;
    for (let turn = 0; turn < MOST_TURNS && (mayGoOn() || (turn === 0 && hasWork)); turn++) {
      const hasServed = this.#servers.serve();
      client.look();
      if (!hasServed && turn > 0) {
        break;
      }
    }
  }

  /**
   * Resolves to what the client saw, at its time limit at the latest. null: isProved() was true before.
   * Rejects where an error of the socket is no outcome, or where the servers run out of file descriptors.
   */
  wait(client: DirectClient, isProved: () => boolean): Promise<ClientView | null> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ client, isProved, resolve, reject });
      if (!this.#isWatching) {
        this.#isWatching = true;
        void this.#watch();
      }
    });
  }

  /** Looks at the waiting clients until none is left. */
  async #watch(): Promise<void> {
    for (let pauseMs = FIRST_PAUSE_MS; this.#waiting.length > 0; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
      await sleep(this.#waiting.some(({ client }) => client.isTimed) ? TIMED_PAUSE_MS : pauseMs);
      try {
        this.#servers.serve();
        this.#waiting = this.#waiting.filter((each) => !settle(each));
      } catch (error) {
        this.#waiting.splice(0).forEach(({ reject }) => reject(error));
      }
    }
    this.#isWatching = false;
  }
}

/** Settles the promise of a waiting client if it is decided. @returns whether it is */
function settle({ client, isProved, resolve, reject }: Waiting): boolean {
  try {
    const view = client.look() ?? (client.isAtLimit ? client.getViewAtLimit() : null);
    const isDecided = view !== null || isProved();
    if (isDecided) {
      resolve(view);
    }
    return isDecided;
  } catch (error) {
    reject(error);
    return true;
  }
}
