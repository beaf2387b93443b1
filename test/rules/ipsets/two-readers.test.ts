// Two readers of the same elements: loopfw's and ipset's own. Each element that loopfw takes is taken, and stands for as many as loopfw counts.
import { spawnSync } from 'node:child_process';
import t from 'tap';
import { printIpsets } from '../../../src/rules/ipsets/print.js';
import { parseIpsetSave } from '../../../src/rules/ipsets/save.js';

/** The type with its options, an element, and how many elements of the kernel it makes. */
const ROWS: [type: string, element: string, count: number][] = [
  ['bitmap:ip range 192.0.2.0/24', '192.0.2.1', 1],
  ['bitmap:ip range 192.0.2.0/24', '192.0.2.5-192.0.2.1', 5],
  ['bitmap:ip range 10.0.0.0/8 netmask 24', '10.1.0.0/16', 256],
  ['bitmap:ip range 10.0.0.0/16 timeout 60 counters skbinfo', '10.0.0.0/20 timeout 0 skbmark 0x5/0xff', 4096],
  ['bitmap:ip,mac range 192.0.2.0/24', '192.0.2.1,2:0:0:0:0:a', 1],
  ['bitmap:ip,mac range 192.0.2.0/24', '192.0.2.9', 1],
  ['bitmap:port range 0-65535', '0-65535', 65_536],
  ['bitmap:port range 100-90', 'udp:95-93', 3],
  ['bitmap:port range ssh-[http-alt]', '6:http-telnet', 58],
  ['hash:ip', '192.0.2.1/30', 4],
  ['hash:ip', '192.0.2.7-192.0.2.1', 7],
  ['hash:ip netmask 24', '192.0.2.200-192.0.4.1', 3],
  ['hash:ip family inet6', '2001:DB8::1/128', 1],
  ['hash:ip timeout 2147483 counters', '192.0.2.1 timeout 2147483 packets 3 bytes 9007199254740991', 1],
  ['hash:ip skbinfo forceadd', '192.0.2.1 skbmark 0xFF skbprio ffff:a skbqueue 65535', 1],
  ['hash:net', '192.0.2.1/1', 1],
  ['hash:net', '192.0.2.1-192.0.2.6', 4],
  ['hash:net', '0.0.0.1-255.255.255.254', 62],
  ['hash:net', '192.0.2.0/24 nomatch', 1],
  ['hash:net family inet6', '2001:db8::1/64', 1],
  ['hash:net,iface', '0.0.0.0/0,eth+', 1],
  ['hash:net,iface', '192.0.2.0-192.0.3.255,physdev:eth0', 1],
  ['hash:net,iface', '192.0.2.0/24,wan wildcard nomatch', 1],
  ['hash:ip,port', '192.0.2.0/30,80-81', 8],
  ['hash:ip,port', '192.0.2.1,ssh', 1],
  ['hash:ip,port', '192.0.2.1,udp:[dhcpv6-client]-548', 3],
  ['hash:ip,port', '192.0.2.1,icmp:echo-request', 1],
  ['hash:ip,port', '192.0.2.1,icmp:port-unreachable', 1],
  ['hash:ip,port', '192.0.2.1,icmp:250/3', 1],
  ['hash:ip,port', '192.0.2.1,gre:0', 1],
  ['hash:ip,port', '192.0.2.1,SCTP:0-9', 10],
  ['hash:ip,port', '192.0.2.1,udplite:9', 1],
  ['hash:ip,port family inet6', '2001:db8::1,ipv6-icmp:128/0', 1],
  ['hash:ip,port family inet6', '2001:db8::1,udp:9-5', 5],
  ['hash:net,port', '192.0.2.0-192.0.5.255,udp:53-54', 4],
  ['hash:ip,port,ip', '192.0.2.0/31,80,198.51.100.1', 2],
  ['hash:ip,port,net', '192.0.2.0/31,80-81,198.51.100.0-198.51.102.255', 8],
  ['hash:ip,port,net family inet6', '2001:db8::1,80,2001:db8:1::/48 nomatch', 1],
  ['list:set size 4', 'first', 1],
];

/** What `ipset save` says after `ipset restore` of a text. */
function restore(input: string) {
  const user = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];
  const script = 'PATH=$PATH:/usr/sbin:/sbin; ipset restore && ipset save';
  return spawnSync('unshare', ['--net', ...user, 'sh', '-c', script], {
    ...{ input, encoding: 'utf8', maxBuffer: 1 << 26, timeout: 60_000 },
  });
}

t.test('with -exist, ipset makes the same of the text and of what loopfw prints of it', async (t) => {
  const text = [
    'create a hash:ip counters',
    'create a hash:ip hashsize 64 counters -exist',
    'create b hash:net',
    'add a 192.0.2.0/30 packets 3',
    'add b 192.0.2.0/24 -exist',
    'add a 192.0.2.1-192.0.2.2 packets 5',
    'add b 192.0.2.0/24 nomatch',
  ].join('\n');
  const { sets, problems } = parseIpsetSave(text);
  t.strictSame(problems, []);
  const list = (input: string) => {
    const { stdout, stderr } = restore(input);
    t.equal(stderr, '');
    const lines = stdout.split('\n').filter((line) => line.startsWith('add'));
    return lines.sort();
  };
  t.strictSame(list(printIpsets(sets)), list(`${text}\n`));
  t.strictSame(list(`${text}\n`), [
    'add a 192.0.2.0 packets 3 bytes 0',
    'add a 192.0.2.1 packets 5 bytes 0',
    'add a 192.0.2.2 packets 5 bytes 0',
    'add a 192.0.2.3 packets 3 bytes 0',
    'add b 192.0.2.0/24 nomatch',
  ]);
});

t.test('ipset takes each element, and makes as many of it', async (t) => {
  const texts = ROWS.map(([type, element], place) => `create first hash:ip\ncreate set${place} ${type}\nadd set${place} ${element}\n`);
  const parsed = texts.map(parseIpsetSave);
  t.strictSame(
    parsed.flatMap(({ problems }, place) => problems.map(({ message }) => `${ROWS[place]?.join(' ')}: ${message}`)),
    [],
  );
  const input = ['create first hash:ip\n', ...parsed.map(({ sets }) => printIpsets(sets.slice(1)))].join('');
  const { status, stdout, stderr } = restore(input);
  t.equal(status, 0, stderr);
  const lines = stdout.split('\n');
  t.strictSame(
    ROWS.map(([type, element], place) => [type, element, lines.filter((line) => line.startsWith(`add set${place} `)).length]),
    ROWS,
  );
  for (const [place, [type]] of ROWS.entries()) {
    const own = lines.filter((line) => / first |^\S+ first$/.test(line) || line.includes(` set${place} `));
    t.strictSame(parseIpsetSave(own.join('\n')).problems, [], `what ipset saves of ${type} is read again`);
  }
});

t.test('an element counts with all that the kernel makes of it', async (t) => {
  for (const [type, element, count] of ROWS.filter(([type]) => !/^list|counters/.test(type))) {
    const rest = 65_536 - count;
    const fill = rest === 0 ? '' : `create fill bitmap:port range 0-65535\n${rest === 0 ? '' : `add fill 0-${rest - 1}\n`}`;
    const text = `${fill}create own ${type}\nadd own ${element}\n`;
    t.strictSame(parseIpsetSave(text).problems, [], `${type} ${element}`);
    t.match(parseIpsetSave(`${text}create more hash:ip\nadd more 192.0.2.1\n`).problems, [{ message: /^too many elements/ }]);
  }
});
