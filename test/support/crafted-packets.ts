// IPv4 packets that are made from the conditions of rules.
import type { Rule, RuleOption } from '../../src/model/rule.js';

/** What a packet is made of. */
export interface Crafted {
  source: string;
  destination: string;
  protocol: number;
  sourcePort: number;
  destinationPort: number;
  /** The bits of TCP's flags: FIN 1, SYN 2, RST 4, PSH 8, ACK 16, URG 32. */
  flags: number;
  icmp: [type: number, code: number];
  bytes: number;
}

const FLAGS = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];
const PROTOCOLS: Record<string, number> = { tcp: 6, udp: 17, icmp: 1, igmp: 2, esp: 50, gre: 47, ospf: 89 };

/**
 * Changes a packet so that it meets the conditions of a rule, as far as headers of IPv4 can. A negated condition changes nothing.
 * @param pick a number from 0 below its argument
 */
export function meet(packet: Crafted, rule: Rule, pick: (below: number) => number): Crafted {
  const found = { ...packet };
  const { protocol, source, destination, matches } = rule;
  if (protocol !== null && !protocol.negated) {
    found.protocol = PROTOCOLS[protocol.value] ?? Number(protocol.value);
  }
  found.source = source === null || source.negated ? found.source : pickAddress(source.value, pick);
  found.destination = destination === null || destination.negated ? found.destination : pickAddress(destination.value, pick);
  for (const { flag, values, negated } of matches.flatMap(({ options }) => options)) {
    if (!negated) {
      meetOption(found, { flag, values, negated }, pick);
    }
  }
  return found;
}

function meetOption(found: Crafted, { flag, values: [value = '', second = ''] }: RuleOption, pick: (below: number) => number): void {
  if (['--dport', '--dports', '--ports'].includes(flag)) {
    found.destinationPort = pickNumber(value, pick);
  } else if (flag === '--sport' || flag === '--sports') {
    found.sourcePort = pickNumber(value, pick);
  } else if (flag === '--tcp-flags') {
    found.flags = (found.flags & ~toBits(value)) | toBits(second);
  } else if (flag === '--icmp-type' && value !== 'any') {
    const [type = 0, code] = value.split('/').map(Number);
    found.icmp = [type, code ?? pick(4)];
  } else if (flag === '--length') {
    found.bytes = Math.min(1400, Math.max(40, pickNumber(value, pick)));
  } else if (flag === '--src-range') {
    found.source = value.split('-')[pick(2)] ?? found.source;
  } else if (flag === '--dst-range') {
    found.destination = value.split('-')[pick(2)] ?? found.destination;
  }
}

function toBits(flags: string): number {
  return flags.split(',').reduce((bits, flag) => bits | (FLAGS.includes(flag) ? 1 << FLAGS.indexOf(flag) : 0), 0);
}

/** One of a list of numbers and ranges. */
function pickNumber(list: string, pick: (below: number) => number): number {
  const parts = list.split(',');
  const [first = 0, last = first] = (parts[pick(parts.length)] ?? '').split(':').map(Number);
  return first + pick(Math.max(1, last - first + 1));
}

/** An address of a prefix. A mask with holes gives its first address. */
function pickAddress(text: string, pick: (below: number) => number): string {
  const [address = '', length = '32'] = text.split('/');
  const bits = 32 - Number(length);
  const number =
    address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0) + (bits > 0 ? 1 + pick(Math.max(1, 2 ** bits - 2)) : 0);
  return [24, 16, 8, 0].map((shift) => Math.floor(number / 2 ** shift) % 256).join('.');
}

/** The bytes of the packet, with its checksums. */
export function toBytes({ source, destination, protocol, sourcePort, destinationPort, flags, icmp, bytes }: Crafted): Buffer {
  const addresses = Buffer.from([...source.split('.'), ...destination.split('.')].map(Number));
  const body = Buffer.alloc(Math.max({ 6: 20, 17: 8, 1: 8 }[protocol] ?? 8, bytes - 20));
  if (protocol === 6 || protocol === 17) {
    body.writeUInt16BE(sourcePort, 0);
    body.writeUInt16BE(destinationPort, 2);
    if (protocol === 6) {
      body.writeUInt32BE(1000, 4);
      body.writeUInt8(0x50, 12);
      body.writeUInt8(flags, 13);
      body.writeUInt16BE(1024, 14);
    } else {
      body.writeUInt16BE(body.length, 4);
    }
    const pseudo = Buffer.concat([addresses, Buffer.from([0, protocol, body.length >> 8, body.length & 255]), body]);
    body.writeUInt16BE(checksum(pseudo), protocol === 6 ? 16 : 6);
  } else if (protocol === 1) {
    body.writeUInt8(icmp[0], 0);
    body.writeUInt8(icmp[1], 1);
    body.writeUInt16BE(checksum(body), 2);
  }
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(20 + body.length, 2);
  header.writeUInt8(64, 8);
  header.writeUInt8(protocol, 9);
  addresses.copy(header, 12);
  header.writeUInt16BE(checksum(header), 10);
  return Buffer.concat([header, body]);
}

/** RFC 1071. */
function checksum(data: Buffer): number {
  let sum = 0;
  for (let place = 0; place < data.length; place += 2) {
    sum += data.readUInt8(place) * 256 + (data[place + 1] ?? 0);
  }
  while (sum > 0xffff) {
    sum = (sum & 0xffff) + (sum >>> 16);
  }
  return ~sum & 0xffff;
}
