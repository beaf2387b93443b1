import { PacketQueue } from '../../kernel/netlink/packet-queue.js';
import { addHoldTable, deleteHoldTable } from '../../kernel/netlink/hold-table.js';
import { EnvironmentError } from '../../model/errors.js';

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

  /** @throws EnvironmentError where the kernel cannot hold packets */
  constructor() {
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

  async close(): Promise<void> {
    deleteHoldTable();
    await this.#queue.close();
  }
}
