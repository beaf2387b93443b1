// Types for programs without @types/node. With it, a program asks for those of Node.js.

/** Takes what an event tells. */
type Listener = (...args: never[]) => void;

/** A socket of node:net, as far as its types are known without @types/node: `connect<Socket>()` returns one with the type of Node.js. */
export interface TcpSocket {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly destroyed: boolean;
  on(event: string, listener: Listener): this;
  once(event: string, listener: Listener): this;
  setTimeout(ms: number): this;
  write(data: string | Uint8Array): boolean;
  end(data?: string | Uint8Array): this;
  destroy(error?: Error): this;
}

/** An agent of node:http, as far as its type is known without @types/node. */
export interface HttpAgent {
  maxSockets: number;
  destroy(): void;
}

/** Options of an agent: some of those of http.Agent. */
export interface HttpAgentOptions {
  /** Whether it is an agent of node:https. */
  secure?: boolean;
  /** Whether connections stay open for later requests. Default: false. */
  keepAlive?: boolean;
  maxSockets?: number;
  maxFreeSockets?: number;
  /** The time limit of its sockets in milliseconds, while they connect too. */
  timeout?: number;
  /** https: whether the server's certificate is checked. Default: true. */
  rejectUnauthorized?: boolean;
  /** https: certificates of authorities, in PEM. */
  ca?: string | string[];
}
