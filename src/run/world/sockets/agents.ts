import { Agent as HttpAgent, type AgentOptions, type ClientRequestArgs } from 'node:http';
import { Agent as HttpsAgent, type RequestOptions } from 'node:https';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, type MakeSocket, openConnection } from './socket.js';

type TakeStream = (error: Error | null, stream: Duplex) => void;

/** An agent for node:http whose sockets are in a world. */
export class WorldAgent extends HttpAgent {
  readonly #makeSocket: MakeSocket;

  constructor(options: AgentOptions, makeSocket: MakeSocket) {
    super(options);
    this.#makeSocket = makeSocket;
  }

  override createConnection(options: ClientRequestArgs): Duplex {
    return openConnection(options as ConnectionOptions, this.#makeSocket);
  }
}

/** An agent for node:https whose sockets are in a world. */
export class SecureWorldAgent extends HttpsAgent {
  readonly #makeSocket: MakeSocket;

  constructor(options: AgentOptions, makeSocket: MakeSocket) {
    super(options);
    this.#makeSocket = makeSocket;
  }

  override createConnection(options: RequestOptions, callback?: TakeStream): Duplex | null | undefined {
    const socket = openConnection(options as ConnectionOptions, this.#makeSocket);
    return super.createConnection({ ...options, socket } as RequestOptions, callback);
  }
}
