// The report of `loopfw doctor`, a pure function of what was found.
import t from 'tap';
import type { Finding } from '../../../src/model/examination.js';
import { reportDoctor } from '../../../src/report/human/doctor.js';

const FINDINGS: Finding[] = [
  { kind: 'versions', loopfw: '1.2.3', node: 'v22.1.0', kernel: '6.1.0' },
  { kind: 'namespaces', rootless: true, needed: true, state: 'works', detail: 'the sandbox starts' },
  {
    kind: 'firewall',
    backend: 'nft',
    family: 'ipv4',
    needed: true,
    state: 'fails',
    cause: 'denied \u001b[2J',
    remedies: ['do this', 'or that'],
  },
  { kind: 'firewall', backend: 'legacy', family: 'ipv6', needed: false, state: 'untried', cause: 'commands are missing' },
  { kind: 'limit', name: 'open files', needed: false, state: 'fails', cause: '12 is low', remedies: ['raise it'] },
];

t.test('works, fails, warns, was not tried', async (t) => {
  t.equal(
    reportDoctor({ usable: false, findings: FINDINGS }, { color: false }),
    `  versions  loopfw 1.2.3, Node.js v22.1.0, Linux 6.1.0
✔ namespaces (network, pid, user)  the sandbox starts
✖ nft, IPv4: rules and trace  denied \\u{1b}[2J
    lost: every scenario, unless it asks for the legacy back end
    remedy: do this
    remedy: or that
– legacy, IPv6: rules and trace  not tried: commands are missing
? limit: open files  warning: 12 is low
    lost: a scenario of many probes or servers runs out of them, which looks like a reset or ends it with an error
    remedy: raise it

loopfw does not work here, 1 warning
`,
  );
  t.match(reportDoctor({ usable: true, findings: FINDINGS.slice(0, 2) }, { color: false }), /\n\nloopfw works here\n$/);
});
