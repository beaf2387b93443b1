/// <reference lib="esnext.disposable" preserve="true" />
import { request } from 'node:http';
import { EnvironmentError, InternalError, UsageError } from '../../../model/errors.js';
import type { ProbeResult, RuleResult } from '../../../model/result.js';
import type { ProbeInput, RuleInput } from '../../../model/scenario-file.js';
import type { ControlError, FaultInWorld, RuleFile, ServerInWorld } from '../control-types.js';
import type { JourneyInWorld } from '../journey.js';
import { CONTROL, NOTICE } from './variable.js';

/** The errors of a socket behind which nobody is: it is gone, or its owner was killed, or is about to end. */
const ENDED = ['ENOENT', 'ENOTDIR', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'];

/** A probe as in a scenario file. Without `expect` it expects nothing. */
export type AskedProbe = Omit<ProbeInput, 'expect'> & Partial<Pick<ProbeInput, 'expect'>>;

/** The world has refused a request. */
export class ControlRequestError extends Error {
  override name = 'ControlRequestError';
  readonly code: ControlError['error']['code'];

  constructor({ code, message }: ControlError['error']) {
    super(message);
    this.code = code;
  }
}

/** A fault that is in force, or waits for its time. */
export interface RunningFault extends FaultInWorld {
  /** Ends it. When the promise is fulfilled, it is not in force any more. */
  heal(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** A client of the world that a program runs in. Every change is in force when its promise is fulfilled. */
export class WorldControl {
  readonly #socket: string;
  readonly #onNotice: (notice: string) => void;

  /** @param onNotice gets what an answer says beside its body */
  constructor(socket: string, onNotice: (notice: string) => void = () => {}) {
    this.#socket = socket;
    this.#onNotice = onNotice;
  }

  /** Puts a fault into force, such as `refused=127.0.0.2:5432,for=2s`. */
  async fault(fault: string): Promise<RunningFault> {
    const own = (await this.#ask('POST', '/v1/faults', { fault })) as FaultInWorld;
    const heal = () => this.heal(own.id);
    return { ...own, heal, [Symbol.asyncDispose]: () => heal().catch(ignoreHealed) };
  }

  /** The faults that have not been healed, with what they have hit. */
  async faults(): Promise<FaultInWorld[]> {
    return (await this.#ask('GET', '/v1/faults')) as FaultInWorld[];
  }

  /** Ends a fault by its number, or all faults. */
  async heal(id?: number): Promise<void> {
    await this.#ask('DELETE', id === undefined ? '/v1/faults' : `/v1/faults/${id}`);
  }

  /** Replaces all rules of the world: texts of iptables, or objects as in a scenario. */
  async apply(rules: (string | RuleInput)[]): Promise<void> {
    await this.#ask('POST', '/v1/rules', { rules });
  }

  /** Replaces all rules of the world by files: what iptables-save or iptables -S writes, a script of iptables lines, or what nft -f reads. */
  async applyFiles(rulesets: RuleFile[]): Promise<void> {
    await this.#ask('POST', '/v1/rules', { rulesets });
  }

  /** The rules of the world with their counters. */
  async rules(): Promise<RuleResult[]> {
    return (await this.#ask('GET', '/v1/rules')) as RuleResult[];
  }

  /** Makes a probe as in a scenario, and says what its client saw, why, and by which rule. */
  async probe(probe: AskedProbe): Promise<ProbeResult> {
    return (await this.#ask('POST', '/v1/probe', probe)) as ProbeResult;
  }

  /**
   * What became of the connections of programs, in the order in which they began. The newest 1,000 are kept.
   * @param since leaves out those with a lower number
   */
  async journeys(since = 0): Promise<JourneyInWorld[]> {
    return (await this.#ask('GET', `/v1/journeys?since=${since}`)) as JourneyInWorld[];
  }

  /** The servers of the scenario. */
  async servers(): Promise<ServerInWorld[]> {
    return (await this.#ask('GET', '/v1/servers')) as ServerInWorld[];
  }

  #ask(method: string, path: string, body?: unknown): Promise<unknown> {
    return new Promise((resolve, reject) => {
      // Of its own: a test that replaces the global agent changes nothing here, and no idle connection keeps the program alive.
      const asked = request(
        { socketPath: this.#socket, method, path, agent: false, headers: { 'content-type': 'application/json' } },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (part: string) => (text += part));
          response.on('error', reject);
          response.on('end', () => {
            try {
              const notice = response.headers[NOTICE];
              if (typeof notice === 'string') {
                this.#onNotice(decodeURIComponent(notice));
              }
              const answer: unknown = text === '' ? undefined : JSON.parse(text);
              if ((response.statusCode ?? 500) < 400) {
                resolve(answer);
              } else {
                reject(new ControlRequestError((answer as ControlError).error));
              }
            } catch (error) {
              reject(new InternalError(`the world gave an answer that is no JSON: ${(error as Error).message}`));
            }
          });
        },
      );
      asked.on('error', (error: NodeJS.ErrnoException) => reject(new EnvironmentError(this.#explain(error))));
      asked.end(body === undefined ? undefined : JSON.stringify(body));
    });
  }

  #explain({ code = '', message }: NodeJS.ErrnoException): string {
    return ENDED.includes(code)
      ? `the world has ended: nothing answers at ${this.#socket}`
      : `the world does not answer at ${this.#socket}: ${message}`;
  }
}

function ignoreHealed(error: unknown): void {
  if (!(error instanceof ControlRequestError && error.code === 'not-found')) {
    throw error;
  }
}

/**
 * The control of the world in which this program runs.
 * @param socket the path of its socket
 * @throws UsageError outside of a world
 */
export function connect(socket: string | undefined = process.env[CONTROL]): WorldControl {
  if (socket === undefined || socket === '') {
    throw new UsageError(`this program does not run in a world of loopfw (${CONTROL} is not set): start it by loopfw exec -- COMMAND`);
  }
  return new WorldControl(socket);
}
