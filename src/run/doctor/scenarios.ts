import { parseScenarios } from '../../input/scenario/parse.js';
import { InternalError } from '../../model/errors.js';
import type { Family } from '../../model/rule.js';
import type { Scenario } from '../../model/scenario.js';

const SCENARIOS = {
  ipv4: {
    name: 'a REJECT',
    servers: { web: 'tcp://127.0.0.2:8000' },
    rules: ['-A INPUT -d 127.0.0.2 -p tcp --dport 8000 -j REJECT'],
    probes: [{ from: '127.0.0.1', to: 'web', expect: 'rejected' }],
  },
  // A RST arrives at once. An ICMPv6 error would reach the client a second later.
  ipv6: {
    name: 'a REJECT',
    servers: { web: 'tcp://[::1]:8000' },
    rules: ['-A INPUT -d ::1 -p tcp --dport 8000 -j REJECT --reject-with tcp-reset'],
    probes: [{ from: '::1', to: 'web', expect: 'rejected' }],
  },
  native: {
    name: 'a reject',
    servers: { web: 'tcp://127.0.0.2:8000' },
    ruleset: { file: 'doctor.nft' },
    probes: [{ from: '127.0.0.1', to: 'web', expect: 'rejected' }],
  },
  ipset: {
    name: 'a REJECT',
    ipsets: { blocked: ['127.0.0.1'] },
    servers: { web: 'tcp://127.0.0.2:8000' },
    rules: ['-A INPUT -p tcp --dport 8000 -m set --match-set blocked src -j REJECT'],
    probes: [{ from: '127.0.0.1', to: 'web', expect: 'rejected' }],
  },
  icmp: {
    name: 'an echo',
    probes: [{ from: '127.0.0.1', to: 'icmp://127.0.0.1', expect: 'connected' }],
  },
} satisfies Record<Family | 'native' | 'ipset' | 'icmp', object>;

/** The files that the scenarios name. */
const RULESETS = new Map([
  ['doctor.nft', { text: 'table inet fw {\n  chain in {\n    type filter hook input priority 0;\n    tcp dport 8000 reject\n  }\n}\n' }],
]);

/** The smallest scenario for one capability, in the form that a user would write: one probe, which must pass with evidence. */
export function getDoctorScenario(name: keyof typeof SCENARIOS): Scenario {
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify(SCENARIOS[name]), 'doctor', { rulesets: RULESETS });
  const [scenario] = scenarios;
  if (scenario === undefined) {
    throw new InternalError(`the scenario of ${name} has mistakes: ${diagnostics.map(({ message }) => message).join('; ')}`);
  }
  return scenario;
}
