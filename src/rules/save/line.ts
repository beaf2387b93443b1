import { RuleError } from '../errors.js';

interface Counters {
  packets: number;
  bytes: number;
}

/** A line in the format of iptables-save(8) and iptables-restore(8). */
export type SaveLine =
  | { kind: 'nothing' }
  | { kind: 'table'; name: string }
  | { kind: 'commit' }
  /** policy is "-" for a user chain. */
  | { kind: 'chain'; name: string; policy: string; counters: Counters | null }
  | { kind: 'rule'; text: string; counters: Counters | null };

const CHAIN = /^:[ \t]*(?<name>\S+)[ \t]+(?<policy>\S+)(?:[ \t]+\[(?<packets>\d+):(?<bytes>\d+)\])?(?:\s.*)?$/;
const COUNTERS = /^\[([^:\]]*):([^\]]*)\][ \t]*/;

/**
 * Refuses blanks that iptables-restore does not take for blanks.
 *
 * @param line without its line feed
 * @throws RuleError for such a line
 */
export function assertRestorable(line: string): void {
  if (/^[ \t]+$/.test(line)) {
    throw new RuleError('the line has blanks only: iptables-restore takes it for a rule without a command. Empty it');
  }
  if (line !== 'COMMIT' && line.trim() === 'COMMIT') {
    throw new RuleError('iptables-restore reads COMMIT only if it is alone in its line: remove the blanks beside it');
  }
  if (/^[ \t]+[*:#[]/.test(line)) {
    throw new RuleError(`iptables-restore takes this line for a rule, because blanks come before ${line.trim().slice(0, 1)}: remove them`);
  }
}

/** Whether iptables-restore takes the carriage return at the end of a line for a part of its last word. */
export function hasWrongEnd(line: string): boolean {
  return line.endsWith('\r') && !line.startsWith('#') && !/^:[ \t]*\S+[ \t]+\S+[ \t]/.test(line);
}

/**
 * Reads one line.
 *
 * @throws RuleError if a chain line has the wrong form, or if iptables-save could not show all rules
 */
export function readSaveLine(line: string): SaveLine {
  if (line.startsWith('#') && line.includes('is incompatible')) {
    throw new RuleError(`iptables-save could not show all rules: ${line}`);
  }
  if (line === '' || line.startsWith('#')) {
    return { kind: 'nothing' };
  }
  if (line.startsWith('*')) {
    return { kind: 'table', name: /^[ \t]*(\S*)/.exec(line.slice(1))?.[1] ?? '' };
  }
  if (line === 'COMMIT') {
    return { kind: 'commit' };
  }
  return line.startsWith(':') ? readChain(line) : readRule(line);
}

function readChain(line: string): SaveLine {
  const groups = CHAIN.exec(line)?.groups;
  if (groups === undefined) {
    throw new RuleError(`not a chain: ${line}; expected :NAME POLICY [0:0]`);
  }
  return { kind: 'chain', name: groups['name'] ?? '', policy: groups['policy'] ?? '', counters: toCounters(groups) };
}

function readRule(line: string): SaveLine {
  const [before = '', packets, bytes] = (line.startsWith('[') ? COUNTERS.exec(line) : null) ?? [];
  return { kind: 'rule', text: line.slice(before.length), counters: toCounters({ packets, bytes }) };
}

function toCounters({ packets, bytes }: Record<string, string | undefined>): Counters | null {
  return packets === undefined || !/^\d+$/.test(packets) ? null : { packets: Number(packets), bytes: Number(bytes) };
}
