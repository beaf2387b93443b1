// Queues of packets that wait for a verdict (linux/netfilter/nfnetlink_queue.h).
import { EnvironmentError } from '../../model/errors.js';
import { getErrorName } from '../libc.js';
import { NLM_F_ACK, NLM_F_REQUEST } from './constants.js';
import { AttributeCursor, type AttributeList, makeRequest, withAttributes } from './message.js';
import { NetlinkSocket } from './socket.js';

const NFNL_SUBSYS_QUEUE = 3;
const NFQNL_MSG_PACKET = NFNL_SUBSYS_QUEUE << 8;
const NFQNL_MSG_CONFIG = NFQNL_MSG_PACKET | 2;
const NFQNL_MSG_VERDICT_BATCH = NFQNL_MSG_PACKET | 3;
const NFQA_PACKET_HDR = 1;
const NFQA_VERDICT_HDR = 2;
const NFQA_CFG_CMD = 1;
const NFQA_CFG_PARAMS = 2;
const NFQA_CFG_MASK = 4;
const NFQA_CFG_FLAGS = 5;
const NFQNL_CFG_CMD_BIND = 1;
const NFQNL_COPY_META = 1;
/** A packet for which the queue has no room passes. */
const NFQA_CFG_F_FAIL_OPEN = 1;
const NF_ACCEPT = 1;

/** The longest wait, after which a closed queue is noticed. */
const POLL_MS = 500;

/** A queue of the calling thread's network namespace. Each packet that comes into it goes on as soon as this thread has seen it. */
export class PacketQueue {
  readonly #socket = new NetlinkSocket();
  readonly #number: number;
  /** The number of packets that have passed. */
  #passed = 0;
  #isClosed = false;
  readonly #ended: Promise<void>;

  /**
   * From here on the queue has a reader. Only then a rule may send packets to it.
   * @throws EnvironmentError where the kernel has no such queue, or another process reads it
   */
  constructor(number: number) {
    this.#number = number;
    try {
      this.#configure([[NFQA_CFG_CMD, Buffer.from([NFQNL_CFG_CMD_BIND, 0, 0, 0])]]);
      this.#configure([
        // nfqnl_msg_config_params: the length of the copy, and its kind. No packet is copied.
        [NFQA_CFG_PARAMS, Buffer.from([0, 0, 0, 0, NFQNL_COPY_META])],
        [NFQA_CFG_FLAGS, Buffer.from([0, 0, 0, NFQA_CFG_F_FAIL_OPEN])],
        [NFQA_CFG_MASK, Buffer.from([0, 0, 0, NFQA_CFG_F_FAIL_OPEN])],
      ]);
    } catch (error) {
      this.#socket.close();
      throw error;
    }
    this.#ended = this.#read();
  }

  get passed(): number {
    return this.#passed;
  }

  /** Packets in the queue are lost, unless no rule sends any there by now. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#ended;
  }

  #configure(attributes: AttributeList): void {
    this.#socket.send(withAttributes(this.#makeRequest(NFQNL_MSG_CONFIG, NLM_F_REQUEST | NLM_F_ACK), attributes));
    const received = this.#socket.receive();
    const [answer] = typeof received === 'string' ? [] : received;
    if (answer?.error !== 0) {
      throw new EnvironmentError(
        `packets cannot be held: NFQUEUE answers ${answer === undefined ? 'nothing' : getErrorName(answer.error)}`,
        ['the module may be missing: as root on the host, modprobe --all nfnetlink_queue xt_NFQUEUE'],
      );
    }
  }

  /** Waits in libuv's thread pool. A packet waits 0.05 to 0.15 ms for its verdict (measured). */
  async #read(): Promise<void> {
    try {
      while (!this.#isClosed) {
        await this.#socket.waitForMessage(POLL_MS);
        this.#accept();
      }
    } finally {
      this.#socket.close();
    }
  }

  /** Lets all packets go that are in the queue: one message for all up to the latest. */
  #accept(): void {
    let latest: number | null = null;
    this.#socket.drain([NFQNL_MSG_PACKET], ({ view, start, end }) => {
      const cursor = new AttributeCursor(view, start, end);
      while (cursor.next()) {
        if (cursor.type === NFQA_PACKET_HDR) {
          latest = view.getUint32(cursor.start);
          this.#passed++;
        }
      }
    });
    if (latest !== null) {
      const verdict = Buffer.alloc(8);
      verdict.writeUInt32BE(NF_ACCEPT, 0);
      verdict.writeUInt32BE(latest, 4);
      this.#socket.send(withAttributes(this.#makeRequest(NFQNL_MSG_VERDICT_BATCH, NLM_F_REQUEST), [[NFQA_VERDICT_HDR, verdict]]));
    }
  }

  /** nfgenmsg has the number of the queue. */
  #makeRequest(type: number, flags: number): Buffer {
    const request = makeRequest(type, flags, 0);
    request.writeUInt16BE(this.#number, request.length - 2);
    return request;
  }
}
