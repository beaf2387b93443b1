import { readFileSync } from 'node:fs';
import type { InterfaceCounters } from '../model/evidence.js';

const RX_PACKETS = 1;
const TX_PACKETS = 9;

/** How many packets each interface of the calling thread's network namespace has had (proc_pid_net(5)). */
export function readInterfaceCounters(): InterfaceCounters[] {
  // Two lines of heading, then `  lo:  bytes packets …`, received before sent.
  const lines = readFileSync('/proc/thread-self/net/dev', 'utf8').trimEnd().split('\n').slice(2);
  return lines.map((line) => {
    const colon = line.lastIndexOf(':');
    const numbers = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
      .map(Number);
    return { interface: line.slice(0, colon).trim(), rx: numbers[RX_PACKETS] ?? 0, tx: numbers[TX_PACKETS] ?? 0 };
  });
}
