// Trace events as the kernel writes them, made from what a test wants to say.
import ipaddr from 'ipaddr.js';
import type { TraceEvent } from '../../src/model/evidence.js';
import type { FamilyRules } from '../../src/model/plan.js';
import { getTarget } from '../../src/rules/extensions/target-table.js';
import { JourneyLog } from '../../src/trace/journey/log.js';
import { toTracedIptablesChains } from '../../src/trace/rules/traced-chains.js';
import { RuleIndex } from '../../src/trace/rules/rule-index.js';

export const CLIENT = { address: '127.0.0.1', port: 40000 };
export const SERVER = { address: '127.0.0.2', port: 80 };

type Endpoint = typeof CLIENT;

interface Tcp {
  from: Endpoint;
  to: Endpoint;
  id?: number;
  seq?: number;
  ack?: number;
  flags: ('syn' | 'ack' | 'rst' | 'fin')[];
  payload?: number;
}

export type Headers = NonNullable<TraceEvent['headers']>;

export function makeTcp({ from, to, id = 0, seq = 1000, ack = 0, flags, payload = 0 }: Tcp): Headers {
  const transport = Buffer.alloc(20);
  transport.writeUInt16BE(from.port, 0);
  transport.writeUInt16BE(to.port, 2);
  transport.writeUInt32BE(seq, 4);
  transport.writeUInt32BE(ack, 8);
  transport.writeUInt8(5 << 4, 12);
  transport.writeUInt8(
    flags.reduce((bits, flag) => bits | { fin: 1, syn: 2, rst: 4, ack: 16 }[flag], 0),
    13,
  );
  return { network: makeIp(6, from.address, to.address, 40 + payload, id), transport };
}

export function makeIcmpError(from: string, to: string, code: number, embedded: Headers): Headers {
  const transport = Buffer.alloc(20);
  transport.writeUInt8(3, 0);
  transport.writeUInt8(code, 1);
  Buffer.from(embedded.network).copy(transport, 8, 0, 12);
  return { network: makeIp(1, from, to, 88, 7), transport };
}

function makeIp(protocol: number, source: string, destination: string, length: number, id: number): Buffer {
  const header = Buffer.alloc(20);
  header.writeUInt8(0x45, 0);
  header.writeUInt16BE(length, 2);
  header.writeUInt16BE(id, 4);
  header.writeUInt8(protocol, 9);
  header.writeUInt16BE((length * 7 + id * 31 + Number(source.at(-1)) * 3 + Number(destination.at(-1))) & 0xffff, 10); // stands for a checksum
  Buffer.from(source.split('.').map(Number)).copy(header, 12);
  Buffer.from(destination.split('.').map(Number)).copy(header, 16);
  return header;
}

/** A packet of IPv6 with the first bytes of its transport header, and twelve more that nobody has seen. */
export function makeIpv6(source: string, destination: string, protocol: number, transport: Buffer): Headers {
  const network = Buffer.alloc(40);
  network.writeUInt8(0x60, 0);
  network.writeUInt16BE(transport.length + 12, 4);
  network.writeUInt8(protocol, 6);
  network.set(ipaddr.parse(source).toByteArray(), 8);
  network.set(ipaddr.parse(destination).toByteArray(), 24);
  return { network, transport };
}

const base = { family: 'ipv4', space: 'ip', table: 'filter', to: null, hook: null, inIndex: 0, outIndex: 0, mark: 0 } as const;

/** A rule of a chain that a packet meets. In INPUT the handles count from 1, as the rules that are known do. */
export function meet(id: number, chain: string, place: number, verdict: TraceEvent['verdict'], headers: Headers | null = null): TraceEvent {
  return {
    ...base,
    chain,
    type: 'rule',
    rule: { handle: chain === 'INPUT' ? String(place + 1) : `${chain}/${place}` },
    verdict,
    id,
    headers,
  };
}

export function meetPolicy(id: number, chain: string, policy: 'accept' | 'drop', headers: Headers | null = null): TraceEvent {
  return { ...base, chain, type: 'policy', rule: null, verdict: policy, id, headers };
}

/** A log of a rule set whose INPUT has these targets, one rule each, and whose other chains have policies only; on each back end. */
export function makeLog(...targets: string[]): JourneyLog {
  const rules: FamilyRules = {
    family: 'ipv4',
    restore: '',
    isPlain: true,
    chains: [
      {
        family: 'ipv4',
        table: 'filter',
        name: 'INPUT',
        policy: { verdict: 'ACCEPT', entry: null },
        lines: targets.map((name, entry) => ({ entry, text: `-A INPUT -j ${name}`, action: getTarget(name)?.verdict ?? 'jump' })),
      },
    ],
  };
  const handles = targets.map((_, place) => place + 1);
  const listed = [{ family: 'ipv4' as const, table: 'filter', chain: 'INPUT', handles }];
  return new JourneyLog(new RuleIndex((['nft', 'legacy'] as const).flatMap((backend) => toTracedIptablesChains([rules], backend, listed))));
}

/** The same as the legacy back end says it: every message has headers and hook, none has an id or a verdict. */
export function logLegacy(
  chain: string,
  type: TraceEvent['type'],
  place: number,
  hook: NonNullable<TraceEvent['hook']>,
  headers: Headers,
): TraceEvent {
  return { ...base, space: 'legacy', chain, type, rule: { place }, verdict: null, id: null, hook, headers };
}

export function makeUdp(from: Endpoint, to: Endpoint, data: string): Headers {
  const transport = Buffer.alloc(20);
  transport.writeUInt16BE(from.port, 0);
  transport.writeUInt16BE(to.port, 2);
  transport.write(data, 8);
  return { network: makeIp(17, from.address, to.address, 28 + data.length, 0), transport };
}

export function makeEcho(type: 0 | 8, from: string, to: string, identifier: number): Headers {
  const transport = Buffer.alloc(20);
  transport.writeUInt8(type, 0);
  transport.writeUInt16BE(identifier, 4);
  return { network: makeIp(1, from, to, 34, 0), transport };
}

/** A part of a datagram, from this byte of it on. */
export function makeFragment(from: Endpoint, to: Endpoint, id: number, offset: number, isLast: boolean): Headers {
  const whole = makeUdp(from, to, 'z'.repeat(12));
  const network = Buffer.from(makeIp(17, from.address, to.address, 1500, id));
  network.writeUInt16BE((isLast ? 0 : 0x2000) | (offset / 8), 6);
  return { network, transport: offset === 0 ? whole.transport : Buffer.alloc(20, 'z') };
}
