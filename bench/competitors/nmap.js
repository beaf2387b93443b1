import { runInWorld } from './in-world.js';

/**
 * The fastest options of nmap: no retransmission, and a port that has not answered within some 50 ms counts as dropped. This is correct
 * only if no answer is late, as on an idle loopback.
 */
export const HURRIED = ['-T5', '--max-retries', '0', '--min-rate', '5000'];

/**
 * A connect scan with nmap's defaults, but without DNS (-n) and host discovery (-Pn).
 * @param expected how many ports must have each of nmap's reasons: syn-ack, conn-refused, host-unreach, no-response
 * @throws if nmap reports other numbers
 */
export async function runNmap({ restore, listen = null, ports, target, options = [] }, expected) {
  const scan = ['nmap', '-n', '-Pn', '-sT', '--reason', ...options, '-oX', '-', '-p', ports, target];
  const { ms, stdout } = await runInWorld({ restore, listen, command: scan });
  const found = countReasons(stdout);
  if (Object.entries(expected).some(([reason, count]) => (found[reason] ?? 0) !== count)) {
    throw new Error(`nmap should have found ${JSON.stringify(expected)}, and found ${JSON.stringify(found)}`);
  }
  return { ms };
}

/** Counts ports by reason. If many ports have the same answer, nmap prints only their number. */
function countReasons(xml) {
  const counts = {};
  const elements = xml.matchAll(/<state [^>]*reason="([^"]+)"|<extrareasons reason="([^"]+)" count="(\d+)"/g);
  for (const [, single, many, count = 1] of elements) {
    const reason = single ?? many;
    counts[reason] = (counts[reason] ?? 0) + Number(count);
  }
  return counts;
}
