import type { IcmpName } from '../model/result.js';

/** Codes of ICMP destination-unreachable (type 3; RFC 792, RFC 1122) by the names that --reject-with has for them. */
const DESTINATION_UNREACHABLE: Record<number, IcmpName> = {
  0: 'net-unreachable',
  1: 'host-unreachable',
  2: 'proto-unreachable',
  3: 'port-unreachable',
  9: 'net-prohibited',
  10: 'host-prohibited',
  13: 'admin-prohibited',
};

export function getIcmpName(type: number, code: number): IcmpName | null {
  return type === 3 ? (DESTINATION_UNREACHABLE[code] ?? null) : null;
}
