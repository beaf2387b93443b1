import t from 'tap';
import type { RuleInput } from '../../../src/model/scenario-file.js';
import { parseRuleObject } from '../../../src/rules/language/rule-object.js';
import { parseRuleText } from '../../../src/rules/language/rule-text.js';

const input = { chain: 'INPUT', target: 'DROP' };

const SAME: [RuleInput, string][] = [
  [input, '-A INPUT -j DROP'],
  [{ ...input, insert: true, match: '-p tcp' }, '-I INPUT -p tcp -j DROP'],
  [
    {
      name: 'no-web',
      chain: 'INPUT',
      protocol: 'tcp',
      destination: '127.0.0.2',
      destinationPort: 8000,
      target: 'REJECT',
      rejectWith: 'port-unreachable',
    },
    '-A INPUT -d 127.0.0.2 -p tcp -m tcp --dport 8000 -j REJECT --reject-with icmp-port-unreachable',
  ],
  [{ table: 'nat', chain: 'OUTPUT', target: 'web', protocol: '!udp', outInterface: '! lo' }, '-t nat -A OUTPUT ! -o lo ! -p udp -j web'],
  [{ ...input, source: '!127.0.0.5', inInterface: '!eth+' }, '-A INPUT ! -s 127.0.0.5 ! -i eth+ -j DROP'],
  [{ ...input, source: '127.0.0.5, 127.0.0.6' }, '-A INPUT -s 127.0.0.5,127.0.0.6 -j DROP'],
  [
    { ...input, protocol: 'TCP', sourcePort: '!1024:', destinationPort: '80, 443' },
    '-A INPUT -p tcp -m tcp ! --sport 1024: -m multiport --dports 80,443 -j DROP',
  ],
  [{ ...input, protocol: 'tcp', destinationPort: '!80,443' }, '-A INPUT -p tcp -m multiport ! --dports 80,443 -j DROP'],
  [{ ...input, protocol: 'udp', destinationPort: 53 }, '-A INPUT -p udp -m multiport --dports 53 -j DROP'],
  [{ ...input, protocol: 'dccp', sourcePort: '53:60' }, '-A INPUT -p dccp -m multiport --sports 53:60 -j DROP'],
  [{ ...input, state: 'established, related' }, '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j DROP'],
  [{ ...input, state: '!NEW' }, '-A INPUT -m conntrack ! --ctstate NEW -j DROP'],
  [
    { ...input, match: '-m iprange --src-range 127.0.0.1-127.0.0.9', comment: `it's "odd" $x` },
    `-A INPUT -m iprange --src-range 127.0.0.1-127.0.0.9 -m comment --comment "it's \\"odd\\" \\$x" -j DROP`,
  ],
  [{ ...input, comment: '-j' }, '-A INPUT -m comment --comment -j -j DROP'],
  [{ chain: 'INPUT', protocol: 'tcp', target: 'REJECT', rejectWith: 'tcp-reset' }, '-A INPUT -p tcp -j REJECT --reject-with tcp-reset'],
  [{ chain: 'INPUT', target: 'REJECT', rejectWith: 'icmp-admin-prohibited' }, '-A INPUT -j REJECT --reject-with icmp-admin-prohibited'],
  [{ ...input, family: 'ipv6' }, 'ip6tables -A INPUT -j DROP'],
  [{ chain: 'INPUT', source: '::1', target: 'REJECT', rejectWith: 'no-route' }, '-A INPUT -s ::1 -j REJECT --reject-with icmp6-no-route'],
  [
    { table: 'nat', chain: 'OUTPUT', protocol: 'tcp', target: 'DNAT', toDestination: '127.0.0.2:80' },
    '-t nat -A OUTPUT -p tcp -j DNAT --to-destination 127.0.0.2:80',
  ],
  [{ table: 'nat', chain: 'POSTROUTING', target: 'SNAT', toSource: '127.0.0.2' }, '-t nat -A POSTROUTING -j SNAT --to-source 127.0.0.2'],
  [{ chain: 'INPUT', target: 'REJECT', rejectWith: 'admin-prohib' }, '-A INPUT -j REJECT --reject-with icmp-admin-prohibited'],
];

t.test('an object is the same as its arguments', async (t) => {
  for (const [object, text] of SAME) {
    t.strictSame(parseRuleObject(object), [parseRuleText(text)], text);
  }
});

const REFUSED: [RuleInput, string, RegExp][] = [
  [{ ...input, chain: '-x' }, 'chain', /cannot begin/],
  [{ ...input, target: 'RATEEST' }, 'target', /is refused/],
  [{ ...input, target: 'TRACE' }, 'target', /its own/],
  [{ ...input, source: 'localhost' }, 'source', /numeric/],
  [{ ...input, source: '127.0.0.5/8' }, 'source', /write 127.0.0.0\/8/],
  [{ ...input, destination: '-j' }, 'destination', /not an address/],
  [{ ...input, protocol: 'tpc' }, 'protocol', /did you mean "tcp"/],
  [{ ...input, protocol: 'tpc', destinationPort: 80 }, 'protocol', /did you mean "tcp"/],
  [{ ...input, destinationPort: 80 }, 'destinationPort', /add "protocol": "tcp"/],
  [{ ...input, protocol: '!tcp', sourcePort: 80 }, 'sourcePort', /negated/],
  [{ ...input, protocol: 'icmp', sourcePort: 80 }, 'sourcePort', /not icmp/],
  [{ ...input, protocol: 'tcp', destinationPort: 70000 }, 'destinationPort', /0 to 65535/],
  [{ ...input, protocol: 'tcp', destinationPort: '80-90' }, 'destinationPort', /80:90/],
  [{ ...input, protocol: 'tcp', destinationPort: '!0:65535' }, 'destinationPort', /never match/],
  [{ ...input, protocol: 'udp', destinationPort: ':90' }, 'destinationPort', /both ends/],
  [{ ...input, inInterface: 'eth0:1' }, 'inInterface', /alias/],
  [{ ...input, state: 'NEWS' }, 'state', /did you mean "NEW"/],
  [{ ...input, match: '-m conntrack' }, 'match', /conntrack needs/],
  [{ ...input, match: '-m conntrack; id' }, 'match', /shell/],
  [{ ...input, match: '-j ACCEPT' }, 'target', /one target/],
  [{ ...input, match: '-A OUTPUT' }, 'match', /one command/],
  [{ ...input, match: '-t nat' }, 'match', /given twice/],
  [{ ...input, insert: true, match: '5' }, 'match', /stray/],
  [{ ...input, comment: 'a\nb' }, 'comment', /U\+000A/],
  [{ ...input, comment: 'é'.repeat(128) }, 'comment', /middle of a character/],
  [{ ...input, rejectWith: 'tcp-reset' }, 'rejectWith', /REJECT only/],
  [{ ...input, toSource: '127.0.0.1' }, 'toSource', /SNAT only/],
  [{ ...input, target: 'REJECT', rejectWith: 'tcp-reset' }, 'rejectWith', /add -p tcp/],
  [{ ...input, target: 'REJECT', rejectWith: 'host' }, 'rejectWith', /not an answer/],
];

t.test('both families', async (t) => {
  const object: RuleInput = { family: 'both', chain: 'INPUT', protocol: 'tcp', target: 'REJECT', rejectWith: 'port-unreachable' };
  t.strictSame(parseRuleObject(object), [
    parseRuleText('-A INPUT -p tcp -j REJECT'),
    parseRuleText('ip6tables -A INPUT -p tcp -j REJECT --reject-with icmp6-port-unreachable'),
  ]);
  t.throws(() => parseRuleObject({ ...object, rejectWith: 'no-route' }), { key: 'rejectWith', message: /IPv6 only/ });
  t.throws(() => parseRuleObject({ ...object, rejectWith: 'host-prohibited' }), { key: 'rejectWith', message: /IPv4 only/ });
  t.throws(() => parseRuleObject({ ...object, source: '::1' }), { key: 'source', message: /IPv6 address/ });
});

t.test('what is refused names its key', async (t) => {
  for (const [object, key, message] of REFUSED) {
    t.throws(() => parseRuleObject(object), { name: 'RuleError', key, message }, JSON.stringify(object));
  }
});
