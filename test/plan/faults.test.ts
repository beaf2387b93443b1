// The rules that put a program under faults.
import t from 'tap';
import { makeFaultRuleSet } from '../../src/plan/faults.js';

t.test('a RST refuses each connection; each family has its own rules, and nothing is traced', async (t) => {
  const { kind, backend, families } = makeFaultRuleSet([
    { kind: 'refused', address: '127.0.0.2', port: 8000 },
    { kind: 'refused', address: '::1', port: 81 },
    { kind: 'refused', address: '127.0.0.3', port: 82 },
  ]);
  t.strictSame([kind, backend], ['iptables', 'nft']);
  t.strictSame(
    families.map(({ family, restore, isPlain }) => ({
      family,
      lines: restore.split('\n').filter((line) => line.startsWith('-')),
      isPlain,
    })),
    [
      {
        family: 'ipv4',
        lines: [
          '-A INPUT -d 127.0.0.2/32 -p tcp -m tcp --dport 8000 -j REJECT --reject-with tcp-reset',
          '-A INPUT -d 127.0.0.3/32 -p tcp -m tcp --dport 82 -j REJECT --reject-with tcp-reset',
        ],
        isPlain: false,
      },
      { family: 'ipv6', lines: ['-A INPUT -d ::1/128 -p tcp -m tcp --dport 81 -j REJECT --reject-with tcp-reset'], isPlain: false },
    ],
  );
  t.strictSame(
    families.map(({ chains }) => chains.flatMap(({ name, lines }) => lines.map(({ entry, action }) => [name, entry, action]))),
    [
      [
        ['INPUT', 0, 'reject'],
        ['INPUT', 2, 'reject'],
      ],
      [['INPUT', 1, 'reject']],
    ],
  );
});
