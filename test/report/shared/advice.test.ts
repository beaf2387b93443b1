// How a report says what a trial of an advice has shown.
import t from 'tap';
import type { ChangedProbe } from '../../../src/model/result.js';
import { labelAdvice, showTrial } from '../../../src/report/shared/advice.js';

const HELPED = { outcome: 'connected', elapsedMs: 0.1849, changed: [] } as const;
const CHANGED: ChangedProbe = { index: 3, name: 'ping', phase: null, from: 'dropped', to: 'connected' };

t.test('what was not tried has no other label', async (t) => {
  t.equal(labelAdvice(null), 'advice');
});

t.test('what the probe did', async (t) => {
  t.equal(labelAdvice({ ...HELPED, changed: [] }), 'advice (tried: connected after 0.2 ms)');
  t.equal(labelAdvice({ ...HELPED, outcome: 'timeout', elapsedMs: null, changed: [] }), 'advice (tried: timeout)');
  t.equal(showTrial({ ...HELPED, changed: [] }), 'connected after 0.2 ms');
});

t.test('the probes that change too, and no more than three of them', async (t) => {
  const trial = { ...HELPED, changed: [CHANGED] };
  t.equal(labelAdvice(trial), 'advice (tried; also changes probe 3, ping: dropped → connected)');
  t.equal(showTrial(trial), 'connected after 0.2 ms; also changes probe 3, ping: dropped → connected');
  const inPhase = { ...CHANGED, index: 4, phase: 'later' };
  t.equal(
    labelAdvice({ ...HELPED, changed: [CHANGED, inPhase, CHANGED, CHANGED, CHANGED] }),
    'advice (tried; also changes probe 3, ping: dropped → connected; probe 4, later: ping: dropped → connected; probe 3, ping: dropped → connected; 2 more)',
  );
});
