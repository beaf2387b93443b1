// The rules that programs write have no warning, whoever asks: a false alarm is worse than silence.
import { readdirSync, readFileSync } from 'node:fs';
import t from 'tap';
import { printScenarioWarnings } from '../../../support/warnings.js';

const FOLDER = new URL('real/', import.meta.url);

/** Programs that change the rules of others while they run, in a world that has what the rules name. */
const SCENARIO = {
  sysctl: { 'net.ipv4.ip_forward': 1 },
  interfaces: {
    eth0: { addresses: ['192.0.2.10/24'] },
    docker0: { addresses: ['172.17.0.1/16'] },
    cali1: { addresses: ['10.244.0.1/24'] },
  },
  servers: {
    ssh: 'tcp://192.0.2.10:22',
    container: { protocol: 'tcp', address: '172.17.0.2', port: 80, via: 'docker0' },
    ...Object.fromEntries(
      [2, 3, 4].map((host) => [`dns${host}`, { protocol: 'udp', address: `10.244.0.${host}`, port: 53, via: 'cali1' }]),
    ),
  },
  clients: { world: { address: '192.0.2.9', via: 'eth0' }, pod: { address: '10.244.0.9', via: 'cali1' } },
  probes: [
    { from: 'world', to: 'ssh', expect: 'connected' },
    { from: 'world', to: 'tcp://192.0.2.10:8080', expect: 'connected' },
    { from: '192.0.2.10', to: 'tcp://192.0.2.10:8080', expect: 'connected' },
    { from: 'world', to: 'udp://10.96.0.10:53', expect: 'connected' },
    { from: '192.0.2.10', to: 'udp://10.96.0.10:53', expect: 'connected' },
    { from: '127.0.0.1', to: 'tcp://127.0.0.1:22', expect: 'closed' },
  ],
};

for (const file of readdirSync(FOLDER)) {
  t.test(file, async (t) => {
    const text = readFileSync(new URL(file, FOLDER), 'utf8');
    t.strictSame(printScenarioWarnings({ ...SCENARIO, ruleset: { file } }, { [file]: text }), []);
  });
}
