// Lines of a report: where they may be broken, and what stands at the right edge.
import stringWidth from 'string-width';
import t from 'tap';
import { getColumns, pad, spread, wrap } from '../../../src/report/shared/layout.js';
import { makePaint } from '../../../src/report/shared/paint.js';

const RULES = [
  '-A INPUT -d 127.0.0.2/32 -p tcp -m tcp --dport 8000 -j REJECT --reject-with icmp-port-unreachable',
  '-I INPUT 1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
  '-t nat -A OUTPUT -p tcp ! -d 192.0.2.1 --dport 80 -j DNAT --to-destination 192.0.2.7:8080',
  '-A INPUT -m set --match-set banned src -m comment --comment "not for us" -j DROP',
  '-P INPUT DROP',
];
const PROSE = RULES.map(
  (rule) =>
    `The request was ended by rule 0 (${rule}): the client never learned of it. Accept it first: ${rule}. Another way is there too.`,
);
const ENDS = 'the answer (icmp port-unreachable 127.0.0.1:32769 → [2001:db8::1]:8000) came through';

t.test('no line is wider than the terminal, and no word is lost', async (t) => {
  for (const columns of [60, 80, 100, 119]) {
    for (const text of [...PROSE, ENDS]) {
      const lines = wrap(text, '    ', { columns }).split('\n');
      t.ok(
        lines.every((line) => line.startsWith('    ') && line.length <= columns),
        `${columns}: ${text}`,
      );
      t.equal(lines.map((line) => line.trim()).join(' '), text);
    }
  }
});

t.test('a rule that fits into a line is not broken, nor an option or the ends of a packet in any', async (t) => {
  for (const [place, text] of PROSE.entries()) {
    const rule = RULES[place]!;
    t.ok(wrap(text, '', { columns: 110 }).includes(rule), rule);
    const narrow = wrap(text, '', { columns: 60 });
    for (const option of rule.match(/--?[a-z-]+ (?:"[^"]*"|[^\s-]\S*)/g) ?? []) {
      t.ok(narrow.includes(option), option);
    }
  }
  t.ok(wrap(ENDS, '', { columns: 60 }).includes('127.0.0.1:32769 → [2001:db8::1]:8000'));
});

t.test('prose is at most 120 columns wide; without a terminal it is one line', async (t) => {
  const text = 'word '.repeat(100).trim();
  t.equal(wrap(text, '  ', { columns: 160 }).split('\n')[0]?.length, 116, 'with another word it would be 121');
  t.equal(wrap(text, '  ', { columns: null }), `  ${text}`);
  t.equal(wrap(text, '- ', { columns: 60 }, '  ').split('\n')[1]?.slice(0, 6), '  word');
});

t.test('colours take no columns', async (t) => {
  const { bold, fail } = makePaint(true);
  const lines = wrap(`${bold('why not:')} ${fail('word '.repeat(40).trim())}`, '', { columns: 60 }).split('\n');
  t.strictSame(
    lines.map((line) => stringWidth(line) <= 60 && stringWidth(line) > 50),
    [true, true, true, false],
  );
});

t.test('a place is at the right edge, in the next line if there is no room', async (t) => {
  const screen = { paint: makePaint(false), columns: 60 };
  t.equal(spread('left', 'right', screen), `left${' '.repeat(51)}right`);
  t.equal(spread('l'.repeat(53), 'right', screen), `${'l'.repeat(53)}  right`);
  t.equal(spread('l'.repeat(54), 'right', screen), `${'l'.repeat(54)}\n${' '.repeat(55)}right`);
  t.equal(spread('left', 'right', { ...screen, columns: null }), 'left  right');
  t.equal(spread('左', 'right', screen), `左${' '.repeat(53)}right`, 'a wide character has two columns');
  t.equal(spread('✔ 左', 'right', screen), `✔ 左${' '.repeat(51)}right`);
  t.equal(pad('左', 4), '左  ');
});

t.test('a report is made for 60 to 160 columns', async (t) => {
  t.strictSame([20, 60, 99, 160, 400, undefined].map(getColumns), [60, 60, 99, 160, 160, null]);
});
