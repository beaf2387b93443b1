import type { Packet } from '../../model/result.js';
import { type PacketFacts, toFacts } from '../../rules/stability/conditions.js';
import { isIPv6Text, splitEndpoint } from '../../words/addresses.js';

/** The numbers of protocols in the IP header, by their names in a journey (/etc/protocols). */
const NUMBERS: Record<string, number> = { tcp: 6, udp: 17, icmp: 1, icmpv6: 58 };

/** What rules can ask of a packet of a journey: its protocol and its ends, before NAT and after it. Interfaces are left open. */
export function getPacketFacts({ protocol, source, destination, rewrittenTo }: Packet): PacketFacts {
  const written = toEndFacts(protocol, { source, destination });
  if (rewrittenTo === null) {
    return written;
  }
  const rewritten = toEndFacts(protocol, rewrittenTo);
  const fields = Object.keys(written) as (keyof PacketFacts)[];
  return Object.fromEntries(fields.map((field) => [field, [...(written[field] ?? []), ...(rewritten[field] ?? [])]]));
}

function toEndFacts(protocol: string, ends: { source: string; destination: string }): PacketFacts {
  const [source, destination] = [splitEndpoint(ends.source), splitEndpoint(ends.destination)];
  const named = protocol === 'tcp' || protocol === 'udp' ? protocol : (NUMBERS[protocol] ?? Number(protocol));
  return toFacts(
    {
      family: isIPv6Text(source.address) ? 'ipv6' : 'ipv4',
      protocol: named,
      ...{ source: source.address, destination: destination.address },
      ...{ sourcePort: source.port || null, destinationPort: destination.port || null },
    },
    null,
  );
}
