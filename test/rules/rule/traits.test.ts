// Which rules come to the kernel as they are written, and need not be read back.
import t from 'tap';
import { parseRuleText } from '../../../src/rules/language/rule-text.js';
import { isPlainRule } from '../../../src/rules/rule/traits.js';

function isPlain(text: string): boolean {
  const entry = parseRuleText(text);
  return 'rules' in entry && entry.rules.every(isPlainRule);
}

const PLAIN = [
  '-A INPUT',
  '-A INPUT -s 127.0.0.1 -d 127.0.0.0/8 -i lo -p tcp --dport 80 -j REJECT --reject-with tcp-reset',
  '-A OUTPUT -o lo -p icmp -m icmp --icmp-type echo-request -j DROP',
  '-A INPUT -p udp --sport 53 -j my-chain',
];

const NOT_PLAIN = [
  ['a negated address', '-A INPUT ! -s 127.0.0.1 -j DROP'],
  ['a negated interface', '-A OUTPUT ! -o lo'],
  ['a negated option', '-A INPUT -p tcp ! --dport 80 -j DROP'],
  ['a match that iptables interprets', '-A INPUT -m conntrack --ctstate NEW -j DROP'],
  ['such a match behind a plain one', '-A INPUT -p tcp --dport 80 -m limit --limit 1/s'],
  ['a target that iptables interprets', '-A INPUT -p tcp --dport 80 -j LOG'],
  ['another one', '-t mangle -A INPUT -j MARK --set-mark 1'],
] as const;

t.test('addresses, interfaces, protocols, ports and the commonest targets are plain', async (t) => {
  for (const text of PLAIN) {
    t.equal(isPlain(text), true, text);
  }
});

t.test('one part that is not plain is enough', async (t) => {
  for (const [what, text] of NOT_PLAIN) {
    t.equal(isPlain(text), false, `${what}: ${text}`);
  }
});
