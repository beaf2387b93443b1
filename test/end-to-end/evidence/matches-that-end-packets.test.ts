// What the two back ends show of a packet that a match itself ends.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const FULL_TABLE =
  '-A INPUT -p tcp -d 127.0.0.2 -m hashlimit --hashlimit-upto 1000/sec --hashlimit-mode srcip --hashlimit-name few --hashlimit-htable-max 1 --hashlimit-htable-size 1 -j ACCEPT';

t.test("hashlimit ends what its table has no room for: nft's trace shows the rule, legacy's nothing", async (t) => {
  const scenario = {
    name: 'a full table',
    backend: ['nft', 'legacy'],
    servers: { web: 'tcp://127.0.0.2:80' },
    rules: [FULL_TABLE],
    probes: [
      { from: '127.0.0.1', to: 'web', expect: 'service' },
      { from: '127.0.0.3', to: 'web', timeoutMs: 200, expect: 'timeout' },
    ],
  };
  const [nft, legacy] = readResult(await loopfw(['run', '-r', 'json', '-'], { input: JSON.stringify(scenario) })).scenarios;
  t.match(nft, { status: 'passed', probes: [{ cause: 'service' }, { cause: 'dropped', rule: { index: 0 } }] });
  t.match(legacy, { status: 'passed', probes: [{ cause: 'service' }, { rule: null }] });
});
