// loopfw shell: a shell in a world, whose network and rules it may change.
import { existsSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getPackage, ORDINARY_USER, ROOT } from '../../support/package.js';
import { CTRL_C, CTRL_D, CTRL_Z, Terminal } from '../../support/terminal.js';

const SHOP = {
  name: 'the $HOP that closes all its doors',
  servers: { web: 'tcp://127.0.0.2:8000' },
  clients: { app: '127.0.0.1' },
  rules: ['-A INPUT -p tcp --dport 22 -j DROP'],
  probes: [{ from: 'app', to: 'web', expect: 'connected' }],
};

const folder = await mkdtemp(join(tmpdir(), 'loopfw-shop-'));
t.teardown(() => import('node:fs').then(({ rmSync }) => rmSync(folder, { recursive: true })));
const file = join(folder, 'shop.json');
await writeFile(file, JSON.stringify(SHOP));
await import('node:fs/promises').then(({ chmod }) => chmod(folder, 0o755));

/** Runs lines in a shell of a world, without a terminal. Each line's output is an element. */
async function inShell(lines: string[], { ordinary = false, shell = '/bin/bash' } = {}) {
  const input = ['exec 2>&1', ...lines.map((line) => `${line}; echo "[$?]"`), 'exit 3'].join('\n');
  const ended = await loopfw(['shell', file], { input, ordinary, env: { SHELL: shell, HOME: '/dev/null' } });
  return { ...ended, said: ended.stdout.split(/\[\d+\]\n/) };
}

const NOTICE = /^loopfw: the rules were changed by hand: loopfw has read them/;

for (const ordinary of [false, true]) {
  const who = ordinary ? 'an ordinary user' : 'the caller';

  t.test(`the usual commands work for ${who}, without sudo`, async (t) => {
    const { said, exitCode } = await inShell(
      [
        'id -u',
        'iptables -A INPUT -p tcp --dport 80 -j DROP && iptables -S INPUT',
        'ip6tables -A INPUT -p udp -j DROP && ip6tables -S INPUT',
        'iptables-legacy -A OUTPUT -p udp -j DROP && iptables-legacy -S OUTPUT',
        'nft add table inet mine && nft list table inet mine',
        'ip addr add 192.0.2.7/24 dev lo && ip -brief addr show dev lo',
        'echo $LOOPFW_SERVER_WEB',
        'command -v loopfw',
        'timeout 5 tcpdump -i lo -c 1 -n tcp port 8000 2>&- & sleep 1; nc -z 127.0.0.2 8000; wait',
      ],
      { ordinary },
    );
    const [id, iptables, ip6tables, legacy, nft, ip, web, path, tcpdump] = said;
    t.equal(id, `${ordinary && process.getuid?.() === 0 ? ORDINARY_USER : process.getuid?.()}\n`);
    t.match(iptables, '-A INPUT -p tcp -m tcp --dport 80 -j DROP');
    t.match(ip6tables, '-A INPUT -p udp -j DROP');
    t.match(legacy, '-A OUTPUT -p udp -j DROP');
    t.match(nft, 'table inet mine');
    t.match(ip, '192.0.2.7/24');
    t.equal(web, '127.0.0.2:8000\n');
    t.match(tcpdump, /IP 127\.0\.0\.1\.\d+ > 127\.0\.0\.2\.8000: Flags \[S\]/);
    t.equal(exitCode, 3);
    t.match(path, /commands\/loopfw\n$/);
    t.notOk(existsSync(path?.trim() ?? ''), 'nothing is left');
  });

  t.test(`rules that ${who} has added by hand are seen`, async (t) => {
    const { said } = await inShell(
      [
        'iptables -I INPUT -p tcp --dport 8000 -j REJECT --reject-with tcp-reset',
        'loopfw probe app web',
        'loopfw rules',
        'ip6tables -P INPUT DROP; iptables -D INPUT 1',
        'loopfw probe ::1 [::1]:80 -q',
        `nft add table inet mine; nft add chain inet mine in '{ type filter hook input priority 10; }'; nft add rule inet mine in tcp dport 8000 drop`,
        'loopfw probe app web -q',
        'iptables-legacy -A INPUT -p tcp --dport 9 -j DROP',
        'loopfw probe 127.0.0.1 127.0.0.2:9 -q',
        'nft flush ruleset; iptables-legacy -F',
        'loopfw probe app web -q',
        'loopfw rules',
      ],
      { ordinary },
    );
    const [, first, rules, , policy, , native, , legacy, , none, empty] = said;
    t.match(first, NOTICE);
    t.match(first, /refused after .*, rejected by rule 0: -A INPUT -p tcp -m tcp --dport 8000 -j REJECT --reject-with tcp-reset\n/);
    t.equal(
      rules,
      [
        'packets  bytes',
        '      1     60  rule 0  -A INPUT -p tcp -m tcp --dport 8000 -j REJECT --reject-with tcp-reset',
        '      0      0  rule 1  -A INPUT -p tcp -m tcp --dport 22 -j DROP',
        '',
      ].join('\n'),
      'what is known is not taken over again',
    );
    t.match(policy, 'timeout (proved), dropped by the policy -P INPUT DROP');
    t.match(native, /dropped by rule 1 \(nft:\d+\): tcp dport 8000 drop/);
    t.match(legacy, 'dropped by rule 1: iptables-legacy -A INPUT -p tcp -m tcp --dport 9 -j DROP');
    t.match(none, 'connected');
    t.equal(empty, 'no rules\n');
  });
}

t.test('what cannot be read is said, and stays; a new rule set replaces it', async (t) => {
  const { said } = await inShell([
    'iptables -A INPUT -p tcp --dport 7 -j NFQUEUE --queue-num 9',
    'loopfw probe app web -q',
    'loopfw rules',
    'iptables -S INPUT',
    `loopfw rules --rule '-A INPUT -p udp -j DROP'`,
    'iptables -S INPUT',
    'loopfw rules',
  ]);
  const [, probe, rules, held, , replaced, last] = said;
  t.match(
    probe,
    /^loopfw: the rules were changed by hand, and loopfw cannot read them: iptables-save:\d+: .*NFQUEUE.*\n.* connected after/,
  );
  t.match(rules, /^loopfw: the rules were changed by hand, and loopfw cannot read them/);
  t.match(held, '-j NFQUEUE --queue-num 9');
  t.equal(replaced, '-P INPUT ACCEPT\n-A INPUT -p udp -j DROP\n');
  t.equal(last, 'packets  bytes\n      0      0  rule 0  -A INPUT -p udp -j DROP\n');
});

t.test('connections of programs are listed with what became of them', async (t) => {
  const { said } = await inShell([
    'nc -z 127.0.0.2 8000; loopfw fault refused=127.0.0.3:80; nc -z 127.0.0.3 80; nc -z -w 1 127.0.0.1 22',
    'loopfw journeys',
    'loopfw journeys -v',
    'loopfw trace & sleep 1; nc -z 127.0.0.2 8000; sleep 1; kill -INT $!; wait $!',
  ]);
  const [, journeys, verbose, trace] = said;
  t.match(journeys, /^0 {2}[\d:.]+ {2}127\.0\.0\.1:\d+ → 127\.0\.0\.2:8000\/tcp {2}service\n1 /);
  t.match(
    journeys,
    /127\.0\.0\.3:80\/tcp {2}rejected by the fault refused=127\.0\.0\.3:80\n2 .*:22\/tcp {2}dropped by .*-A INPUT -p tcp --dport 22 -j DROP/,
  );
  t.match(verbose, /tcp syn .*:22(?: \(2 times\))?\n {4}input {2}filter INPUT {2}drop {6}rule 0: -A INPUT -p tcp --dport 22 -j DROP/);
  t.match(trace, /^3 {2}.*8000\/tcp {2}service\n {2}tcp syn [^]*syn-ack/);
});

for (const shell of ['/bin/bash', '/usr/bin/zsh', '/bin/sh']) {
  t.test(`${shell} in a terminal`, { skip: existsSync(shell) ? false : `${shell} is not installed` }, async (t) => {
    const { folder: place, prefix } = await getPackage(true);
    const terminal = new Terminal(`stty cols 99 rows 33; node ${place}/dist/bin.js shell --no-color ${file}`, {
      cwd: ROOT,
      prefix,
      env: { SHELL: shell, HOME: '/dev/null', TERM: 'dumb' },
    });
    const prompt = /\(world the HOP that closes all\) /;
    try {
      const banner = await terminal.typeAfter(prompt, 'echo "rows and columns" $(stty size)\n');
      t.match(banner, /addresses +lo 127\.0\.0\.1\/8[^]*servers +web +tcp 127\.0\.0\.2:8000 +\$LOOPFW_SERVER_WEB[^]*rules +-A INPUT/);
      t.match(
        await terminal.typeAfter(
          /columns \d+ \d+/,
          // No loop of sh: it starts programs by vfork(2), and Ctrl-Z in that moment stops only the one that it starts.
          `node -e 'process.on("SIGINT", () => { console.log("in" + "terrupted"); process.exit(); }); console.log("rea" + "dy"); setInterval(() => {}, 50)'\n`,
        ),
        '33 99',
      );
      await terminal.typeAfter(/ready/, CTRL_Z);
      await terminal.typeAfter(/(?:S|s)(?:topped|uspended)[^]*\(world/, 'fg\n');
      await terminal.typeAfter(/setInterval|continued/, CTRL_C);
      await terminal.typeAfter(/interrupted[^]*\(world/, 'sh -c "exit 5"\n');
      await terminal.typeAfter(prompt, CTRL_D);
      t.equal(await terminal.ended(), 5);
    } finally {
      await terminal.end();
    }
  });
}
