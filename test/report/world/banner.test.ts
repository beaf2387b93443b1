// What a shell in a world says first, on a narrow terminal.
import t from 'tap';
import { makePaint } from '../../../src/report/shared/paint.js';
import { showBanner } from '../../../src/report/world/banner.js';

const FACTS = { interfaces: [], servers: [], rules: [], files: [], faults: [], tools: { found: ['iptables', 'nft'], missing: [] } };

t.test('what a command does is wrapped beside it', (t) => {
  const banner = showBanner(FACTS, { paint: makePaint(false), columns: 60 });
  t.match(
    banner,
    [
      'commands   loopfw probe FROM TO  what a client would see,',
      '                                 and which rule decides',
      '           loopfw rules          the rules with their',
      '                                 counters',
      '',
    ].join('\n'),
  );
  t.match(banner, '\n           iptables and nft as usual\n');
  t.strictSame(
    banner.split('\n').filter((line) => line.length > 60),
    [],
  );
  t.end();
});
