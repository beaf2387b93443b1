import { readFileSync } from 'node:fs';
import type { InterfaceCounters } from '../../model/evidence.js';

const RX_PACKETS = 1;
const TX_PACKETS = 9;

/**
 * The number of packets that each interface of the calling thread's network namespace has received and sent (proc_pid_net(5)).
 * IPv6 multicast is not counted: the kernel itself sends it at any time, for neighbour discovery and group membership. One of 60 idle
 * interfaces had such a packet.
 */
export function readInterfaceCounters(): InterfaceCounters[] {
  // Two header lines, then lines such as `  lo:  bytes packets …`: the received columns, then the sent ones.
  const lines = readFileSync('/proc/thread-self/net/dev', 'utf8').trimEnd().split('\n').slice(2);
  return lines.map((line) => {
    const colon = line.lastIndexOf(':');
    const name = line.slice(0, colon).trim();
    const numbers = line
      .slice(colon + 1)
      .trim()
      .split(/\s+/)
      .map(Number);
    const multicast = readMulticast(name);
    return { interface: name, rx: (numbers[RX_PACKETS] ?? 0) - multicast.rx, tx: (numbers[TX_PACKETS] ?? 0) - multicast.tx };
  });
}

function readMulticast(name: string): { rx: number; tx: number } {
  const text = readIfThere(`/proc/thread-self/net/dev_snmp6/${name}`);
  const find = (counter: string) => Number(new RegExp(`^${counter}\\s+(\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return { rx: find('Ip6InMcastPkts'), tx: find('Ip6OutMcastPkts') };
}

/** A kernel without IPv6 has no such file. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
