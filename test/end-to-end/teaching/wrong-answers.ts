/** Answers that students give, and a sentence that each of them gets. */
export interface WrongAnswer {
  exercise: string;
  /** What the student has confused, forgotten or believed. */
  mistake: string;
  rules: string[];
  sentence: string;
}

const PARTITION = [
  'iptables -A INPUT -s 127.0.1.1,127.0.1.2 -d 127.0.1.3,127.0.1.4,127.0.1.5 -j DROP',
  'iptables -A INPUT -s 127.0.1.3,127.0.1.4,127.0.1.5 -d 127.0.1.1,127.0.1.2 -j DROP',
];
const B_TO_C = 'iptables -A INPUT -s 127.0.1.2 -d 127.0.1.3 -j ACCEPT';
const C_TO_B = 'iptables -A INPUT -s 127.0.1.3 -d 127.0.1.2 -j ACCEPT';
const PUBLISHED = 'iptables -t nat -A PREROUTING -p tcp -d 192.0.2.1 --dport 8080 -j DNAT --to-destination 172.17.0.2:80';
const OUTWARDS = ['iptables -P FORWARD DROP', 'iptables -A FORWARD -i eth1 -o eth0 -j ACCEPT'];
const ANSWERS_BACK = 'iptables -A FORWARD -m conntrack --ctstate ESTABLISHED -j ACCEPT';
const NO_SSH = 'iptables -A INPUT -i eth0 -p tcp --dport 22 -j DROP';
const SERVER = ['iptables -P INPUT DROP', 'iptables -A INPUT -i lo -j ACCEPT', 'iptables -A INPUT -p tcp --dport 80 -j ACCEPT'];
const ESTABLISHED = 'iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT';
const OFFICE = 'iptables -A INPUT -p tcp -s 10.0.0.0/24 --dport 22 -j ACCEPT';
const WEB_IS_CLOSED = 'iptables -A INPUT -p tcp -d 127.0.0.1 --dport 8000 -j REJECT --reject-with tcp-reset';
const BOTH_BY_RST = [
  'iptables -A INPUT -p tcp --dport 8000 -j REJECT --reject-with tcp-reset',
  'ip6tables -A INPUT -p tcp --dport 8000 -j REJECT --reject-with tcp-reset',
];

export const WRONG_ANSWERS: WrongAnswer[] = [
  ...of('01-one-port-many-services', [
    ['no protocol', ['iptables -A INPUT -d 127.0.0.11 -j REJECT'], 'The clock answers to UDP: a rule with -p tcp does not touch it.'],
    ['udp for tcp', ['iptables -A INPUT -p udp -d 127.0.0.11 --dport 80 -j REJECT'], 'wants -p udp, the packet was tcp'],
    [
      'the source for the destination',
      ['iptables -A INPUT -p tcp -s 127.0.0.11 --dport 80 -j REJECT'],
      'wants -s 127.0.0.11, the packet came from 127.0.0.1',
    ],
    [
      'FORWARD for INPUT',
      ['iptables -A FORWARD -p tcp -d 127.0.0.11 --dport 80 -j REJECT'],
      'is in FORWARD, which only packets that come in and go out again meet',
    ],
    ['no target', ['iptables -A INPUT -p tcp -d 127.0.0.11 --dport 80'], 'it has no target (-j), so it only counts packets'],
    ['DROP for REJECT', ['iptables -A INPUT -p tcp -d 127.0.0.11 --dport 80 -j DROP'], 'expected refused, rejected, saw timeout, dropped'],
  ]),
  ...of('02-127-127-127-127', [
    ['the whole block', ['iptables -A INPUT -d 127.0.0.0/8 -j DROP'], '127.0.0.1 is in 127.0.0.0/8. Which rule is asked first?'],
    [
      'the exception comes last',
      ['iptables -A INPUT -d 127.0.0.0/8 -j DROP', 'iptables -A INPUT -d 127.0.0.1 -j ACCEPT'],
      'would accept the request, but rule 0 (line 1) came first',
    ],
    ['all but one address', ['iptables -A INPUT ! -d 127.0.0.1 -j DROP'], '192.0.2.10 is not in 127.0.0.0/8'],
    [
      'a block that is too small',
      ['iptables -A INPUT -d 127.0.0.1 -j ACCEPT', 'iptables -A INPUT -d 127.0.0.0/16 -j DROP'],
      'In the block 127.0.0.0/8 only the first number is fixed',
    ],
  ]),
  ...of('03-closed-reject-drop', [
    [
      'REJECT for all',
      ['iptables -A INPUT -p tcp -d 127.0.0.2 --dport 8001:8003 -j REJECT'],
      'Port 8002: the client must hear nothing, so the target is DROP.',
    ],
    [
      'a rule for the closed port',
      ['-A INPUT -p tcp --dport 8001 -j REJECT', '-A INPUT -p tcp --dport 8002 -j DROP', '-A INPUT -p tcp --dport 8003 -j REJECT'],
      'Port 8003: nothing listens there, so the kernel refuses the client by itself.',
    ],
    [
      'DROP and REJECT exchanged',
      ['-A INPUT -p tcp --dport 8001 -j DROP', '-A INPUT -p tcp --dport 8002 -j REJECT'],
      'Port 8001: a rule must answer, so its target is REJECT.',
    ],
    [
      'the source port',
      ['-A INPUT -p tcp --sport 8001 -j REJECT', '-A INPUT -p tcp --dport 8002 -j DROP'],
      'wants --sport 8001, the packet came from port',
    ],
  ]),
  ...of('04-the-client-that-hangs', [
    ['DROP for REJECT', ['iptables -A INPUT -s 127.0.0.1 -j DROP'], 'A REJECT must answer, and its answer must arrive.'],
    [
      'ESTABLISHED without RELATED',
      ['-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT', '-A INPUT -s 127.0.0.1 -j REJECT'],
      'wants --ctstate ESTABLISHED, the packet was RELATED',
    ],
    [
      'the state comes last',
      ['-A INPUT -s 127.0.0.1 -j REJECT', '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT'],
      'would accept the answer (an ICMP error), but rule 0 (line 1) came first',
    ],
    ['one protocol', ['iptables -A INPUT -p tcp -s 127.0.0.1 -j REJECT'], 'But where does the answer of the server come from?'],
  ]),
  ...of('05-order-of-rules', [
    [
      'an exception comes last',
      [
        '-A INPUT -p tcp --dport 8000 -s 127.0.0.5 -j ACCEPT',
        '-A INPUT -p tcp --dport 8000 -j REJECT',
        '-A INPUT -p tcp --dport 8000 -s 127.0.0.66 -j DROP',
      ],
      'would drop the request, but rule 1 (line 2) came first and rejected it',
    ],
    [
      'the destination for the source',
      [
        '-A INPUT -p tcp --dport 8000 -d 127.0.0.5 -j ACCEPT',
        '-A INPUT -p tcp --dport 8000 -s 127.0.0.66 -j DROP',
        '-A INPUT -p tcp --dport 8000 -j REJECT',
      ],
      'wants -d 127.0.0.5, the packet went to 127.0.0.2',
    ],
    [
      'no port',
      ['-A INPUT -s 127.0.0.66 -j DROP', '-A INPUT -p tcp --dport 8000 -s 127.0.0.5 -j ACCEPT', '-A INPUT -p tcp --dport 8000 -j REJECT'],
      'The metrics are for the pest, too.',
    ],
    ['a rule for everything', ['-A INPUT -s 127.0.0.5 -j ACCEPT', '-A INPUT -s 127.0.0.66 -j DROP', '-A INPUT -j REJECT'], 'answer-eaten'],
  ]),
  ...of('06-policy-drop-and-established', [
    [
      'the source port of an answer',
      [...SERVER, 'iptables -A INPUT -p tcp --sport 80 -j ACCEPT'],
      'The attacker sends from port 80. A rule with --sport 80 takes that for an answer.',
    ],
    ['the address of the mirror', [...SERVER, 'iptables -A INPUT -s 192.0.2.200 -j ACCEPT'], 'The mirror may answer. It may not ask.'],
    [
      'NEW for ESTABLISHED',
      [...SERVER, 'iptables -A INPUT -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT'],
      'no rule may accept a new connection to port 5432',
    ],
    [
      'lo',
      ['iptables -P INPUT DROP', ESTABLISHED, 'iptables -A INPUT -p tcp --dport 80 -j ACCEPT'],
      'Packets between programs of one machine come in by lo.',
    ],
  ]),
  ...of('07-reject-types', [
    [
      'a RST for UDP',
      ['iptables -A INPUT -d 127.0.0.2 -j REJECT --reject-with tcp-reset'],
      '--reject-with tcp-reset answers TCP only: add -p tcp',
    ],
    [
      'host-unreachable for UDP',
      [...BOTH_BY_RST, 'iptables -A INPUT -p udp --dport 53 -j REJECT --reject-with icmp-host-unreachable'],
      'a client of this kind does not act on it',
    ],
    [
      'port-unreachable for TCP',
      ['iptables -A INPUT -d 127.0.0.2 -j REJECT', 'ip6tables -A INPUT -p tcp --dport 8000 -j REJECT --reject-with tcp-reset'],
      'A blocking client learns of an ICMP error by its second SYN',
    ],
    [
      'IPv6',
      ['iptables -A INPUT -p tcp --dport 8000 -j REJECT --reject-with tcp-reset', 'iptables -A INPUT -p udp --dport 53 -j REJECT'],
      'is for IPv4, and the request is IPv6, which has chains of its own',
    ],
  ]),
  ...of('08-localhost-is-two-addresses', [
    [
      'iptables for ::1',
      [WEB_IS_CLOSED, 'iptables -A INPUT -p tcp -d ::1 --dport 8000 -j REJECT'],
      '::1 is an IPv6 address, and the rule is IPv4',
    ],
    [
      'no port',
      [WEB_IS_CLOSED, 'ip6tables -A INPUT -p tcp -d ::1 -j REJECT --reject-with tcp-reset'],
      'name the port in the rule for IPv6, too',
    ],
    ['the name', ['iptables -A INPUT -p tcp -d localhost --dport 8000 -j REJECT'], '"localhost" is not an address'],
    [
      'DROP for REJECT',
      [WEB_IS_CLOSED, 'ip6tables -A INPUT -p tcp -d ::1 --dport 8000 -j DROP'],
      'They must refuse it at once, as those for 127.0.0.1 do.',
    ],
  ]),
  ...of('09-published-port', [
    [
      'no address',
      [PUBLISHED, 'iptables -t nat -A OUTPUT -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.2:80'],
      'Expected a reply with "another machine", observed "the container".',
    ],
    [
      'the table filter',
      [PUBLISHED, 'iptables -A OUTPUT -p tcp -d 192.0.2.1 --dport 8080 -j DNAT --to-destination 172.17.0.2:80'],
      'DNAT cannot be used in table filter, only in table nat',
    ],
    [
      'no port of the container',
      [PUBLISHED, 'iptables -t nat -A OUTPUT -p tcp -d 192.0.2.1 --dport 8080 -j DNAT --to-destination 172.17.0.2'],
      'The container listens on port 80.',
    ],
    [
      'INPUT for the table nat',
      [PUBLISHED, 'iptables -A INPUT -p tcp --dport 8080 -j ACCEPT'],
      'is in nat PREROUTING, which only packets from other hosts meet',
    ],
  ]),
  ...of('10-a-router', [
    ['no way back', [...OUTWARDS, NO_SSH], 'Request and answer both pass FORWARD, in opposite directions.'],
    [
      'both directions without a state',
      [...OUTWARDS, 'iptables -A FORWARD -i eth0 -o eth1 -j ACCEPT', NO_SSH],
      'A new connection from eth0 to eth1 is not allowed. An answer is.',
    ],
    [
      'ssh in FORWARD',
      [...OUTWARDS, ANSWERS_BACK, 'iptables -A FORWARD -i eth0 -p tcp --dport 22 -j DROP'],
      'and the request comes in for this host: it meets INPUT',
    ],
    [
      'one address of the router',
      [...OUTWARDS, ANSWERS_BACK, 'iptables -A INPUT -d 192.0.2.1 -p tcp --dport 22 -j DROP'],
      'A rule for 192.0.2.1 does not speak for 10.0.0.1.',
    ],
  ]),
  ...of('11-partition-and-healing', [
    ['appended', [...PARTITION, B_TO_C, C_TO_B], 'would accept the request, but rule 0 (line 1) came first and dropped it'],
    ['one direction', [B_TO_C, ...PARTITION], 'expected service, saw timeout, answer-eaten'],
    [
      'one address',
      ['iptables -A INPUT -s 127.0.1.2 -j ACCEPT', 'iptables -A INPUT -d 127.0.1.2 -j ACCEPT', ...PARTITION],
      'expected dropped, saw connected, service',
    ],
    [
      'REJECT for DROP',
      [B_TO_C, C_TO_B, ...PARTITION.map((rule) => rule.replace('DROP', 'REJECT'))],
      'expected dropped, saw timeout, answer-eaten',
    ],
    ['no rules at all', ['# all is healed'], 'expected dropped, saw connected, service'],
  ]),
  ...of('12-what-tests-miss', [
    ['IPv6', [...SERVER, ESTABLISHED, OFFICE], 'No rule of iptables is asked about a packet of IPv6.'],
    [
      'neighbour discovery',
      [...SERVER, ESTABLISHED, OFFICE, 'ip6tables -P INPUT DROP', 'ip6tables -A INPUT -p tcp --dport 80 -j ACCEPT'],
      'It asked for a neighbour (RFC 4861): until that is answered, IPv6 sends nothing to it.',
    ],
    ['the edge of a block', [...SERVER, ESTABLISHED, OFFICE.replace('/24', '/8')], '10.9.9.9 is in 10.0.0.0/8. The office is 10.0.0.0/24.'],
    ['the source port', [...SERVER, OFFICE, 'iptables -A INPUT -p udp --sport 53 -j ACCEPT'], 'Everybody can send from port 53.'],
  ]),
];

function of(exercise: string, answers: [mistake: string, rules: string[], sentence: string][]): WrongAnswer[] {
  return answers.map(([mistake, rules, sentence]) => ({ exercise, mistake, rules, sentence }));
}
