// Runs observe.sh for a situation, and reads what its tools print.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { type Backend, BEHIND, CLIENT, INTERFACES, printNative, type Situation } from './situation.js';

export interface Observation {
  /** What the client saw: connected, timeout, or the name of its error. */
  said: string;
  /** How much each counter of the kernel has grown: Ip.InAddrErrors, Ip6InNoRoutes. */
  grown: Record<string, number>;
  /** The lines of tcpdump. */
  captured: string[];
  /** Whether the packet came to the output hook, and to the input hook. */
  isSent: boolean;
  isDelivered: boolean;
  neighbours: string;
  /** What `ip route get` says of the packet, of its destination alone and of its source. */
  route: string;
  routeWithoutSource: string;
  sourceRoute: string;
}

const PROGRAMS = fileURLToPath(new URL('.', import.meta.url));
export const PORT = 50123;
/** A SYN is sent again after a second. A load of 30 has made clients 300 ms late. */
const CLIENT_LIMIT_MS = 900;
/** The kernel sends its own packets of IPv6 at any time. They are no part of the flow. */
const OWN_TRAFFIC = /multicast listener|router solicitation|neighbor advertisement/;

export async function observe(situation: Situation, backend: Backend): Promise<Observation> {
  const { place, protocol, from, to, family, routed } = situation;
  const [, bracketed, plain, port] = /^(?:\[(.+)\]|(.+)):(\d+)$/.exec(to)!;
  const folder = await mkdtemp(`${tmpdir()}/loopfw-witness-`);
  const prefix = family === 'ipv4' ? 32 : 128;
  const env = {
    PROGRAMS,
    FOLDER: folder,
    ETH0: INTERFACES.eth0.join(' '),
    ETH1: INTERFACES.eth1.join(' '),
    OUTSIDE: `${place === 'own' ? CLIENT[family] : from}/${prefix}`,
    BEHIND: `${BEHIND[family]}/${prefix}`,
    COMMANDS: printCommands(situation, backend),
    QUESTIONS: printQuestions(routed, family),
    PLACE: place,
    PROTOCOL: protocol,
    FROM: from,
    PORT: String(PORT),
    TO: bracketed ?? plain!,
    TO_PORT: port!,
    LIMIT: String(CLIENT_LIMIT_MS),
  };
  try {
    const { stdout } = await execa(
      'unshare',
      ['--net', '--pid', '--fork', '--kill-child', '--mount-proc', 'bash', `${PROGRAMS}observe.sh`],
      { env, timeout: 60_000, killSignal: 'SIGKILL' },
    );
    return readObservation(stdout);
  } finally {
    await rm(folder, { recursive: true });
  }
}

function printCommands(situation: Situation, backend: Backend): string {
  const { sysctl, routes, ipRules, rules, native } = situation;
  return [
    ...Object.entries(sysctl).map(([name, value]) => `sysctl -qw ${name}=${value}`),
    ...routes.map((route) => `ip ${route.includes(':') ? '-6 ' : ''}route add ${route}`),
    ...ipRules.map((rule) => (rule.startsWith('-6 ') ? `ip -6 rule add ${rule.slice(3)}` : `ip rule add ${rule}`)),
    ...rules.map((rule) => (rule.startsWith('ip6tables ') ? rule : `iptables ${rule}`).replace('tables', `tables-${backend}`)),
    ...(native.length === 0 ? [] : [`nft -f - <<RULES\n${printNative(situation)}RULES`]),
  ].join('\n');
}

function printQuestions({ source, destination, inInterface, mark }: Situation['routed'], family: Situation['family']): string {
  const ask = (words: string) => `ip ${family === 'ipv6' ? '-6 ' : ''}route get ${words}${mark === 0 ? '' : ` mark ${mark}`} 2>&1 || true`;
  const incoming = inInterface === null ? '' : ` iif ${inInterface}`;
  return [
    'section route',
    ask(`${destination} from ${source}${incoming}`),
    'section routeWithoutSource',
    ask(destination),
    'section sourceRoute',
    ask(source),
  ].join('\n');
}

function readObservation(text: string): Observation {
  const sections = new Map(
    text.split(/^== /m).map((section) => {
      const end = section.indexOf('\n');
      return [section.slice(0, end), section.slice(end + 1).trim()];
    }),
  );
  const get = (name: string) => sections.get(name) ?? '';
  const before = readCounters(get('before'));
  const hasCounted = (chain: string) => new RegExp(`chain ${chain} \\{[^}]*\\} th sport ${PORT} counter packets [1-9]`).test(get('hooks'));
  return {
    said: get('said'),
    grown: Object.fromEntries(
      [...readCounters(get('after'))].map(([name, value]) => [name, value - (before.get(name) ?? 0)]).filter(([, value]) => value !== 0),
    ) as Record<string, number>,
    captured: get('capture')
      .split('\n')
      .filter((line) => line !== '' && !OWN_TRAFFIC.test(line)),
    isSent: hasCounted('sent'),
    isDelivered: hasCounted('delivered'),
    neighbours: get('neighbours'),
    route: get('route'),
    routeWithoutSource: get('routeWithoutSource'),
    sourceRoute: get('sourceRoute'),
  };
}

/** /proc/net/snmp and netstat have two lines a group, names and values; snmp6 has one line a counter. */
function readCounters(text: string): Map<string, number> {
  const counters = new Map<string, number>();
  const names = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [, group, rest = ''] = /^(\w+): (.*)$/.exec(line) ?? [];
    const [, name, value] = /^(\w+)\s+(\d+)$/.exec(line) ?? [];
    if (name !== undefined) {
      counters.set(name, Number(value));
    } else if (group !== undefined && names.has(group)) {
      rest.split(' ').forEach((each, place) => counters.set(`${group}.${names.get(group)?.[place]}`, Number(each)));
    } else if (group !== undefined) {
      names.set(group, rest.split(' '));
    }
  }
  return counters;
}
