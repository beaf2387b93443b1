export const BACKENDS = ['nft', 'legacy'];

/** The timeout of a client: well over a second, after which TCP retransmits its SYN. */
export const LIMIT_MS = 2500;

const AT_ONCE_MS = 50;
/** TCP's first retransmission timeout is a second (RFC 6298). A busy machine can only make it longer. */
const RETRANSMISSION_MS = { least: 950, most: 1500 };

/**
 * The class of the time at which a client learned of its answer. Classes make repeated measurements give the same result. null for a time
 * between the classes.
 */
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

/** The explanation of the classes in the document. */
export const TIMES = `- *at once*: in less than ${AT_ONCE_MS} ms;
- *1 s*: with the first retransmission of the SYN;
- *never*: nothing came within ${LIMIT_MS / 1000} s. In bold, **never** means that the REJECT answered, but the client did not learn of it.`;
