import type { Allowance } from '../inside/session/allowance.js';
import { WorldSession } from '../inside/session/session.js';
import { UserSockets } from '../kernel/network/user-sockets.js';
import type { ChildLedger } from '../kernel/process/children.js';
import { CommandRunner } from '../kernel/process/run-command.js';
import { packReplies } from './packed-replies.js';
import { type FromInside, type InsideOptions, type RequestMessage, toFailure, toLine } from './wire.js';

/** Replies of more characters together are sent at once: they do not wait for the replies that follow. */
const LONG_ANSWER = 1 << 16;

interface WorldServerOptions {
  options: InsideOptions;
  ledger: ChildLedger;
  allowance: Allowance;
  /** The channel of UserSockets; null if there is none. */
  userSockets: number | null;
  /** Sends whole lines to the outside. */
  send: (lines: string) => void;
}

/**
 * Serves one world at a time, in a network namespace that the calling thread enters. It answers the messages in their order, except `ask`:
 * a fault can be healed while a probe waits.
 */
export class WorldServer {
  readonly #session: WorldSession;
  readonly #send: (lines: string) => void;
  #last = Promise.resolve();

  constructor({ options, ledger, allowance, userSockets: channel, send }: WorldServerOptions) {
    // Node.js makes an error object for every reset that a server sees. Most of its cost is the stack trace, which nothing reads here.
    Error.stackTraceLimit = 0;
    const { callersNamespace } = options;
    const userSockets = channel === null ? null : new UserSockets(channel);
    this.#session = new WorldSession({ callersNamespace, commands: new CommandRunner(ledger), allowance, userSockets });
    this.#send = send;
  }

  /** Takes a JSON array of requests. The replies are sent together, unless they are long. */
  take(text: string): void {
    this.#last = this.#last.then(() => this.#answerAll(JSON.parse(text) as RequestMessage[]));
  }

  async #answerAll(messages: RequestMessage[]): Promise<void> {
    let lines = '';
    const add = (message: FromInside) => {
      lines += toLine(message);
      if (lines.length > LONG_ANSWER) {
        this.#send(lines);
        lines = '';
      }
    };
    for (const message of messages) {
      if (message.request.type === 'ask') {
        void this.#answer(message, add).then((answer) => this.#send(toLine(answer)));
      } else {
        add(await this.#answer(message, add));
      }
    }
    this.#send(lines);
  }

  async #answer({ id, request }: RequestMessage, send: (message: FromInside) => void): Promise<FromInside> {
    try {
      const reply = await this.#session.handle(request, (replies) => send({ type: 'replies', id, packed: packReplies(replies) }));
      return { type: 'reply', id, reply };
    } catch (error) {
      return { type: 'failure', id, failure: toFailure(error) };
    }
  }
}
