import type { ChildLedger } from '../kernel/child-ledger.js';
import { CommandRunner } from '../kernel/run-command.js';
import type { Allowance } from '../session/allowance.js';
import { WorldSession } from '../session/world-session.js';
import { toFailure, type FromInside, type InsideOptions, type RequestMessage } from './wire.js';

/** From how many characters on an answer does not wait for those that follow. */
const LONG_ANSWER = 1 << 16;

interface Surroundings {
  options: InsideOptions;
  ledger: ChildLedger;
  allowance: Allowance;
  /** Takes whole lines for the outside. */
  send: (lines: string) => void;
}

/** Has one world at a time, in a network namespace that the calling thread enters, and answers the messages for it in their order. */
export class WorldServer {
  readonly #session: WorldSession;
  readonly #send: (lines: string) => void;
  #last = Promise.resolve();

  /** Says that it is ready. @param worker its number */
  constructor(worker: number, { options, ledger, allowance, send }: Surroundings) {
    // Every reset that a server sees is an error object of Node's, and most of what one costs is its stack, which nobody reads here.
    Error.stackTraceLimit = 0;
    const { callersNamespace } = options;
    this.#session = new WorldSession({ callersNamespace, commands: new CommandRunner(ledger), allowance });
    this.#send = send;
    send(toLine({ type: 'ready', worker }));
  }

  /** Takes what was asked in one go: it is answered in one go. */
  take(text: string): void {
    this.#last = this.#last.then(() => this.#answerAll(JSON.parse(text) as RequestMessage[]));
  }

  async #answerAll(messages: RequestMessage[]): Promise<void> {
    let lines = '';
    for (const message of messages) {
      lines += toLine(await this.#answer(message));
      if (lines.length > LONG_ANSWER) {
        this.#send(lines);
        lines = '';
      }
    }
    this.#send(lines);
  }

  async #answer({ id, request }: RequestMessage): Promise<FromInside> {
    try {
      return { type: 'reply', id, reply: await this.#session.handle(request) };
    } catch (error) {
      return { type: 'failure', id, failure: toFailure(error) };
    }
  }
}

function toLine(message: FromInside): string {
  return `${JSON.stringify(message)}\n`;
}
