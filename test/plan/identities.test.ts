// The ids of probes, the phase whose rules judge them, and where their ends are.
import t from 'tap';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import type { Scenario } from '../../src/model/scenario.js';
import { listIdentities } from '../../src/plan/identities.js';

function parse(more: object, file = 'a.json'): Scenario {
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify({ name: 'x', rules: [], ...more }), file);
  const [scenario] = scenarios;
  if (scenario === undefined) {
    throw new Error(diagnostics.map(({ message }) => message).join('; '));
  }
  return scenario;
}

const PROBE = { from: '127.0.0.1', to: 'tcp://127.0.0.2:80', expect: 'closed' };
const LATER = { ...PROBE, to: 'tcp://127.0.0.3:80' };

t.test('ids are different for probes of one name, files, back ends and phases, and the same in another run', async (t) => {
  const scenario = parse({ probes: [PROBE, PROBE], phases: [{ name: 'later', probes: [PROBE] }] });
  const ids = listIdentities(scenario, 'nft').map(({ id }) => id);
  const others = [listIdentities(scenario, 'legacy'), listIdentities({ ...scenario, file: 'b.json' }, 'nft')].flat().map(({ id }) => id);
  t.equal(new Set([...ids, ...others]).size, 9);
  t.strictSame(
    listIdentities(scenario, 'nft').map(({ id }) => id),
    ids,
  );
  t.equal(
    ids.every((id) => /^p[0-9a-f]{14}$/.test(id)),
    true,
  );
});

t.test('a probe that is added changes no id of the others', async (t) => {
  const [before] = listIdentities(parse({ probes: [PROBE] }), 'nft');
  t.equal(listIdentities(parse({ probes: [LATER, PROBE] }), 'nft')[1]?.id, before?.id);
});

t.test('the rules of a phase hold until another one brings some', async (t) => {
  const phase = (name: string, more: object = {}) => ({ name, probes: [PROBE], ...more });
  const scenario = parse({ probes: [PROBE], phases: [phase('same'), phase('other', { rules: [] }), phase('last')] });
  t.strictSame(
    listIdentities(scenario, 'nft').map(({ ruleSet }) => ruleSet),
    [0, 0, 2, 2],
  );
});

t.test('the places of clients and servers', async (t) => {
  const scenario = parse({
    interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
    bridges: { docker0: { addresses: ['172.17.0.1/16'] } },
    clients: { out: { address: '192.0.2.9', via: 'eth0' } },
    servers: { box: { protocol: 'tcp', address: '172.17.0.2', port: 80, via: 'docker0' } },
    probes: [{ from: 'out', to: 'box', expect: 'not-routed' }, PROBE],
  });
  const [outside, inside] = listIdentities(scenario, 'nft');
  t.strictSame(outside?.clientPlace, { interface: 'eth0', bridge: null });
  t.match(outside?.serverPlace, { bridge: 'docker0' });
  t.not(outside?.serverPlace?.interface, 'docker0', 'a machine hangs on a port of the bridge');
  t.strictSame([inside?.clientPlace, inside?.serverPlace], [null, null]);
});
