import { setTimeout as sleep } from 'node:timers/promises';
import { PacketQueue } from '../../kernel/netlink/packet-queue.js';
import { addHoldTable, deleteHoldTable } from '../../kernel/netlink/hold-table.js';
import { TcpSocket } from '../../kernel/sockets/tcp.js';
import { SHORTAGES } from '../../kernel/process/shortage.js';
import { countThreads, readThreadLimit } from '../../kernel/process/threads.js';
import { EnvironmentError } from '../../model/errors.js';
import { BLOCKING_THREADS } from '../../model/protocols.js';

const ADDRESS = '127.0.0.1';
/** Free ports of the kernel's choice. */
const ANY_PORT = 0;
/** tcpmux: nothing listens there in a new world. */
const CLOSED_PORT = 1;
const LIMIT_MS = 2000;

/** The queue of the world. Rules of users have no NFQUEUE, so there is no other. */
const QUEUE = 0;

/**
 * Holds each SYN of the world until connect(2) has let go of its socket.
 *
 * On lo a rule answers during connect(2), which has locked the socket. The kernel then keeps an ICMP error as a soft one, and the client
 * learns of it only after the first retransmission: a blocking client, and each client over IPv6, after 1.0 s. A SYN that was held finds the
 * socket unlocked, and the client learns of the error in 0.1 ms (measured), as from a peer at the other end of a cable.
 */
export class SynHold {
  readonly #queue: PacketQueue;

  /** @throws EnvironmentError where the kernel cannot hold packets, or where too few threads are left to read the queue */
  constructor() {
    assertThreadsLeft();
    this.#queue = new PacketQueue(QUEUE); // The reader comes first.
    this.renew();
  }

  /** Puts the rule into the kernel again: `nft flush ruleset` has removed it. */
  renew(): void {
    if (!addHoldTable(QUEUE)) {
      throw new EnvironmentError('SYNs cannot be held: the kernel refuses NFQUEUE in a chain of nf_tables', [
        'modules may be missing: as root on the host, modprobe --all nft_compat xt_NFQUEUE nfnetlink_queue',
      ]);
    }
  }

  /**
   * Connects to a closed port, to learn whether the SYN is held and goes on.
   * @throws EnvironmentError where it is not
   */
  async assertWorks(): Promise<void> {
    const client = TcpSocket.bind('ipv4', ADDRESS, ANY_PORT);
    try {
      client.connect('ipv4', ADDRESS, CLOSED_PORT);
      let state = client.getState();
      for (let waitedMs = 0; state === 'connecting' && waitedMs < LIMIT_MS; waitedMs++) {
        await sleep(1);
        state = client.getState();
      }
      if (this.#queue.passed !== 1 || state !== 'ECONNREFUSED') {
        throw new EnvironmentError(`a SYN was to be held: ${this.#queue.passed} were, and the client saw ${state}`);
      }
    } finally {
      client.close();
    }
  }

  async close(): Promise<void> {
    deleteHoldTable();
    await this.#queue.close();
  }
}

/** The queue is read in libuv's pool, which starts all its threads at once. Where it cannot, it ends the process. */
function assertThreadsLeft(): void {
  const limit = readThreadLimit();
  if (limit === null) {
    return;
  }
  const { own, others } = countThreads();
  const isPoolThere = own > BLOCKING_THREADS;
  if (!isPoolThere && limit - own - others < BLOCKING_THREADS) {
    throw new EnvironmentError(
      `SYNs cannot be held: that takes ${BLOCKING_THREADS} threads, and of ${limit} (ulimit -u) ${own + others} are in use`,
      [SHORTAGES.EAGAIN.remedy],
    );
  }
}
