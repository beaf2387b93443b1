// The trace of SYNs that loopfw holds for a moment.
import t from 'tap';
import type { ScenarioResult } from '../../../src/model/result.js';
import { run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const SCENARIO = {
  name: 'held',
  servers: { web: 'tcp://127.0.0.2:80', six: 'tcp://[::1]:80' },
  rules: [
    '-A INPUT -d 127.0.0.2 -p tcp --dport 81 -j REJECT',
    '-A INPUT -d 127.0.0.2 -p tcp --dport 82 -j DROP',
    '-A INPUT -d ::1 -p tcp --dport 81 -j REJECT',
    '-t mangle -A OUTPUT -d 127.0.0.3 -j ACCEPT',
  ],
  probes: [
    { from: '127.0.0.1', to: 'web', expect: 'service' },
    { from: '127.0.0.1', to: 'tcp://127.0.0.2:81', expect: { cause: 'rejected', rule: 0 } },
    { from: '127.0.0.1', to: 'tcp://127.0.0.2:82', expect: { cause: 'dropped', rule: 1 } },
    { from: '127.0.0.1', to: 'tcp://127.0.0.3:82', expect: 'closed' },
    { from: '::1', to: 'six', expect: 'service' },
    // Without the hold this takes a second.
    { from: '::1', to: 'tcp://[::1]:81', expect: { cause: 'rejected', rule: 2 } },
  ],
};

for (const backend of ['nft', 'legacy']) {
  for (const ordinary of [false, true]) {
    t.test(`the two visits of a held packet are one: ${backend}, ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
      const program = `${ROOT}/test/inside/faults/programs/held.js`;
      const { stdout, stderr } = await run('node', [program, backend], { ordinary, input: JSON.stringify(SCENARIO) });
      t.equal(stderr, '');
      const { error, probes } = JSON.parse(stdout) as ScenarioResult;
      t.equal(error, null);
      t.strictSame(
        probes.map(({ status }) => status),
        SCENARIO.probes.map(() => 'passed'),
      );
      const syns = probes.map(({ journey }) => journey.filter(({ kind }) => kind === 'syn').length);
      t.strictSame(syns, [1, 1, 1, 1, 1, 1], 'each SYN is one packet');
      const { elapsedMs = null } = probes.at(-1)?.observed ?? {};
      t.ok(elapsedMs !== null && elapsedMs < 800, `${elapsedMs} ms`);
    });
  }
}
