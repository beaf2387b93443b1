// Each packet that loopfw diff reports, sent by hand: by-hand.py makes namespaces and loads the rules with nothing of loopfw.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import t from 'tap';
import type { Change, Diff } from '../../../src/model/insight/diff.js';
import { readDiff } from '../../support/diff.js';
import { loopfw, run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const HAND = join(ROOT, 'test/end-to-end/insight/by-hand.py');
const INTERFACES = ['eth0=192.0.2.10/24', 'eth0=2001:db8:1::10/64', 'eth1=10.9.0.1/24', 'eth1=fd00:9::1/64'];
const interfaces = INTERFACES.flatMap((text) => ['--interface', text]);

const BEFORE = `*filter
:INPUT DROP [0:0]
:FORWARD DROP [0:0]
-A FORWARD -m conntrack --ctstate RELATED,ESTABLISHED,DNAT -j ACCEPT
-A INPUT -i eth0 -s 198.51.100.0/24 -j REJECT --reject-with icmp-admin-prohibited
-A INPUT -i eth0 -p udp -m udp --dport 53 -j ACCEPT
COMMIT
`;
/** The order of two rules changes, a port is translated, and ping is let in. */
const AFTER = `table ip filter {
	chain INPUT {
		type filter hook input priority 0; policy drop;
		iifname "eth0" udp dport 53 accept
		iifname "eth0" ip saddr 198.51.100.0/24 reject with icmp type admin-prohibited
		icmp type echo-request accept
	}
	chain FORWARD {
		type filter hook forward priority 0; policy drop;
		ct state established,related accept
		ct status dnat accept
	}
}
table ip nat {
	chain PREROUTING {
		type nat hook prerouting priority -100;
		iifname "eth0" tcp dport 8080 dnat to 10.9.0.5:80
	}
}
`;
const IPV6 = `*filter
:INPUT DROP [0:0]
-A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type 135 -j ACCEPT
-A INPUT -p ipv6-icmp -m icmp6 --icmpv6-type 136 -j ACCEPT
-A INPUT -p tcp -m tcp --dport 80 -j ACCEPT
COMMIT
`;

/** Sends the packets of a comparison. What is left of namespaces is seen. */
async function sendByHand(folder: string, diff: Diff) {
  writeFileSync(join(folder, 'diff.json'), JSON.stringify(diff));
  const { exitCode, stdout, stderr } = await run('python3', [HAND, 'diff.json', ...interfaces], { cwd: folder });
  t.equal(exitCode, 0, stderr);
  t.notMatch(execFileSync('ip', ['netns', 'list'], { encoding: 'utf8' }), /^hand/m, 'no namespace is left');
  return { ...(JSON.parse(stdout) as { packets: number; same: number }), stderr };
}

t.test('the packets of a comparison', { skip: process.getuid?.() !== 0 && 'needs root' }, async (t) => {
  const folder = t.testdir({ 'before.v4': BEFORE, 'after.nft': AFTER, 'rules.v6': IPV6 });
  const compare = async (...args: string[]): Promise<Diff> => {
    const ended = await loopfw(['diff', '-r', 'json', ...interfaces, ...args], { cwd: folder });
    const { changes, ...diff } = readDiff(ended);
    // One of each way in which something changed is enough here.
    const ways = new Map(changes.map((change) => [[change.packet.protocol, change.before.cause, change.after.cause].join(), change]));
    t.ok(ways.size >= 2, ended.stderr);
    return { ...diff, changes: [...ways.values()].slice(0, 4) };
  };
  const diffs = [await compare('before.v4', 'after.nft'), await compare('--families', 'before.v4', 'rules.v6')] as const;
  for (const diff of diffs) {
    const packets = diff.changes.length * 2;
    t.match(await sendByHand(folder, diff), { packets, same: packets, stderr: '' });
  }
  const sayReset = ({ before, after, ...change }: Change): Change => ({
    ...{ ...change, before: { ...before, outcome: 'reset' }, after: { ...after, outcome: 'reset' } },
  });
  const [{ changes, ...rest }] = diffs;
  const wrong = { ...rest, changes: changes.slice(0, 1).map(sayReset) };
  t.match(await sendByHand(folder, wrong), { packets: 2, same: 0, stderr: 'by hand' }, 'what is not so is seen');
});
