import type { SuggestedAdditions, SuggestedServer, SuggestedProbe, Unreached } from '../../model/result.js';
import type { ProbeSpec, Server } from '../../model/scenario.js';
import { isIPv6Text, isWildcard, printEndpoint } from '../../words/addresses.js';
import { toExpectationWord } from '../../words/expectation-word.js';
import type { Fate } from '../conversation/fate.js';
import type { Found } from './search.js';
import { printAddress } from '../matches/shown.js';
import { predict, type Question } from '../predict.js';
import { type Attempt, PAYLOAD, toQuestion } from './attempt.js';

const FORWARDING = { ipv4: 'net.ipv4.ip_forward', ipv6: 'net.ipv6.conf.all.forwarding' } as const;

/** The clients and servers that a scenario has already. */
export interface Parties {
  servers: Server[];
  probes: ProbeSpec[];
}

/** The text of a probe, and what its scenario needs for it. */
export function suggest({ attempt, fate }: Found, ruleSets: Question['ruleSets'], parties: Parties): Unreached {
  const { world, wish } = attempt;
  const [from, clients] = nameClient(attempt, parties);
  const [to, servers] = nameServer(attempt, parties);
  const sends = wish.role === 'data' || wish.role === 'reply';
  const known = fate ?? guessFate(toQuestion(attempt, ruleSets));
  const expect = known.kind === 'unknown' ? 'connected' : toExpectationWord(known);
  const probe: SuggestedProbe = { from, to, ...(sends ? { send: PAYLOAD } : {}), expect };
  const interfaces = Object.fromEntries(world.added.map(({ name, address }) => [name, { addresses: [address] }]));
  const adds: SuggestedAdditions = {
    ...(world.added.length > 0 ? { interfaces } : {}),
    ...(world.forwardsMore ? { sysctl: { [FORWARDING[wish.family]]: 1 } } : {}),
    ...(servers === null ? {} : { servers }),
    ...(clients === null ? {} : { clients }),
  };
  return { class: 'missing', why: null, probe, adds: Object.keys(adds).length > 0 ? adds : null };
}

/** The name of a client of the scenario, an address that needs none, or a client that is added. */
function nameClient({ client }: Attempt, { probes }: Parties): [from: string, added: SuggestedAdditions['clients'] | null] {
  const { via, port, user, isKnown } = client;
  const address = printAddress(client.address);
  const known = probes.find(
    (probe) => probe.client !== null && probe.from === address && probe.via === via && probe.clientPort === port && probe.user === user,
  );
  if (known?.client !== null && known?.client !== undefined) {
    return [known.client, null];
  }
  if (isKnown && port === null && user === null) {
    return [address, null];
  }
  const name = ['client', toName(address), ...(port === null ? [] : [port]), ...(user === null ? [] : [`user-${user}`])].join('-');
  const own = { address, ...(via === null ? {} : { via }), ...(port === null ? {} : { port }), ...(user === null ? {} : { user }) };
  return [name, { [name]: own }];
}

function nameServer({ server, wish }: Attempt, { servers }: Parties): [to: string, added: SuggestedAdditions['servers'] | null] {
  const { port, via, isAdded, isKnown } = server;
  const address = printAddress(server.address);
  if (wish.transport === 'icmp') {
    const to = `icmp://${isIPv6Text(address) ? `[${address}]` : address}`;
    return [to, isKnown ? null : makeServer('tcp', address, 80, via)[1]];
  }
  const known = servers.find(
    (own) => own.protocol === wish.transport && own.address === address && own.port === port && own.lastPort === port && own.via === via,
  );
  if (known !== undefined && !isWildcard(known.address)) {
    return [known.name, null];
  }
  if (!isAdded) {
    return [`${wish.transport}://${printEndpoint(address, port)}`, null];
  }
  return makeServer(wish.transport, address, port, via);
}

/** A server is the same, and has the same name, for all probes that need it. */
function makeServer(
  protocol: 'tcp' | 'udp',
  address: string,
  port: number,
  via: string | null,
): [name: string, added: Record<string, SuggestedServer>] {
  const name = `server-${toName(address)}-${protocol}-${port}`;
  return [name, { [name]: { protocol, address, port, ...(via === null ? {} : { via }) } }];
}

/** Names have no colons. */
function toName(address: string): string {
  return address.replaceAll(':', '-');
}

/** What becomes of a probe, as far as it does not depend on what is not known; otherwise what becomes of it in a fresh world. */
function guessFate(question: Question): Fate {
  const fate = predict(question);
  return fate.kind === 'known' ? fate : predict({ ...question, isFresh: true });
}
