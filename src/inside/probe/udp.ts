import { createSocket, type Socket } from 'node:dgram';
import { bindSocket, makeUdpSocket } from '../../kernel/sockets/address.js';
import type { ProbePlan } from '../../model/plan.js';
import { ClientLog } from './log.js';
import { DEFAULT_DATA, type OpenConnection, type RunningProbe } from './running.js';

/**
 * A UDP client that sends one datagram and receives the answers.
 * @param given the descriptor of a socket that is not bound, in the place of a new one
 * @throws SystemCallError where a given socket, or one with a fixed port, cannot be bound
 */
export function startUdpProbe(plan: ProbePlan, port: number, given: number | null): RunningProbe {
  const bound = bindFirst(plan, port, given);
  const log = new ClientLog(plan, port);
  const socket = new UdpSocket(plan, port, bound, log);
  const close = () => {
    log.stop();
    socket.close();
  };
  return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), getConnection: () => socket.opened, close };
}

/** A UDP socket. It is connected, so that it gets ICMP errors (udp(7)). It can send further datagrams from the same port. */
class UdpSocket implements OpenConnection {
  /** An ICMP error answers one datagram. The socket can still send. */
  readonly hasFailed = false;
  readonly #socket: Socket;
  readonly #port: number;
  /** The log of the current client: the one that opened the socket, or the one that has sent last. */
  #log: ClientLog;
  #isConnected = false;
  #isClosed = false;
  #timesSpoken = 0;

  constructor(plan: ProbePlan, port: number, given: number | null, log: ClientLog) {
    this.#port = port;
    this.#log = log;
    this.#socket = createSocket(plan.family === 'ipv4' ? 'udp4' : 'udp6');
    this.#socket.on('error', (error: NodeJS.ErrnoException) => this.#log.noteError(error));
    this.#socket.on('message', (message) => this.#log.noteReceived(message));
    bind(this.#socket, plan, port, given, () => {
      this.#socket.connect(plan.to.port, plan.to.address, (error?: Error) => {
        if (error) {
          log.noteError(error);
          return;
        }
        this.#isConnected = true;
        log.noteConnected();
        this.#send(plan.send ?? DEFAULT_DATA);
      });
    });
  }

  /** The socket, if it has a destination. */
  get opened(): this | null {
    return this.#isConnected ? this : null;
  }

  /** Sends a datagram and waits for an answer. A datagram has no order, so any that comes from now on is the answer. */
  speak(plan: ProbePlan): RunningProbe {
    this.#log.stop();
    const log = new ClientLog(plan, this.#port);
    this.#log = log;
    log.noteConnected();
    this.#send(plan.send ?? `${DEFAULT_DATA} ${++this.#timesSpoken}\n`);
    return { view: log.view, getViewAtLimit: () => log.getViewAtLimit(), getConnection: () => this, close: () => log.stop() };
  }

  close(): void {
    if (!this.#isClosed) {
      this.#isClosed = true;
      this.#socket.close();
    }
  }

  #send(text: string): void {
    const log = this.#log;
    this.#socket.send(text, (failure) => {
      if (failure) {
        log.noteError(failure);
      }
    });
  }
}

/** @param given the descriptor of a socket that is bound, in the place of a new one */
function bind(socket: Socket, { from }: ProbePlan, port: number, given: number | null, onBound: () => void): void {
  if (given === null) {
    socket.bind({ address: from, port, exclusive: true }, onBound);
  } else {
    socket.bind({ fd: given }, onBound);
  }
}

/**
 * The socket of a client's user or of a fixed port, bound before the client's time begins: an earlier client's port may need a moment to
 * become free.
 */
function bindFirst({ family, from, clientPort }: ProbePlan, port: number, given: number | null): number | null {
  const socket = given ?? (clientPort === null ? null : makeUdpSocket(family));
  if (socket !== null) {
    bindSocket(socket, family, from, port);
  }
  return socket;
}
