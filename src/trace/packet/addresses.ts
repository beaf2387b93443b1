import ipaddr from 'ipaddr.js';
import type { Family } from '../../model/rule.js';
import { read32 } from './key.js';

const LENGTHS: Record<Family, number> = { ipv4: 4, ipv6: 16 };
/** The most addresses that are kept: more than the probes of a rule set have. A longer test clears the maps and fills them again. */
const MOST_NAMES = 1 << 14;

/** Text forms of addresses, so that packets share one string for each address. */
const ipv4Names = new Map<number, string>();
const ipv6Names = new Map<string, string>();

/** The text form of the address at an offset of a network header. */
export function nameAddress(family: Family, header: Uint8Array, offset: number): string {
  return family === 'ipv4' ? nameIpv4(header, offset) : nameIpv6(header, offset);
}

function nameIpv4(header: Uint8Array, offset: number): string {
  const number = read32(header, offset);
  return ipv4Names.get(number) ?? keep(ipv4Names, number, getBytes('ipv4', header, offset).join('.'));
}

function nameIpv6(header: Uint8Array, offset: number): string {
  const bytes = getBytes('ipv6', header, offset);
  const key = String.fromCharCode(...bytes);
  return ipv6Names.get(key) ?? keep(ipv6Names, key, ipaddr.fromByteArray(bytes).toString());
}

function getBytes(family: Family, header: Uint8Array, offset: number): number[] {
  return [...header.subarray(offset, offset + LENGTHS[family])];
}

function keep<Key>(names: Map<Key, string>, key: Key, name: string): string {
  if (names.size >= MOST_NAMES) {
    names.clear();
  }
  names.set(key, name);
  return name;
}
