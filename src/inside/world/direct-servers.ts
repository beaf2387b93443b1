import { SystemCallError } from '../../kernel/libc.js';
import { BACKLOG, findReadable, TcpSocket } from '../../kernel/sockets/tcp.js';
import { makeTransparentSocket } from '../../kernel/sockets/transparent.js';
import type { Server } from '../../model/scenario.js';
import { getFamily } from '../../words/addresses.js';

/** The number of connections between two times of accepting. One listener may get all of them: it is a small part of its queue. */
const MOST_UNACCEPTED = BACKLOG / 4;

interface Connection {
  socket: TcpSocket;
  /** What is still to be sent: the banner, then what the client has sent. */
  unsent: Buffer;
}

/**
 * The TCP servers of a world whose clients are all direct (inside/probe/direct.ts). Each sends its banner and then echoes, as the servers
 * of node:net do (servers.ts). They work only while serve() runs. A client that needs no answer needs no server at work: the kernel itself
 * answers the handshake.
 */
export class DirectServers {
  readonly #banners = new Map<TcpSocket, Buffer>();
  readonly #connections = new Map<TcpSocket, Connection>();
  #hasBanner = false;
  #unaccepted = 0;

  /** Starts a server in the calling thread's network namespace. @throws SystemCallError */
  listen({ address, banner, isTransparent }: Server, port: number): void {
    const family = getFamily(address);
    const socket = TcpSocket.bind(family, address, port, isTransparent ? makeTransparentSocket(family) : null);
    try {
      socket.listen();
    } catch (error) {
      socket.close();
      throw error;
    }
    this.#banners.set(socket, Buffer.from(banner ?? ''));
    this.#hasBanner ||= banner !== null;
  }

  /** Must be called after each connect(2) of a client. @returns whether the servers have work: a banner to send, or a long queue */
  countConnection(): boolean {
    this.#unaccepted++;
    return this.#hasBanner || this.#unaccepted > MOST_UNACCEPTED;
  }

  /** Accepts connections, and sends and receives what is possible now. @returns whether there was something to do */
  serve(): boolean {
    this.#unaccepted = 0;
    const ready = findReadable([...this.#banners.keys(), ...this.#connections.keys()]);
    for (const socket of ready) {
      const banner = this.#banners.get(socket);
      if (banner !== undefined) {
        this.#accept(socket, banner);
      }
    }
    let isBusy = ready.length > 0;
    for (const connection of [...this.#connections.values()]) {
      isBusy = this.#answer(connection) || isBusy;
    }
    return isBusy;
  }

  stop(): void {
    for (const socket of this.#connections.keys()) {
      socket.reset();
    }
    for (const socket of this.#banners.keys()) {
      socket.endListening();
    }
    this.#connections.clear();
    this.#banners.clear();
  }

  #accept(listener: TcpSocket, banner: Buffer): void {
    for (let socket = listener.accept(); socket !== null; socket = listener.accept()) {
      const connection = { socket, unsent: banner };
      this.#connections.set(socket, connection);
      // At once: most clients have reset their connections by now, so their descriptors are free again for the next ones.
      this.#answer(connection);
    }
  }

  /** Sends and receives for one connection, as far as the kernel takes it. @returns whether something moved */
  #answer(connection: Connection): boolean {
    const { socket } = connection;
    try {
      for (let hasMoved = false; ; hasMoved = true) {
        const sent = connection.unsent.length === 0 ? 0 : socket.send(connection.unsent);
        connection.unsent = connection.unsent.subarray(sent);
        const bytes = connection.unsent.length > 0 ? null : socket.receive();
        if (bytes === null) {
          return hasMoved || sent > 0;
        }
        if (typeof bytes === 'string' || bytes.length === 0) {
          this.#end(socket);
          return true;
        }
        connection.unsent = Buffer.from(bytes);
      }
    } catch (error) {
      if (!(error instanceof SystemCallError)) {
        throw error;
      }
      this.#end(socket);
      return true;
    }
  }

  /** Closes a connection whose client has sent its FIN or a RST. */
  #end(socket: TcpSocket): void {
    this.#connections.delete(socket);
    socket.close();
  }
}
