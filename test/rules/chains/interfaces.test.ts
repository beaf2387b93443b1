// Which rule accepts all that comes in by lo before other rules are met.
import t from 'tap';
import type { Family } from '../../../src/model/rule.js';
import { findLoRule } from '../../../src/rules/chains/interfaces.js';
import { parseRuleText } from '../../../src/rules/language/rule-text.js';

/** The number of the rule, or null. */
function find(texts: string[], family: Family = 'ipv4'): number | null | undefined {
  const rules = texts.map((text, index) => ({ index, name: null, text, file: null, line: null, entries: [parseRuleText(text)] }));
  const found = findLoRule(rules, family);
  return found && found.index;
}

const LO = '-A INPUT -i lo -j ACCEPT';
const LATER = '-A INPUT -p tcp -j REJECT';

const FOUND: [string, string[], number][] = [
  ['the first rule', [LO, LATER], 0],
  ['a later one', [LATER, LO, LATER], 1],
  ['with a comment', ['-A INPUT -i lo -m comment --comment x -j ACCEPT', LATER], 0],
  ['behind one that ends nothing', ['-A INPUT -j LOG', LO, LATER], 1],
  ['in a chain to which all packets go', ['-N c', '-A INPUT -j c', '-A c -i lo -j ACCEPT', '-A c -j DROP'], 2],
  ['at the end of such a chain, before rules behind it', ['-N c', '-A INPUT -j c', LATER, '-A c -i lo -j ACCEPT'], 3],
  ['behind a chain from which all packets return', ['-N c', '-A INPUT -j c', LO, LATER, '-A c -j RETURN', '-A c -i lo -j ACCEPT'], 2],
];

const NOT_FOUND: [string, string[]][] = [
  ['no rule', []],
  ['no rule is behind it', [LATER, LO]],
  ['nor behind the chain in which it is the last', ['-N c', '-A INPUT -j c', '-A c -i lo -j ACCEPT']],
  ['it is asked for more than the interface', ['-A INPUT -i lo -p tcp -j ACCEPT', LATER]],
  ['an address', ['-A INPUT -i lo -s 127.0.0.1 -j ACCEPT', LATER]],
  ['a match', ['-A INPUT -i lo -m conntrack --ctstate NEW -j ACCEPT', LATER]],
  ['another interface', ['-A INPUT -i eth0 -j ACCEPT', LATER]],
  ['all interfaces but lo', ['-A INPUT ! -i lo -j ACCEPT', LATER]],
  ['another target', ['-A INPUT -i lo -j LOG', LATER]],
  ['it drops', ['-A INPUT -i lo -j DROP', LATER]],
  ['all packets have ended before', ['-A INPUT -j DROP', LO, LATER]],
  ['all packets have left for another chain', ['-N c', '-A INPUT -g c', LO, LATER, '-A c -p tcp -j ACCEPT']],
  ['not all packets go to its chain', ['-N c', '-A INPUT -p tcp -j c', LATER, '-A c -i lo -j ACCEPT', '-A c -j DROP']],
  ['another table', ['-t mangle -A INPUT -i lo -j ACCEPT', '-t mangle -A INPUT -p tcp -j DROP']],
  ['another hook', ['-A FORWARD -i lo -j ACCEPT', '-A FORWARD -p tcp -j DROP']],
];

t.test('found', async (t) => {
  for (const [what, texts, index] of FOUND) {
    t.equal(find(texts), index, what);
  }
});

t.test('not found', async (t) => {
  for (const [what, texts] of NOT_FOUND) {
    t.equal(find(texts), null, what);
  }
  t.equal(find([LO, LATER], 'ipv6'), null, 'another family');
});
