// A probe that two rule sets treat otherwise, where only one rule has another interface, another protocol or another state.
import t from 'tap';
import { listProbes } from '../../src/input/scenario/probes/list.js';
import { parseScenarios } from '../../src/input/scenario/parse.js';
import { TellingSearch } from '../../src/predict/coverage/telling.js';
import { toNetwork } from '../../src/predict/network.js';
import { readRules } from '../../src/predict/scenario.js';

const WORLD = {
  interfaces: { eth0: { addresses: ['192.0.2.1/24'] }, eth1: { addresses: ['198.51.100.1/24'] } },
  servers: { web: 'tcp://192.0.2.1:80' },
  clients: { pc: { address: '192.0.2.7', via: 'eth0' }, host: { address: '198.51.100.7', via: 'eth1' } },
  probes: [{ from: 'pc', to: 'web', expect: 'connected' }],
};

function parse(rules: string[]) {
  const [scenario] = parseScenarios(JSON.stringify({ name: 'x', ...WORLD, rules }), 's.json').scenarios;
  if (scenario === undefined) {
    throw new Error('no scenario');
  }
  return scenario;
}

/** The probe for a change of the last rule; null if none was found. */
function find(rule: string, changed: string) {
  const before = parse(['-P INPUT DROP', rule]);
  const after = parse(['-P INPUT DROP', changed]);
  const read = ({ phases: [phase] }: typeof before) => readRules(phase?.ruleSet?.rules ?? [], 'nft');
  const search = new TellingSearch(read(before), toNetwork(before), { servers: before.servers, probes: listProbes(before) });
  const found = search.find(1, read(after), () => false);
  return found?.suggestion.class === 'missing' ? found.suggestion.probe : null;
}

t.test('another interface', async (t) => {
  const rule = '-A INPUT -i eth0 -p tcp --dport 80 -j ACCEPT';
  t.match(find(rule, '-A INPUT -p tcp --dport 80 -j ACCEPT'), { from: /./, to: /:80$|web/ });
  t.match(find(rule, '-A INPUT ! -i eth0 -p tcp --dport 80 -j ACCEPT'), { from: /./ });
});

t.test('another protocol', async (t) => {
  t.match(find('-A INPUT -p tcp -j ACCEPT', '-A INPUT -j ACCEPT'), { to: /^udp:|^icmp/ });
});

t.test('another state', async (t) => {
  const rule = '-A INPUT -m conntrack --ctstate ESTABLISHED -j ACCEPT';
  t.match(find(rule, '-A INPUT -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT'), { from: /./ });
});

t.test('the same', async (t) => {
  t.equal(find('-A INPUT -p tcp --dport 80 -j ACCEPT', '-A INPUT -p tcp --dport 80:80 -j ACCEPT'), null);
});
