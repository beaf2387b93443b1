// A rule that asks whose socket sends gets a warning where a client without a user can meet it, and only there.
import t from 'tap';
import { PROBE, printScenarioWarnings } from '../../../support/warnings.js';

const OWNER = '-A OUTPUT -p tcp -m owner --uid-owner 1000 -j DROP';
const USER = { clients: { app: { address: '127.0.0.1', user: 1000 } } };
const ETH0 = {
  interfaces: { eth0: { addresses: ['192.0.2.1/24'] } },
  clients: { outsider: { address: '192.0.2.9', via: 'eth0' } },
};

function getWarnings(scenario: object, nft = ''): string[] {
  return printScenarioWarnings(scenario, { 'rules.nft': nft });
}

for (const [what, scenario] of Object.entries({
  'a rule of its protocol': { rules: [OWNER] },
  'a rule for the group': { rules: ['-A OUTPUT -m owner ! --gid-owner 0 -j DROP'] },
  'a rule of another chain': { rules: ['-N own', '-A own -m owner --uid-owner 1000 -m tcp -p tcp --dport 80 -j DROP'] },
  'a rule that NAT leads to': { rules: [`${OWNER} -d 127.0.0.3`, '-t nat -A OUTPUT -p tcp -j DNAT --to-destination 127.0.0.3'] },
  'a rule of a later phase': { phases: [{ name: 'later', rules: [OWNER], probes: [PROBE] }] },
  'one of two clients': { ...USER, rules: [OWNER], probes: [PROBE, { ...PROBE, from: 'app' }] },
})) {
  t.test(`a warning: ${what}`, async (t) => {
    t.match(getWarnings(scenario), [
      /^owner-without-user a\.json:1 rule \d asks whose socket sends, and the client 127\.0\.0\.1 has no "user".* 60999 where root runs loopfw, otherwise 0/,
    ]);
  });
}

for (const [what, scenario] of Object.entries({
  'each client has a user': { ...USER, rules: [OWNER], probes: [{ ...PROBE, from: 'app' }] },
  'the rule is of another protocol': { rules: [OWNER.replace('tcp', 'udp')] },
  'the rule is of another family': { rules: [`ip6tables ${OWNER}`] },
  'the rule is for another destination': { rules: [`${OWNER} -d 127.0.0.3`] },
  'the rule is for another port': { rules: [`${OWNER} --dport 81`] },
  'the rule asks for a socket of anybody': { rules: ['-A OUTPUT -m owner --socket-exists -j DROP'] },
  'the client is outside': { ...ETH0, rules: [OWNER], probes: [{ from: 'outsider', to: 'tcp://192.0.2.1:80', expect: 'closed' }] },
  'another phase has replaced the rule': {
    ...USER,
    rules: [OWNER],
    probes: [{ ...PROBE, from: 'app' }],
    phases: [{ name: 'later', rules: [], probes: [PROBE] }],
  },
  'the scenario ignores it': { rules: [OWNER], ignore: ['owner-without-user'] },
})) {
  t.test(`none: ${what}`, async (t) => {
    t.strictSame(getWarnings(scenario), []);
  });
}

t.test('a native rule set, by its line', async (t) => {
  const text = 'table ip t {\n # meta skuid 1\n chain out {\n  type filter hook output priority 0;\n  meta skgid 1 drop\n }\n}\n';
  const scenario = { ruleset: { file: 'rules.nft' } };
  t.match(getWarnings(scenario, text), [/^owner-without-user rules\.nft:5 this rule asks whose socket sends/]);
  t.strictSame(getWarnings({ ...scenario, ...USER, probes: [{ ...PROBE, from: 'app' }] }, text), []);
});

t.test('the client has the name that the scenario gives it', async (t) => {
  const clients = { app: '127.0.0.1' };
  t.match(getWarnings({ clients, rules: [OWNER], probes: [{ ...PROBE, from: 'app' }] }), [/and the client app has no "user"/]);
});
