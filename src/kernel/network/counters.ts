import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { InterfaceCounters } from '../../model/evidence.js';
import { readUntilQuiet } from '../process/quiet.js';

/** A packet between two namespaces arrives in much less than this time. Packets that keep coming are retransmissions. */
const QUIET_MS = 2;
const MOST_LOOKS = 20;

const RX_PACKETS = 1;
const TX_PACKETS = 9;

/**
 * The number of packets that each interface of the calling thread's network namespace has received and sent (proc_pid_net(5)).
 * IPv6 multicast is not counted: the kernel itself sends it at any time, for neighbour discovery and group membership. One of 60 idle
 * interfaces had such a packet.
 */
function readInterfaceCounters(): InterfaceCounters[] {
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

/** Reads the same when no packet is on its way any more. */
export function readSettledCounters(): Promise<InterfaceCounters[]> {
  return readUntilQuiet(readInterfaceCounters, isSame, { pause: () => sleep(QUIET_MS), isOver: (looks) => looks === MOST_LOOKS });
}

function isSame(before: InterfaceCounters[], after: InterfaceCounters[]): boolean {
  return after.every(({ rx, tx }, place) => rx === before[place]?.rx && tx === before[place].tx);
}

function readMulticast(name: string): { rx: number; tx: number } {
  const text = readIfThere(`/proc/thread-self/net/dev_snmp6/${name}`);
  const find = (counter: string) => Number(new RegExp(`^${counter}\\s+(\\d+)$`, 'm').exec(text)?.[1] ?? 0);
  return { rx: find('Ip6InMcastPkts'), tx: find('Ip6OutMcastPkts') };
}

/** What routing counts of the packets that it ends (snmp_counter.rst in the kernel's documentation). */
export interface RoutingCounters {
  ipv4: { InAddrErrors: number; InNoRoutes: number; IPReversePathFilter: number };
  ipv6: { InAddrErrors: number; InNoRoutes: number };
}

/** Reads the routing counters of the calling thread's network namespace. */
export function readRoutingCounters(): RoutingCounters {
  const [snmp, netstat, snmp6] = ['snmp', 'netstat', 'snmp6'].map((file) => readIfThere(`/proc/thread-self/net/${file}`));
  return {
    ipv4: {
      InAddrErrors: findCounter(snmp ?? '', 'Ip', 'InAddrErrors'),
      InNoRoutes: findCounter(netstat ?? '', 'IpExt', 'InNoRoutes'),
      IPReversePathFilter: findCounter(netstat ?? '', 'TcpExt', 'IPReversePathFilter'),
    },
    ipv6: { InAddrErrors: findIPv6Counter(snmp6 ?? '', 'InAddrErrors'), InNoRoutes: findIPv6Counter(snmp6 ?? '', 'InNoRoutes') },
  };
}

/** A group has two lines that begin with its name: the names of its counters, then their values in the same order. */
function findCounter(text: string, group: string, name: string): number {
  const [names, values] = text
    .split('\n')
    .filter((line) => line.startsWith(`${group}: `))
    .map((line) => line.split(' '));
  return Number(values?.[names?.indexOf(name) ?? -1] ?? 0);
}

function findIPv6Counter(text: string, name: string): number {
  return Number(new RegExp(`^Ip6${name}\\s+(\\d+)$`, 'm').exec(text)?.[1] ?? 0);
}

/** A kernel without IPv6 has no such file. */
function readIfThere(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
