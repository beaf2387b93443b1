import ipaddr from 'ipaddr.js';
import type { Family } from '../model/rule.js';
import { read32 } from './read-number.js';

const LENGTHS: Record<Family, number> = { ipv4: 4, ipv6: 16 };
/** More than a rule set's probes have; where a test goes on for longer, the names are made again. */
const MOST_NAMES = 1 << 14;

/** The same string for the same address: packets that are kept share it. */
const ipv4Names = new Map<number, string>();
const ipv6Names = new Map<string, string>();

/** The address at a place of a network header, as people write it. */
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
