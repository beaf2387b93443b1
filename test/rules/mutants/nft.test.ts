// The mutants of native rules: each rule with what is changed in it, as text.
import t from 'tap';
import { editNftText, printNft } from '../../../src/rules/mutants/nft-edit.js';
import { flipNftPolicy, listNftMutants } from '../../../src/rules/mutants/nft.js';
import { makeNftLocator } from '../../../src/rules/nft/clauses/clause.js';
import { listNftChains } from '../../../src/rules/nft/places.js';

function list(rule: string, head = '') {
  const text = `table inet t {\n chain c {\n${head}\n ${rule}\n }\n}\n`;
  const [chain] = listNftChains(text);
  const [tokens = []] = chain?.rules ?? [];
  return listNftMutants(text, makeNftLocator(text)(tokens), chain ?? { base: null });
}

/** The mutants as `MUTATOR: TEXT`, each with a letter for the packets that it touches: matched, others, both. */
function show(rule: string, head = ''): string[] {
  return list(rule, head).mutants.map(({ mutator, text, touches: { matched, others } }) => {
    return `${mutator} ${matched && others ? 'b' : matched ? 'm' : 'o'}: ${text}`;
  });
}

const RULES: Record<string, string[]> = {
  accept: ['target-removed m: continue', 'target-changed m: drop'],
  'counter drop comment "all"': [
    'target-removed m: counter continue comment "all"',
    'target-changed m: counter accept comment "all"',
    'target-changed m: counter reject comment "all"',
  ],
  'reject with icmpx type admin-prohibited': ['target-removed m: continue', 'target-changed m: drop', 'target-changed m: accept'],
  return: ['target-removed m: continue', 'target-changed m: accept'],
  'jump other': ['target-removed m: continue'],
  'tcp dport 22 accept': [
    'match-removed o: accept',
    'match-negated b: tcp dport != 22 accept',
    'port-widened o: tcp dport 22-23 accept',
    'port-shifted b: tcp dport 23 accept',
    'target-removed m: tcp dport 22 continue',
    'target-changed m: tcp dport 22 drop',
  ],
  'th dport != 1024-65535 goto x': [
    'match-removed o: goto x',
    'match-negated b: th dport 1024-65535 goto x',
    'port-narrowed o: th dport != 1025-65535 goto x',
    'target-removed m: th dport != 1024-65535 continue',
  ],
  'udp sport { 53, 5353-5354, $OTHERS } return': [
    'match-removed o: return',
    'match-negated b: udp sport != { 53, 5353-5354, $OTHERS } return',
    'port-widened o: udp sport { 53-54, 5353-5354, $OTHERS } return',
    'port-shifted b: udp sport { 54, 5353-5354, $OTHERS } return',
    'port-narrowed m: udp sport { 5353-5354, $OTHERS } return',
    'port-widened o: udp sport { 53, 5353-5355, $OTHERS } return',
    'port-narrowed m: udp sport { 53, 5354, $OTHERS } return',
    'port-narrowed m: udp sport { 53, $OTHERS } return',
    'port-narrowed m: udp sport { 53, 5353-5354 } return',
    'target-removed m: udp sport { 53, 5353-5354, $OTHERS } continue',
    'target-changed m: udp sport { 53, 5353-5354, $OTHERS } accept',
  ],
  'tcp dport { 80,81 } goto x': [
    'match-removed o: goto x',
    'match-negated b: tcp dport != { 80,81 } goto x',
    'port-narrowed m: tcp dport { 81 } goto x',
    'port-widened o: tcp dport { 80,81-82 } goto x',
    'port-shifted b: tcp dport { 80,82 } goto x',
    'port-narrowed m: tcp dport { 80 } goto x',
    'target-removed m: tcp dport { 80,81 } continue',
  ],
  'tcp dport >= 1024 goto x': [
    'match-removed o: goto x',
    'match-negated b: tcp dport < 1024 goto x',
    'target-removed m: tcp dport >= 1024 continue',
  ],
  'ip saddr 10.0.0.0/8 goto x': [
    'match-removed o: goto x',
    'match-negated b: ip saddr != 10.0.0.0/8 goto x',
    'prefix-widened o: ip saddr 10.0.0.0/7 goto x',
    'prefix-narrowed m: ip saddr 10.0.0.0/9 goto x',
    'target-removed m: ip saddr 10.0.0.0/8 continue',
  ],
  'ip6 daddr != ::1 goto x': [
    'match-removed o: goto x',
    'match-negated b: ip6 daddr ::1 goto x',
    'prefix-widened m: ip6 daddr != ::1/127 goto x',
    'target-removed m: ip6 daddr != ::1 continue',
  ],
  'ip saddr { 192.0.2.0/24, 198.51.100.1-198.51.100.9 } goto x': [
    'match-removed o: goto x',
    'match-negated b: ip saddr != { 192.0.2.0/24, 198.51.100.1-198.51.100.9 } goto x',
    'prefix-widened o: ip saddr { 192.0.2.0/23, 198.51.100.1-198.51.100.9 } goto x',
    'prefix-narrowed m: ip saddr { 192.0.2.0/25, 198.51.100.1-198.51.100.9 } goto x',
    'match-removed m: ip saddr { 198.51.100.1-198.51.100.9 } goto x',
    'match-removed m: ip saddr { 192.0.2.0/24 } goto x',
    'target-removed m: ip saddr { 192.0.2.0/24, 198.51.100.1-198.51.100.9 } continue',
  ],
  'ip saddr @bad goto x': [
    'match-removed o: goto x',
    'match-negated b: ip saddr != @bad goto x',
    'target-removed m: ip saddr @bad continue',
  ],
  'ip saddr . tcp dport { 192.0.2.1 . 22, 192.0.2.2 . 80 } goto x': [
    'match-removed o: goto x',
    'match-negated b: ip saddr . tcp dport != { 192.0.2.1 . 22, 192.0.2.2 . 80 } goto x',
    'match-removed m: ip saddr . tcp dport { 192.0.2.2 . 80 } goto x',
    'match-removed m: ip saddr . tcp dport { 192.0.2.1 . 22 } goto x',
    'target-removed m: ip saddr . tcp dport { 192.0.2.1 . 22, 192.0.2.2 . 80 } continue',
  ],
  'ct state established,related goto x': [
    'match-removed o: goto x',
    'match-negated b: ct state ! established,related goto x',
    'state-removed m: ct state related goto x',
    'state-removed m: ct state established goto x',
    'target-removed m: ct state established,related continue',
  ],
  'ct state { new } iifname "eth*" goto x': [
    'match-removed o: iifname "eth*" goto x',
    'match-negated b: ct state != { new } iifname "eth*" goto x',
    'match-removed o: ct state { new } goto x',
    'match-negated b: ct state { new } iifname != "eth*" goto x',
    'target-removed m: ct state { new } iifname "eth*" continue',
  ],
  'ct state invalid goto x': [
    'match-removed o: goto x',
    'match-negated b: ct state != invalid goto x',
    'target-removed m: ct state invalid continue',
  ],
  'tcp flags & (syn | ack) == syn ct mark and 0xff != 1 goto x': [
    'match-removed o: ct mark and 0xff != 1 goto x',
    'match-negated b: tcp flags & (syn | ack) != syn ct mark and 0xff != 1 goto x',
    'match-removed o: tcp flags & (syn | ack) == syn goto x',
    'match-negated b: tcp flags & (syn | ack) == syn ct mark and 0xff == 1 goto x',
    'target-removed m: tcp flags & (syn | ack) == syn ct mark and 0xff != 1 continue',
  ],
  'tcp flags syn / syn,ack goto x': [
    'match-removed o: goto x',
    'match-negated b: tcp flags != syn / syn,ack goto x',
    'target-removed m: tcp flags syn / syn,ack continue',
  ],
  'fib daddr . iif type != local goto x': [
    'match-removed o: goto x',
    'match-negated b: fib daddr . iif type local goto x',
    'target-removed m: fib daddr . iif type != local continue',
  ],
  'limit rate over 10 mbytes/second burst 5 mbytes ct count over 3 log prefix "drop" level warn drop': [
    'match-removed o: ct count over 3 log prefix "drop" level warn drop',
    'match-removed o: limit rate over 10 mbytes/second burst 5 mbytes log prefix "drop" level warn drop',
    'target-removed m: limit rate over 10 mbytes/second burst 5 mbytes ct count over 3 log prefix "drop" level warn continue',
    'target-changed m: limit rate over 10 mbytes/second burst 5 mbytes ct count over 3 log prefix "drop" level warn accept',
    'target-changed m: limit rate over 10 mbytes/second burst 5 mbytes ct count over 3 log prefix "drop" level warn reject',
  ],
  'ct state vmap { established : accept, invalid : drop, new : jump x }': [
    'target-removed m: continue',
    'target-changed m: ct state vmap { established : drop, invalid : drop, new : jump x }',
    'target-removed m: ct state vmap { invalid : drop, new : jump x }',
    'target-changed m: ct state vmap { established : accept, invalid : accept, new : jump x }',
    'target-removed m: ct state vmap { established : accept, new : jump x }',
    'target-removed m: ct state vmap { established : accept, invalid : drop }',
  ],
  'tcp dport vmap @ways': ['target-removed m: continue'],
  'ct mark set ct mark or 0x1 accept': [
    'target-removed m: accept',
    'target-removed m: ct mark set ct mark or 0x1 continue',
    'target-changed m: ct mark set ct mark or 0x1 drop',
  ],
  'update @seen { ip saddr timeout 5s } accept': [
    'target-removed m: accept',
    'target-removed m: update @seen { ip saddr timeout 5s } continue',
    'target-changed m: update @seen { ip saddr timeout 5s } drop',
  ],
  // nft takes a port to translate to only behind a match of the protocol.
  'tcp dport 8080 dnat ip to 192.0.2.1:80': [
    'match-removed o: meta l4proto tcp dnat ip to 192.0.2.1:80',
    'match-negated b: tcp dport != 8080 dnat ip to 192.0.2.1:80',
    'port-widened o: tcp dport 8080-8081 dnat ip to 192.0.2.1:80',
    'port-shifted b: tcp dport 8081 dnat ip to 192.0.2.1:80',
    'target-removed m: tcp dport 8080 continue',
  ],
  'meta l4proto tcp redirect to :80': ['target-removed m: meta l4proto tcp continue'],
  'oifname "eth0" masquerade random,persistent': [
    'match-removed o: masquerade random,persistent',
    'match-negated b: oifname != "eth0" masquerade random,persistent',
    'target-removed m: oifname "eth0" continue',
  ],
  'counter name "x" log flags tcp sequence,options': [],
};

for (const [rule, expected] of Object.entries(RULES)) {
  t.test(rule, async (t) => {
    t.strictSame(show(rule), expected);
  });
}

t.test('a change says what the rule had', async (t) => {
  t.strictSame(
    list('ct mark set 1 tcp dport 22 accept').mutants.map(({ change }) => change),
    [
      'had no ct mark set 1',
      'had no tcp dport 22',
      'had tcp dport != 22 instead of tcp dport 22',
      'had tcp dport 22-23 instead of tcp dport 22',
      'had tcp dport 23 instead of tcp dport 22',
      'had no accept',
      'had drop instead of accept',
    ],
  );
  t.equal(list('accept').mutants[0]?.change, 'were gone');
});

t.test('reject is put where a chain may reject', async (t) => {
  const changed = (head: string) => show('drop', head).filter((text) => text.startsWith('target-changed'));
  t.strictSame(changed(' type filter hook input priority 0;'), ['target-changed m: accept', 'target-changed m: reject']);
  t.strictSame(changed(' type filter hook postrouting priority 0;'), ['target-changed m: accept']);
  t.strictSame(changed(' type nat hook output priority 0;'), ['target-changed m: accept']);
});

t.test('what is not read is said, and not changed', async (t) => {
  const { mutants, rest } = list('tcp dport 22 meter x { ip saddr limit rate 3/second } accept');
  t.equal(rest, 'meter x { ip saddr limit rate 3/second } accept');
  t.equal(mutants.length, 4, 'the port');
});

t.test('an edit keeps comments, lines and all that is around', async (t) => {
  const text =
    'table inet t { # one\n chain c { type filter hook input priority 0; policy drop; }\n}\nadd rule inet t c tcp dport {\n 22, # ssh\n 80\n} \\\n  accept # two\n';
  const file = { file: 'x.nft', text, sources: [], openEnds: [3, text.length] };
  const [chain] = listNftChains(text);
  const locate = makeNftLocator(text);
  const { mutants } = listNftMutants(text, locate(chain?.rules?.[0] ?? []), chain ?? { base: null });
  const edited = (change: string) => mutants.flatMap((own) => (own.change.startsWith(`had ${change} `) ? editNftText(file, own.edit) : []));
  const [negated] = edited('tcp dport != { 22, 80 }');
  t.equal(negated?.text, text.replace('dport {', 'dport != {'));
  t.strictSame(negated?.openEnds, [3, text.length + 3]);
  for (const { edit } of mutants) {
    t.equal(editNftText(file, edit).text.split('\n').length, text.split('\n').length, 'all lines stay');
  }
  t.equal(edited('tcp dport { 80 }')[0]?.text, text.replace('22, # ssh\n ', '\\\n'));
  const [word] = locate(chain?.policy ? [chain.policy] : []);
  t.equal(word && editNftText(file, flipNftPolicy(word).edit).text, text.replace('policy drop', 'policy accept'));
  t.equal(printNft('tcp dport {\n 22, # ssh\n 80 } accept'), 'tcp dport { 22, 80 } accept');
});
