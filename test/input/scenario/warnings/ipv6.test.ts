// Families and neighbours: a warning where no rule sees a packet, or a rule ends what it needs, and only then.
import t from 'tap';
import { findScenarioWarnings } from '../../../support/warnings.js';

function find(code: string, scenario: object, nft = ''): string[] {
  return findScenarioWarnings(scenario, { 'rules.nft': nft }).flatMap((warning) => (warning.code === code ? [warning.message] : []));
}

const WEB6 = { web6: 'tcp://[::1]:80' };
const BY_IPV6 = [{ from: '::1', to: 'web6', expect: 'connected' }];

t.test('ipv6-open: what the rules block over IPv4 is open over IPv6', async (t) => {
  t.strictSame(find('ipv6-open', { servers: WEB6, rules: ['-A INPUT -p tcp --dport 80 -j DROP'], probes: BY_IPV6 }), [
    'rule 0 is for IPv4, as all rules are, and the server web6 uses IPv6, which no rule judges: add the same rules for ip6tables',
  ]);
  const closed = ['-P INPUT DROP', '-A INPUT -p tcp --dport 80 -j ACCEPT'];
  t.match(find('ipv6-open', { servers: WEB6, rules: closed, probes: BY_IPV6 }), [/^the policy -P INPUT DROP is for IPv4/]);
  const unnamed = [{ from: '::1', to: 'tcp://[::1]:80', expect: { cause: 'service' } }];
  t.match(find('ipv6-open', { rules: ['-A INPUT -j REJECT'], probes: unnamed }), [/the probe ::1 → tcp:\/\/\[::1\]:80 uses IPv6/]);
});

for (const [what, scenario] of Object.entries({
  'there are rules for IPv6': { rules: ['-P INPUT DROP', 'ip6tables -P INPUT DROP'] },
  'a rule is for both families': { rules: [{ chain: 'INPUT', protocol: 'tcp', destinationPort: 80, target: 'DROP', family: 'both' }] },
  'no rule blocks': { rules: ['-A INPUT -p tcp --dport 80 -j ACCEPT'] },
  'no rules': { rules: [] },
  'the rule is for another port': { rules: ['-A INPUT -p tcp --dport 81 -j DROP'] },
  'the rule is for one address': { rules: ['-A INPUT -d 127.0.0.3 -j DROP'] },
  'nothing uses IPv6': {
    servers: {},
    rules: ['-P INPUT DROP'],
    probes: [{ from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'timeout' }],
  },
  'rules for NAT alone': { rules: ['-t nat -A OUTPUT -p tcp --dport 80 -j REDIRECT --to-ports 81'] },
})) {
  t.test(`not ipv6-open: ${what}`, async (t) => {
    t.strictSame(find('ipv6-open', { servers: WEB6, probes: BY_IPV6, ...scenario }), []);
  });
}

const SIX = {
  interfaces: { eth0: { addresses: ['2001:db8::1/64'] } },
  servers: { web: 'tcp://[2001:db8::1]:80' },
  clients: { six: { address: '2001:db8::9', via: 'eth0' } },
  probes: [{ from: 'six', to: 'web', expect: 'connected' }],
};
const ipv6 = (...rules: string[]) => rules.map((rule) => `ip6tables ${rule}`);
const CLOSED = ipv6(
  '-P INPUT DROP',
  '-A INPUT -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  '-A INPUT -p tcp --dport 80 -j ACCEPT',
);

t.test('neighbour-discovery: the policy drops solicitations', async (t) => {
  t.strictSame(find('neighbour-discovery', { ...SIX, rules: CLOSED }), [
    'the policy of INPUT ends neighbour solicitations at eth0, so nothing goes by eth0 over IPv6: add ip6tables -A INPUT -p ipv6-icmp --icmpv6-type neighbour-solicitation -j ACCEPT before it',
  ]);
  t.match(find('neighbour-discovery', { ...SIX, rules: [...CLOSED.slice(1), 'ip6tables -A INPUT -j REJECT'] }), [
    /^rule 2 ends neighbour solicitations/,
  ]);
  const outgoing = {
    ...SIX,
    servers: { far: { protocol: 'tcp', address: '2001:db8::7', port: 80, via: 'eth0' } },
    probes: [{ from: '2001:db8::1', to: 'far', expect: 'connected' }],
  };
  t.match(find('neighbour-discovery', { ...outgoing, rules: CLOSED }), [/ends neighbour advertisements at eth0/]);
  t.match(find('neighbour-discovery', { ...SIX, rules: ipv6('-P OUTPUT DROP', '-A OUTPUT -p tcp -j ACCEPT') }), [
    /OUTPUT ends neighbour adv/,
  ]);
});

for (const [what, scenario] of Object.entries({
  'they are accepted': { rules: [...CLOSED, ...ipv6('-A INPUT -p ipv6-icmp --icmpv6-type neighbour-solicitation -j ACCEPT')] },
  'ICMPv6 is accepted': { rules: [...CLOSED, ...ipv6('-A INPUT -p ipv6-icmp -j ACCEPT')] },
  'what is not tracked is accepted': { rules: [...CLOSED, ...ipv6('-A INPUT -m conntrack --ctstate UNTRACKED -j ACCEPT')] },
  'link-local addresses are accepted': { rules: [...CLOSED, ...ipv6('-A INPUT -s fe80::/10 -j ACCEPT')] },
  'the policy accepts': { rules: CLOSED.slice(1) },
  'the rules are for IPv4': { rules: ['-P INPUT DROP'] },
  'the probe is on lo': { rules: CLOSED, probes: [{ from: '::1', to: 'web', expect: 'connected' }] },
  'no answer is expected': { rules: CLOSED, probes: [{ ...SIX.probes[0], expect: 'dropped' }] },
})) {
  t.test(`not neighbour-discovery: ${what}`, async (t) => {
    t.strictSame(find('neighbour-discovery', { ...SIX, ...scenario }), []);
  });
}

const NFT = {
  closed: 'type filter hook input priority filter; policy drop;\nct state established,related accept\ntcp dport 80 accept',
  rejecting:
    'type filter hook input priority filter; policy accept;\niif lo accept\nct state { established, related } accept\nmeta l4proto { tcp, udp } accept\ncounter reject with icmpx admin-prohibited',
  outgoing: 'type filter hook output priority 0; policy drop;\ntcp sport 80 accept',
};
const toTable = (rules: string, family = 'inet') => `table ${family} filter {\nchain own {\n${rules}\n}\n}\n`;

for (const [what, [rules, message]] of Object.entries({
  'a policy': [NFT.closed, 'solicitations'],
  'a last rule': [NFT.rejecting, 'solicitations'],
  'a chain of output': [NFT.outgoing, 'advertisements'],
})) {
  t.test(`neighbour-discovery: ${what} of native rules`, async (t) => {
    t.strictSame(find('neighbour-discovery', { ...SIX, ruleset: { file: 'rules.nft' } }, toTable(rules ?? '')), [
      `chain own ends neighbour ${message} at eth0, so nothing goes by eth0 over IPv6: add icmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept before it`,
    ]);
  });
}

for (const [what, text] of Object.entries({
  'ICMPv6 is accepted': toTable(`${NFT.closed}\nmeta l4proto ipv6-icmp accept`),
  'neighbours are accepted': toTable(`${NFT.closed}\nicmpv6 type { nd-neighbor-solicit, nd-neighbor-advert } accept`),
  'an interface is accepted': toTable(`${NFT.closed}\niifname "eth0" accept`),
  'another chain is asked': toTable(`${NFT.closed}\njump more\n}\nchain more {`),
  'what is not tracked is accepted': toTable(`${NFT.closed}\nct state untracked accept`),
  'a map decides': toTable(`${NFT.closed}\nct state vmap { established : accept, untracked : accept }`),
  'a table of IPv4': toTable(NFT.closed, 'ip'),
  'a command adds a rule': `${toTable(NFT.closed)}add rule inet filter own icmpv6 type nd-neighbor-solicit accept\n`,
  'the policy accepts': toTable(NFT.closed.replace('policy drop', 'policy accept')),
})) {
  t.test(`not neighbour-discovery: ${what} by native rules`, async (t) => {
    t.strictSame(find('neighbour-discovery', { ...SIX, ruleset: { file: 'rules.nft' } }, text), []);
  });
}
