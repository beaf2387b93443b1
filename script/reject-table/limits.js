export const BACKENDS = ['nft', 'legacy'];

/** A client's patience: well over the second after which TCP sends its SYN again. */
export const LIMIT_MS = 2500;

const AT_ONCE_MS = 50;
/** TCP's first retransmission timeout is a second (RFC 6298): a busy machine adds to it and never takes from it. */
const RETRANSMISSION_MS = { least: 950, most: 1500 };

/** When a client learned of it, in classes, so that a second measurement gives the same; null for a time between them. */
export function classifyTime({ outcome, elapsedMs }) {
  if (outcome === 'timeout') {
    return 'never';
  }
  if (elapsedMs < AT_ONCE_MS) {
    return 'at once';
  }
  if (elapsedMs >= RETRANSMISSION_MS.least && elapsedMs < RETRANSMISSION_MS.most) {
    return '1 s';
  }
  return null;
}

/** What the classes mean, for the reader. */
export const TIMES = `- *at once*: in less than ${AT_ONCE_MS} ms;
- *1 s*: with the first retransmission of the SYN;
- *never*: nothing came within ${LIMIT_MS / 1000} s. In bold, **never** means that the REJECT answered, but the client did not learn of it.`;
