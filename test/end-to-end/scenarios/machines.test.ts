// Clients and servers outside are machines of their own: what the reports say of an answer that did not pass the world.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

const HAIRPIN = {
  name: 'hairpin',
  interfaces: { docker0: { addresses: ['172.17.0.1/16'] } },
  sysctl: { 'net.ipv4.ip_forward': 1 },
  servers: { web: { protocol: 'tcp', address: '172.17.0.4', port: 80, via: 'docker0' } },
  clients: { app: { address: '172.17.0.7', via: 'docker0' } },
  rules: ['-t nat -A PREROUTING -p tcp --dport 8080 -j DNAT --to-destination 172.17.0.4:80'],
  probes: [{ from: 'app', to: 'tcp://172.17.0.1:8080', timeoutMs: 300, expect: 'connected' }],
};

for (const backend of ['nft', 'legacy']) {
  for (const ordinary of [false, true]) {
    t.test(`the missing MASQUERADE is named (${backend}${ordinary ? ', ordinary user' : ''})`, async (t) => {
      const ended = await loopfw(['run', '-r', 'json', '--backend', backend, '-'], { ordinary, input: JSON.stringify(HAIRPIN) });
      const [scenario] = readResult(ended).scenarios;
      t.match(scenario?.probes[0], {
        observed: { outcome: 'timeout' },
        cause: 'answer-eaten',
        rule: null,
        explanation: /behind the same interface as the client 172\.17\.0\.7, and left its source as it was.*the client reset it/,
        advice: /-t nat -A POSTROUTING -s 172\.17\.0\.7 -d 172\.17\.0\.4 -j MASQUERADE/,
      });
      t.strictSame(scenario?.world?.links, [{ name: 'docker0', bridge: null, machines: ['172.17.0.4', '172.17.0.7'] }]);
    });
  }
}

t.test('the advice, followed, connects', async (t) => {
  const rules = [...HAIRPIN.rules, '-t nat -A POSTROUTING -s 172.17.0.7 -d 172.17.0.4 -j MASQUERADE'];
  t.equal((await loopfw(['run', '-'], { input: JSON.stringify({ ...HAIRPIN, rules }) })).exitCode, 0);
});
