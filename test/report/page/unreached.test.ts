// What the page says of a rule that no packet reached.
import t from 'tap';
import type { Unreached } from '../../../src/model/result.js';
import { tellUnreached } from '../../../src/report/page/unreached.js';

const tell = (unreached: Partial<Unreached>) => tellUnreached({ class: 'unknown', why: null, probe: null, adds: null, ...unreached });

t.test('a reason in words, or the probe to write', async (t) => {
  t.strictSame(tell({ class: 'never', why: 'rule 0 takes its packets' }), { text: 'can never match: rule 0 takes its packets', lines: [] });
  t.strictSame(tell({ class: 'unsendable', why: 'a fragment' }), { text: 'no probe reaches it: a fragment', lines: [] });
  t.strictSame(tell({ class: 'unknown', why: 'no probe was found' }), { text: 'no probe was found', lines: [] });
  const probe = { from: 'box', to: 'udp://10.0.0.1:67', expect: 'closed' };
  const adds = { clients: { box: { address: '10.0.0.20', port: 68 } } };
  t.strictSame(tell({ class: 'missing', probe, adds }), {
    text: 'a probe is missing:',
    lines: [
      '{ "from": "box", "to": "udp://10.0.0.1:67", "expect": "closed" }',
      '"clients": { "box": { "address": "10.0.0.20", "port": 68 } }',
    ],
  });
});
