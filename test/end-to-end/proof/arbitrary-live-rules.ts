// Random rule sets that the probes of a test really meet: every match and target of the rule language, with values that packets on lo have now and then.
import fc from 'fast-check';
import type { Family, Table } from '../../../src/model/rule.js';
import type { MATCHES } from '../../../src/rules/extensions/match-table.js';
import type { TARGETS } from '../../../src/rules/extensions/target-table.js';
import { BUILT_IN_CHAINS, TABLES } from '../../../src/rules/tables.js';

type MatchRows = Partial<Record<keyof typeof MATCHES, string[]>>;
type TargetRows = Partial<Record<keyof typeof TARGETS, string[]>>;

/** The matches that only OF_PROTOCOL or OF_FAMILY has. ecn has a row in FREE too. */
type BoundMatch = Exclude<keyof typeof OF_PROTOCOL | { [Name in Family]: keyof (typeof OF_FAMILY)[Name] }[Family], 'ecn'>;

/** All other matches: what may follow -m NAME. The compiler names a match that has no row. */
const FREE: Record<Exclude<keyof typeof MATCHES, BoundMatch>, string[]> = {
  addrtype: ['--dst-type LOCAL', '! --src-type LOCAL'],
  cluster: [
    '--cluster-total-nodes 2 --cluster-local-node 1 --cluster-hash-seed 7',
    '--cluster-total-nodes 1 --cluster-local-node 1 --cluster-hash-seed 7',
  ],
  comment: ['--comment x'],
  connlabel: ['--label 3', '! --label 3', '--label 3 --set'],
  connbytes: [
    '--connbytes 2: --connbytes-dir original --connbytes-mode packets',
    '--connbytes 0:1 --connbytes-dir reply --connbytes-mode packets',
  ],
  connlimit: ['--connlimit-above 0', '--connlimit-above 2 --connlimit-daddr', '--connlimit-upto 1'],
  connmark: ['--mark 1', '! --mark 0', '--mark 0'],
  conntrack: [
    ...['NEW', 'ESTABLISHED', 'RELATED', 'INVALID', 'UNTRACKED', 'DNAT', 'RELATED,ESTABLISHED'].map((state) => `--ctstate ${state}`),
    ...['--ctstatus CONFIRMED', '! --ctstatus CONFIRMED', '--ctstatus SEEN_REPLY', '--ctdir ORIGINAL', '--ctdir REPLY', '--ctexpire 1:200'],
    '--ctorigdstport 80',
  ],
  cpu: ['--cpu 0', '--cpu 1'],
  devgroup: ['--src-group 0', '--dst-group 0', '! --src-group 1'],
  dscp: ['--dscp 0', '--dscp 0x04'],
  ecn: ['--ecn-ip-ect 0', '! --ecn-ip-ect 0'],
  hashlimit: [
    '--hashlimit-upto 1/day --hashlimit-burst 1 --hashlimit-name a',
    '--hashlimit-upto 16b/s --hashlimit-name c',
    '--hashlimit-above 2/hour --hashlimit-rate-match --hashlimit-name d',
    '--hashlimit-above 1/hour --hashlimit-burst 3 --hashlimit-mode srcip --hashlimit-name a',
  ],
  helper: ['--helper ftp', '! --helper ftp'],
  length: ['--length 40:60', '--length 61:1500', '--length 1500:65535'],
  limit: ['--limit 1/day --limit-burst 1', '--limit 1/day --limit-burst 3', '--limit 1/second --limit-burst 1'],
  mac: ['--mac-source 00:00:00:00:00:00', '! --mac-source 00:00:00:00:00:00'],
  mark: ['--mark 0', '--mark 1', '! --mark 0'],
  owner: ['--socket-exists', '! --socket-exists', '--uid-owner 0'],
  physdev: ['--physdev-in eth0', '! --physdev-is-bridged'],
  pkttype: ['--pkt-type unicast', '! --pkt-type unicast'],
  policy: ['--dir in --pol none', '--dir out --pol none'],
  quota: ['--quota 60', '--quota 200', '! --quota 100'],
  recent: [
    '--set',
    '--set --name b',
    '--rcheck --name b',
    '--rcheck --hitcount 2',
    '--update --hitcount 3',
    '! --rcheck --name b',
    '--remove',
  ],
  set: [
    '--match-set known src',
    '! --match-set known dst',
    '--match-set pairs dst,dst',
    '! --match-set old src',
    '--match-set noted src',
    '! --match-set noted src',
    '--match-set counted src --packets-gt 1',
    '--match-set all src',
  ],
  rpfilter: ['', '--invert', '--validmark'],
  socket: ['', '--transparent', '--nowildcard'],
  state: ['--state NEW', '--state ESTABLISHED', '! --state NEW'],
  statistic: ['--mode random --probability 0.5', '--mode nth --every 2 --packet 0', '--mode nth --every 3 --packet 1'],
  string: [
    '--algo bm --string loopfw',
    '--algo bm --string nothing-like-it',
    '--algo kmp --hex-string "|01|"',
    '--algo bm --hex-string "|01|" --from 4 --to 6',
  ],
  time: ['--timestart 00:00 --timestop 23:59', '--datestart 2030-01-01', '--weekdays Mon,Wed,Fri'],
  tos: ['--tos 0x00/0xff', '--tos 0x10/0x3f'],
};

/** Matches with the -p that they need. */
const OF_PROTOCOL = {
  tcp: [
    '-p tcp',
    '-p tcp --syn',
    '-p tcp ! --syn',
    '-p tcp --tcp-flags ACK ACK',
    '-p tcp --tcp-flags PSH PSH',
    '-p tcp --tcp-option 8',
    '-p tcp --dport 80',
    '-p tcp --dport 81:83',
    '-p tcp --sport 80:83',
    '-p tcp ! --dport 80',
  ],
  udp: ['-p udp', '-p udp --dport 53', '-p udp --sport 53'],
  multiport: ['-p tcp -m multiport --dports 80,82', '-p tcp -m multiport --ports 81,83', '-p tcp -m multiport ! --dports 80'],
  tcpmss: ['-p tcp -m tcpmss --mss 1:65535', '-p tcp -m tcpmss ! --mss 1000:65535'],
  ecn: ['-p tcp -m ecn ! --ecn-tcp-ece'],
  esp: ['-p esp -m esp --espspi 1:9'],
  ipcomp: ['-p ipcomp -m ipcomp --ipcompspi 1:9'],
  sctp: ['-p sctp -m sctp --dport 80'],
  dccp: ['-p dccp -m dccp --dport 80'],
} satisfies MatchRows;

/** Matches of a family alone, or with its addresses; with -p where they need it. */
const OF_FAMILY = {
  ipv4: {
    ah: ['-p ah -m ah --ahspi 1:9'],
    realm: ['-m realm --realm 0', '-m realm ! --realm 0'],
    osf: ['-p tcp -m osf --genre Linux', '-p tcp -m osf ! --genre Linux'],
    icmp: ['-p icmp', '-p icmp --icmp-type echo-request', '-p icmp --icmp-type 3/3', '-p icmp ! --icmp-type echo-reply'],
    iprange: ['-m iprange --src-range 127.0.0.1-127.0.0.4', '-m iprange ! --dst-range 127.0.0.2-127.0.0.9'],
    ttl: ['-m ttl --ttl-eq 64', '-m ttl --ttl-lt 60', '-m ttl --ttl-gt 63'],
    // The identification; the protocol.
    u32: ['-m u32 --u32 "2&0x1=1"', '-m u32 --u32 "2&0x1=0"', '-m u32 --u32 "6&0xFF=6"'],
  },
  ipv6: {
    icmp6: [
      ...['-p ipv6-icmp', '-p ipv6-icmp --icmpv6-type echo-request', '-p ipv6-icmp --icmpv6-type 1/4'],
      '-p ipv6-icmp ! --icmpv6-type echo-reply',
    ],
    iprange: ['-m iprange --src-range ::1-::4', '-m iprange ! --dst-range ::1-::2'],
    hl: ['-m hl --hl-eq 64', '-m hl --hl-lt 60'],
    eui64: ['-m eui64'],
    frag: ['-m frag --fragid 1:99'],
    rt: ['-m rt --rt-type 0'],
    hbh: ['-m hbh', '-m hbh --hbh-opts 5'],
    dst: ['-m dst ! --dst-len 8'],
    mh: ['-p mh -m mh --mh-type 3'],
    ipv6header: ['-m ipv6header --header prot', '-m ipv6header ! --header hop --soft'],
    srh: ['-m srh ! --srh-tag 1'],
    u32: ['-m u32 --u32 "0&0xFFFFF=1:0x7FFFF"', '-m u32 --u32 "4&0xFF=64"'],
  },
} satisfies Record<Family, MatchRows>;

interface Only {
  addresses: string[];
  nat: { whole: string; range: string; net: string };
  answers: string[];
}

const ONLY: Record<Family, Only> = {
  ipv4: {
    addresses: ['', '', '', '-s 127.0.0.1', '-s 127.0.0.5', '-d 127.0.0.2', '-d 127.0.0.9', '! -s 127.0.0.2', '-d 127.0.0.0/30'],
    nat: { whole: '127.0.0.2', range: '127.0.0.2-127.0.0.3', net: '127.0.0.2/32' },
    answers: ['', '--reject-with icmp-host-unreachable', '--reject-with icmp-admin-prohibited'],
  },
  ipv6: {
    addresses: ['', '', '', '-s ::1', '-d ::1', '! -s ::1'],
    nat: { whole: '::1', range: '::1', net: '::1/128' },
    answers: ['', '--reject-with icmp6-addr-unreachable', '--reject-with icmp6-adm-prohibited'],
  },
};

/** The ipsets that the rules name. Elements disappear from `old`, and rules change `noted`. */
export const IPSETS: Record<Family, object> = {
  ipv4: makeIpsets('127.0.0.1', '127.0.0.2,tcp:80', '127.0.0.5'),
  ipv6: makeIpsets('::1', '::1,tcp:80', '::1'),
};

function makeIpsets(known: string, pair: string, old: string) {
  const inet6 = known.includes(':') ? ' family inet6' : '';
  return {
    known: [known],
    pairs: { type: 'hash:ip,port', entries: [pair] },
    old: { type: 'hash:ip timeout 1', entries: [old] },
    noted: { type: `hash:ip timeout 0${inet6}`, entries: [] },
    counted: { type: 'hash:ip counters', entries: [known] },
    all: { type: 'list:set', entries: ['known', 'old'] },
  };
}

/** Targets that go in every table. The compiler names a target that has no row here or in listTableTargets. TRACE is loopfw's own. */
const EVERYWHERE: Record<Exclude<keyof typeof TARGETS, TableTarget | 'TRACE'>, string[]> = {
  SET: ['--add-set noted src', '--add-set noted src --exist --timeout 1', '--del-set noted src'].map((how) => `-j SET ${how}`),
  ACCEPT: ['-j ACCEPT'],
  RETURN: ['-j RETURN'],
  LOG: ['-j LOG --log-prefix x'],
  HMARK: ['-j HMARK --hmark-tuple src,dst,sport --hmark-mod 2 --hmark-rnd 7', '-j HMARK --hmark-tuple ct,src --hmark-mod 2 --hmark-rnd 7'],
  NFLOG: ['-j NFLOG --nflog-group 1'],
  MARK: ['-j MARK --set-mark 1', '-j MARK --or-mark 2'],
  CONNMARK: ['--set-mark 1', '--save-mark', '--restore-mark'].map((how) => `-j CONNMARK ${how}`),
  CLASSIFY: ['-j CLASSIFY --set-class 1:2'],
};

type TableTarget = { [Name in Table]: keyof ReturnType<typeof listTableTargets>[Name] }[Table];

function listTableTargets(family: Family) {
  const { nat, answers } = ONLY[family];
  const withPort = (address: string, ports: string) => (family === 'ipv4' ? `${address}:${ports}` : `[${address}]:${ports}`);
  const drops = Array.from({ length: 8 }, () => '-j DROP');
  return {
    filter: {
      DROP: [...drops, ...drops],
      REJECT: [...answers.map((answer) => `-j REJECT ${answer}`), '-p tcp -j REJECT --reject-with tcp-reset'],
    },
    mangle: {
      DROP: drops,
      CHECKSUM: ['-j CHECKSUM --checksum-fill'],
      TOS: ['-j TOS --set-tos 0x10'],
      DSCP: ['-j DSCP --set-dscp 4'],
      TTL: family === 'ipv4' ? ['-j TTL --ttl-set 60', '-j TTL --ttl-set 64', '-j TTL --ttl-set 99'] : [],
      HL: family === 'ipv6' ? ['-j HL --hl-set 60', '-j HL --hl-set 64', '-j HL --hl-set 99'] : [],
      TCPMSS: ['-p tcp --syn -j TCPMSS --set-mss 900'],
      TCPOPTSTRIP: ['-p tcp -j TCPOPTSTRIP --strip-options timestamp'],
      CONNSECMARK: ['-j CONNSECMARK --restore'],
      SNPT: family === 'ipv6' ? ['-j SNPT --src-pfx fd00::/64 --dst-pfx fd00:0:0:1::/64'] : [],
      DNPT: family === 'ipv6' ? ['-j DNPT --src-pfx fd00::/64 --dst-pfx fd00:0:0:1::/64'] : [],
      ECN: family === 'ipv4' ? ['-p tcp -j ECN --ecn-tcp-remove'] : [],
    },
    security: { DROP: drops, CONNSECMARK: ['-j CONNSECMARK --save'] },
    raw: {
      DROP: drops,
      NOTRACK: ['-j NOTRACK'],
      CT: ['-j CT --notrack', '-j CT --zone 1', '-j CT --zone mark'],
    },
    nat: {
      DNAT: [
        ...['', '--random', '--persistent'].map((how) => `-p tcp -j DNAT --to-destination ${withPort(nat.whole, '80-83')} ${how}`),
        `-j DNAT --to-destination ${nat.range}`,
      ],
      REDIRECT: [...['', '--random'].map((how) => `-p tcp -j REDIRECT --to-ports 80-82 ${how}`), '-j REDIRECT'],
      SNAT: ['', '--random-fully', '--random'].map((how) => `-p tcp -j SNAT --to-source ${withPort(nat.whole, '5000-5009')} ${how}`),
      MASQUERADE: ['', '--random', '--random-fully'].map((how) => `-j MASQUERADE ${how}`),
      NETMAP: [`-j NETMAP --to ${nat.net}`],
    },
  } satisfies Record<Table, TargetRows>;
}

function listTargets(table: Table, family: Family): string[] {
  const everywhere = Object.values(EVERYWHERE).flat();
  return [...everywhere, '', ...Object.values<string[]>(listTableTargets(family)[table]).flat()];
}

function listBodies(family: Family): string[][] {
  const free = Object.entries(FREE).map(([name, options]) => options.map((text) => `-m ${name} ${text}`));
  return [...free, ...Object.values(OF_PROTOCOL), ...Object.values<string[]>(OF_FAMILY[family])];
}

/** A condition or none; each match as often as another. */
const makeBody = (family: Family) => fc.constantFrom(...listBodies(family)).chain((bodies) => fc.constantFrom(...bodies));

const ONLY_PLACE_OF_RPFILTER = { table: 'mangle', chain: 'PREROUTING', target: '-j DROP', jump: null } as const;

function makeRule(family: Family): fc.Arbitrary<string> {
  const { addresses } = ONLY[family];
  const tables: Table[] = [...TABLES, 'filter', 'filter', 'filter', 'filter', 'filter'];
  return fc.constantFrom(...tables).chain((table) => {
    const chains = [...BUILT_IN_CHAINS[table], ...(table === 'nat' ? [] : ['sub'])].filter((name) => name !== 'FORWARD');
    return fc
      .record({
        chain: fc.constantFrom(...chains),
        address: fc.constantFrom(...addresses),
        ports: fc.constantFrom('', '', '-p tcp --dport 80', '-p tcp --dport 81:83', '-p tcp --sport 80:83', '-p tcp --syn', '-p tcp'),
        bodies: fc.array(makeBody(family), { minLength: 0, maxLength: 2 }),
        target: fc.constantFrom(...listTargets(table, family)),
        jump: fc.constantFrom(null, null, null, '-j sub', '-g sub'),
      })
      .map((parts) =>
        parts.bodies.some((body) => body.startsWith('-m rpfilter')) ? { ...parts, ...ONLY_PLACE_OF_RPFILTER } : { ...parts, table },
      )
      .map(({ table, chain, address, ports, bodies, target, jump }) => {
        const end = jump !== null && chain !== 'sub' && table !== 'nat' ? jump : target;
        const protocol = ports === '' ? '' : bodies.some((body) => body.startsWith('-p')) || end.startsWith('-p') ? '' : ports;
        const own = bodies.filter(
          (body, place) =>
            !body.startsWith('-p') || (place === bodies.findIndex((other) => other.startsWith('-p')) && !end.startsWith('-p')),
        );
        const words = [family === 'ipv6' ? 'ip6tables' : '', table === 'filter' ? '' : `-t ${table}`, `-A ${chain}`, address, protocol];
        const sorted = [...own.filter((body) => body.startsWith('-p')), ...own.filter((body) => !body.startsWith('-p'))];
        const before = end.startsWith('-p') ? end.slice(0, end.indexOf('-j')) : '';
        const after = end.startsWith('-p') ? end.slice(end.indexOf('-j')) : end;
        return [...words, before, ...sorted, after]
          .filter((word) => word !== '')
          .join(' ')
          .replaceAll(/ +/g, ' ')
          .trim();
      });
  });
}

/** Some rules, and the chain that some of them lead to. Not all have a place where they stand. */
export const makeLiveRules = (family: Family): fc.Arbitrary<string[]> =>
  fc.array(makeRule(family), { minLength: 3, maxLength: 12 }).map((rules) => {
    const program = family === 'ipv6' ? 'ip6tables ' : '';
    return [...(['filter', 'mangle', 'raw'] as const).map((table) => `${program}-t ${table} -N sub`), ...rules];
  });

/** For each kind of match and for each target a few rules that hang on it, and what becomes of the rest; of IPv6, what only that has. */
export function listFocusedRules(): { family: Family; rules: fc.Arbitrary<string[]> }[] {
  const known = new Set([...listBodies('ipv4')].map(getKind));
  const ofIPv6 = listBodies('ipv6').filter((bodies) => !known.has(getKind(bodies)));
  return [
    ...listBodies('ipv4').map((bodies) => ({ family: 'ipv4' as const, rules: focusOnMatch('ipv4', bodies) })),
    ...ofIPv6.map((bodies) => ({ family: 'ipv6' as const, rules: focusOnMatch('ipv6', bodies) })),
    ...TABLES.flatMap((table) =>
      [...new Set(listTargets(table, 'ipv4'))]
        .filter((target) => table === 'mangle' || !listTargets('mangle', 'ipv4').includes(target))
        .map((target) => ({ family: 'ipv4' as const, rules: focusOnTarget('', table, target) })),
    ),
    ...['-j HL --hl-set 60', ...listTargets('mangle', 'ipv6').filter((target) => /-j [SD]NPT/.test(target))].map((target) => ({
      family: 'ipv6' as const,
      rules: focusOnTarget('ip6tables ', 'mangle', target),
    })),
  ];
}

function getKind([body = '']: string[]): string {
  return /-m (\S+)/.exec(body)?.[1] ?? body.split(' ').slice(0, 2).join(' ');
}

/** What a match decides, or marks. */
function focusOnMatch(family: Family, bodies: string[]): fc.Arbitrary<string[]> {
  const program = family === 'ipv6' ? 'ip6tables ' : '';
  return fc
    .record({
      chain: fc.constantFrom('INPUT', 'OUTPUT'),
      table: fc.constantFrom('', '-t mangle '),
      body: fc.constantFrom(...bodies),
      ports: fc.constantFrom('', '', '-p tcp --dport 80:83', '-p tcp --sport 80:83', '-p tcp --syn'),
      first: fc.constantFrom('ACCEPT', 'RETURN', 'DROP', 'DROP', 'MARK --set-mark 1', 'LOG'),
      last: fc.constantFrom('-j DROP', '-p tcp -m mark --mark 1 -j DROP', '-p tcp --sport 80:83 -j DROP', '-p tcp --dport 81 -j DROP'),
    })
    .map(({ chain, table, body, ports, first, last }) => {
      const owns = body.startsWith('-m owner') ? 'OUTPUT' : /^-m (?:mac|socket|eui64)/.test(body) ? 'INPUT' : chain;
      const place = body.startsWith('-m rpfilter') ? '-t mangle -A PREROUTING' : `${table}-A ${owns}`;
      const protocol = body.startsWith('-p') ? '' : ports;
      return [`${program}${place} ${protocol} ${body} -j ${first}`, `${program}${place} ${last}`].map(squeeze);
    });
}

/** What a target does to what is dropped later, or to its answers. */
function focusOnTarget(program: string, table: Table, target: string): fc.Arbitrary<string[]> {
  const chain = /SNAT|MASQUERADE|SNPT/.test(target) ? 'POSTROUTING' : 'OUTPUT';
  const hasProtocol = target.startsWith('-p');
  return fc
    .record({
      ports: fc.constantFrom('-p tcp', '-p tcp --dport 80:83', '-p tcp --syn'),
      last: fc.constantFrom(
        '-p tcp --dport 80:81 -j DROP',
        '-p tcp --sport 80:83 -j DROP',
        '-p tcp -m mark ! --mark 0 -j DROP',
        '-m connmark --mark 1 -j DROP',
      ),
    })
    .map(({ ports, last }) =>
      [`${program}-t ${table} -A ${chain} ${hasProtocol ? '' : ports} ${target}`, `${program}-A INPUT ${last}`].map(squeeze),
    );
}

function squeeze(text: string): string {
  return text.replaceAll(/ +/g, ' ').trim();
}
