// A rule that is read by what is known of others must be what it is when it is read by itself, and refused for the same reason.
import fc from 'fast-check';
import t from 'tap';
import type { Entry, Family } from '../../../src/model/rule.js';
import { RuleError } from '../../../src/rules/errors.js';
import { parseAnew } from '../../../src/rules/language/parse-arguments.js';
import { KnownPatterns } from '../../../src/rules/language/rule-memo.js';
import { splitShellWords } from '../../../src/rules/quoting.js';
import { printRule } from '../../../src/rules/rule/print.js';
import { getUnsupported, isPlainRule, mayEndPacketItself } from '../../../src/rules/rule/traits.js';
import { getRetransmissionTraits } from '../../../src/rules/stability/rule-traits.js';
import { SEED } from '../../support/seed.js';
import { makeRuleSet } from '../arbitrary/rules.js';

const ADDRESSES = {
  ipv4: ['10.1.2.3', '10.1.2.3/32', '10.1.0.0/16', '10.1.0.1/16', '0.0.0.0/0', '0.0.0.0', '1.2.3.4/33', '::1', '1.2.3', 'fade'],
  ipv6: ['2001:db8::1', '2001:DB8:0::1/128', '2001:db8::/32', '2001:db8::1/32', '::/0', '::', '::1/129', '10.1.2.3', '::ffff:1.2.3.4'],
} satisfies Record<Family, string[]>;
const PORTS = ['1', '80', '65535', '65536', '0', '080', '80:90', '0:65535', ':80'];

/** What a rule is, and what is asked of it. */
function read(readEntry: () => Entry): unknown {
  try {
    const entry = readEntry();
    const answers = ('rules' in entry ? entry.rules : []).map((rule) => ({
      printed: printRule(rule),
      isPlain: isPlainRule(rule),
      endsItself: mayEndPacketItself(rule),
      unsupported: [getUnsupported(rule, 'nft'), getUnsupported(rule, 'legacy')],
      traits: [getRetransmissionTraits(rule, false), getRetransmissionTraits(rule, true)],
    }));
    return { ...entry, answers };
  } catch (error) {
    if (error instanceof RuleError) {
      return `${error.name} ${error.message}`;
    }
    throw error;
  }
}

/** The words with other addresses and ports, where they have such. */
function vary(words: string[], family: Family, choices: number[]): string[] {
  return words.map((word, place) => {
    const choice = choices[place % choices.length] ?? 0;
    const before = words[place - 1] ?? '';
    const others = ['-s', '-d'].includes(before) ? ADDRESSES[family] : ['--sport', '--dport'].includes(before) ? PORTS : [word];
    return others[choice % others.length] ?? word;
  });
}

/** Random rules seldom have what varies most in real ones. */
const USUAL = [
  '-A INPUT -s A -p tcp -m tcp --dport 1 -j DROP',
  '-A INPUT ! -s A -d A -p udp -m udp --sport 1 ! --dport 1 -j ACCEPT',
  '-I INPUT 2 -d A -p tcp --dport 1 -m comment --comment -s -j DROP',
  "-A INPUT -s A -m comment --comment '' -j DROP",
  "-A INPUT -s '' -d A -j DROP",
  '-A INPUT -d A -s A -s A',
  '-A INPUT -m comment --comment -s A -j DROP',
  '-A INPUT -p tcp --dport 1 --dport 1',
];

for (const family of ['ipv4', 'ipv6'] as const) {
  void t.test(`what is known of other rules changes nothing: ${family}`, (t) => {
    const texts = fc.oneof(fc.constant(USUAL), makeRuleSet(family));
    fc.assert(
      fc.property(
        texts,
        fc.array(fc.array(fc.nat(100), { minLength: 20, maxLength: 20 }), { minLength: 2, maxLength: 4 }),
        (texts, all) => {
          const patterns = new KnownPatterns();
          for (const text of texts) {
            for (const choices of all) {
              const words = vary(splitShellWords(text.replace(/^ip6tables /, '')), family, choices);
              const args = words.map((word) => ({ text: word, key: null }));
              const anew = () => parseAnew(family, args, false);
              t.strictSame(
                read(() => patterns.read(words, null, '', family, anew)),
                read(anew),
                words.join(' '),
              );
            }
          }
        },
      ),
      { numRuns: 25, ...SEED },
    );
    t.end();
  });
}

void t.test('a rule like another is not read again; one that is wrong is', (t) => {
  const patterns = new KnownPatterns();
  let count = 0;
  const readWords = (text: string) => {
    const words = text.split(' ');
    const args = words.map((word) => ({ text: word, key: null }));
    return read(() =>
      patterns.read(words, null, '', 'ipv4', () => {
        count++;
        return parseAnew('ipv4', args, false);
      }),
    );
  };
  readWords('-A INPUT -s 10.0.0.1 -p tcp --dport 80 -j DROP');
  const second = readWords('-A INPUT -s 10.0.0.2 -p tcp --dport 81 -j DROP');
  t.match(second, { rules: [{ source: { value: '10.0.0.2/32' }, matches: [{ options: [{ flag: '--dport', values: ['81'] }] }] }] });
  t.equal(count, 1);
  t.match(readWords('-A INPUT -s 10.0.0.2 -p tcp --dport 65536 -j DROP'), 'from 0 to 65535');
  t.equal(count, 2);
  t.end();
});
