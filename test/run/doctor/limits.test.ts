// Limits that bind the caller, and what counts as low.
import t from 'tap';
import { examineLimits } from '../../../src/run/doctor/limits.js';
import type { Host } from '../../../src/sandbox/machine/host.js';

function makeHost(isRoot: boolean, rmem: number | null): Host {
  return {
    surroundings: {
      ...{ isRoot, container: null, isGitHub: false, isInWorld: false, isFiltered: false, missingCapabilities: [] },
      settings: {
        'kernel.apparmor_restrict_unprivileged_userns': null,
        'kernel.unprivileged_userns_clone': null,
        'net.core.rmem_max': rmem,
        'user.max_net_namespaces': 10_000,
        'user.max_pid_namespaces': 8,
        'user.max_user_namespaces': 10_000,
      },
    },
    openFiles: 256,
    processes: 100,
    hasIPv6: true,
    commands: { nft: [], legacy: [], native: [], ipset: [] },
  };
}

t.test('a low limit is a warning with its remedy', async (t) => {
  t.match(examineLimits(makeHost(false, 212_992)), [
    { kind: 'limit', name: 'open files', needed: false, state: 'fails', cause: /^256 is low/, remedies: [/ulimit -n 1024/] },
    { name: 'processes', state: 'fails', cause: /^100 is low/, remedies: [/ulimit -u 4096/] },
    { name: 'net.core.rmem_max', state: 'fails', remedies: [/sysctl --write net\.core\.rmem_max=33554432/] },
    { name: 'user.max_user_namespaces', state: 'works', detail: '10000' },
    { name: 'user.max_net_namespaces', state: 'works' },
    { name: 'user.max_pid_namespaces', state: 'fails', remedies: [/sysctl --write user\.max_pid_namespaces=10000/] },
  ]);
});

t.test('what is not shown is not judged, and what does not bind root is left out', async (t) => {
  t.match(examineLimits(makeHost(false, null))[2], { name: 'net.core.rmem_max', state: 'untried' });
  t.strictSame(
    examineLimits(makeHost(true, null)).map((finding) => finding.kind === 'limit' && finding.name),
    ['open files', 'user.max_net_namespaces', 'user.max_pid_namespaces'],
  );
});
