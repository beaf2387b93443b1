import t from 'tap';
import type { Fate } from '../../src/predict/conversation/fate.js';
import { predict } from '../../src/predict/predict.js';
import { type Asked, makeQuestion } from './question.js';

/** `connected service filter INPUT 0`, `timeout dropped filter INPUT policy`, `unknown limit` */
function tell(fate: Fate): string {
  if (fate.kind === 'unknown') {
    return `unknown ${fate.why.join()}`;
  }
  const { outcome, cause, rule } = fate;
  return [outcome, cause, ...(rule === null ? [] : [rule.table, rule.chain, rule.isPolicy ? 'policy' : rule.entry])].join(' ');
}

const CASES: Record<string, [rules: string[], asked: Asked, expected: string][]> = {
  'without rules': [
    [[], {}, 'connected service'],
    [[], { port: 81 }, 'refused no-listener'],
    [['-A OUTPUT -j DROP'], { to: '10.0.0.1' }, 'unreachable local'],
    [[], { protocol: 'udp', port: 81 }, 'refused no-listener'],
    [[], { protocol: 'icmp', to: '::1', from: '::1' }, 'connected service'],
  ],
  'the answer of a REJECT meets the rules, too': [
    [['-A INPUT -s 127.0.0.1 -j REJECT'], { to: '127.0.0.1' }, 'timeout answer-eaten filter INPUT 0'],
    [['-A INPUT -d 127.0.0.2 -j REJECT'], {}, 'refused rejected filter INPUT 0'],
    [
      ['-A INPUT -p tcp --dport 80 -j REJECT --reject-with icmp-host-prohibited', '-A INPUT -p icmp -j DROP'],
      {},
      'timeout answer-eaten filter INPUT 1',
    ],
    [['-A INPUT -p tcp --dport 80 -j REJECT --reject-with tcp-reset', '-A INPUT -p icmp -j DROP'], {}, 'refused rejected filter INPUT 0'],
  ],
  'a datagram that cannot leave fails at once': [
    [['-A OUTPUT -p udp -j DROP'], { protocol: 'udp' }, 'denied dropped filter OUTPUT 0'],
    [['-A OUTPUT -p udp -j REJECT'], { protocol: 'udp' }, 'denied rejected filter OUTPUT 0'],
    [['-A INPUT -p udp -j REJECT --reject-with icmp-host-unreachable'], { protocol: 'udp' }, 'timeout rejected filter INPUT 0'],
  ],
  'user chains, goto, RETURN and policies': [
    [['-N sub', '-A sub -p udp -j DROP', '-A INPUT -j sub', '-A INPUT -p tcp -j DROP'], {}, 'timeout dropped filter INPUT 3'],
    [['-N sub', '-A sub -p udp -j DROP', '-A INPUT -g sub', '-A INPUT -p tcp -j DROP'], {}, 'connected service'],
    [['-N sub', '-A sub -j RETURN', '-A sub -j DROP', '-A INPUT -j sub'], {}, 'connected service'],
    [['-P INPUT DROP', '-A INPUT -p tcp --dport 80 -j RETURN'], {}, 'timeout dropped filter INPUT policy'],
    [['-P INPUT DROP', '-A INPUT -p tcp -j ACCEPT'], {}, 'connected service filter INPUT 1'],
  ],
  'states of connection tracking': [
    [['-P INPUT DROP', '-A INPUT -m conntrack --ctstate NEW -j ACCEPT'], {}, 'timeout answer-eaten filter INPUT policy'],
    [['-P INPUT DROP', '-A INPUT -m conntrack --ctstate NEW,ESTABLISHED -j ACCEPT'], {}, 'connected service filter INPUT 1'],
    [
      ['-A INPUT -p tcp --dport 80 -j REJECT', '-A INPUT -m conntrack --ctstate RELATED -j DROP'],
      {},
      'timeout answer-eaten filter INPUT 1',
    ],
    [['-t raw -A OUTPUT -m conntrack --ctstate NEW -j DROP'], {}, 'connected service'],
    [['-t raw -A OUTPUT -m conntrack --ctstate INVALID -j DROP'], {}, 'timeout dropped raw OUTPUT 0'],
    [
      ['-t raw -A OUTPUT -p tcp --dport 80 -j NOTRACK', '-A INPUT -m conntrack --ctstate INVALID -j DROP'],
      {},
      'timeout answer-eaten filter INPUT 1',
    ],
  ],
  'NAT once for each flow, and never in PREROUTING on lo': [
    [['-t nat -A PREROUTING -p tcp -j REDIRECT --to-ports 81'], {}, 'connected service'],
    [['-t nat -A OUTPUT -p tcp -j REDIRECT --to-ports 81'], {}, 'refused no-listener nat OUTPUT 0'],
    [
      ['-t nat -A OUTPUT -p tcp --dport 81 -j DNAT --to-destination 127.0.0.9:80', '-A INPUT -d 127.0.0.9 -j DROP'],
      { port: 81 },
      'timeout dropped filter INPUT 1',
    ],
    [['-t nat -A POSTROUTING -p tcp -j ACCEPT'], {}, 'connected service'],
    [['-t nat -A POSTROUTING -p tcp -j ACCEPT', '-A INPUT -m state --state INVALID'], {}, 'connected service nat POSTROUTING 0'],
  ],
  'marks stay with the packet on lo, and with the flow': [
    [['-t mangle -A OUTPUT -p tcp --syn -j MARK --set-mark 3', '-A INPUT -m mark --mark 3 -j DROP'], {}, 'timeout dropped filter INPUT 1'],
    [
      ['-t mangle -A OUTPUT -p tcp --syn -j CONNMARK --set-mark 3', '-A OUTPUT -p tcp --sport 80 -m connmark --mark 3 -j DROP'],
      {},
      'timeout answer-eaten filter OUTPUT 1',
    ],
  ],
  'what is not known matters only where it can change the fate': [
    [['-A INPUT -m limit -j ACCEPT'], {}, 'unknown limit'],
    [['-A INPUT -m cpu --cpu 0 -j LOG'], {}, 'connected service'],
    [['-A INPUT -p udp -m cpu --cpu 0 -j DROP'], {}, 'connected service'],
    [['-A INPUT -m cpu --cpu 0 -j DROP'], {}, 'unknown cpu'],
    [['-A INPUT -p tcp --sport 32768:60999 -j DROP'], {}, 'timeout dropped filter INPUT 0'],
    [['-A INPUT -p tcp --sport 40000 -j DROP'], {}, 'unknown a port that is chosen by the kernel'],
  ],
  'what rules remember is known in a fresh world': [
    [['-A INPUT -p tcp --dport 80 -m limit --limit 1/day --limit-burst 1 -j DROP'], { isFresh: true }, 'connected service'],
    [['-A INPUT -p tcp --dport 80 -m limit --limit 1/day --limit-burst 2 -j DROP'], { isFresh: true }, 'timeout dropped filter INPUT 0'],
    [['-A INPUT -p tcp --dport 80 -m limit --limit 1/second --limit-burst 1 -j DROP'], { isFresh: true }, 'unknown a rate'],
    [['-A INPUT -p tcp --syn -m quota --quota 100 -j DROP'], { isFresh: true }, 'connected service'],
    [['-A INPUT -p tcp --tcp-flags PSH PSH -m quota --quota 60 -j DROP'], { isFresh: true, payload: 'hello' }, 'connected service'],
    [['-A INPUT -p tcp --syn -m statistic --mode nth --every 2 --packet 0 -j DROP'], { isFresh: true }, 'connected service'],
    [['-A INPUT -m statistic --mode random --probability 0.5 -j DROP'], { isFresh: true }, 'unknown statistic'],
    [
      ['-A INPUT -p tcp --syn -m recent --set', '-A INPUT -p tcp --syn -m recent --rcheck -j DROP'],
      { isFresh: true },
      'timeout dropped filter INPUT 1',
    ],
    [['-A INPUT -p tcp --syn -m recent --rcheck -j DROP', '-A INPUT -p tcp --syn -m recent --set'], { isFresh: true }, 'connected service'],
    [['-A INPUT -p tcp --syn -m connlimit --connlimit-above 1 -j DROP'], { isFresh: true }, 'connected service'],
  ],
  'the time, where it is not near a limit': [
    [['-A INPUT -m time --weekdays Thu -j DROP'], {}, 'timeout dropped filter INPUT 0'],
    [['-A INPUT -m time --weekdays Fri -j DROP'], {}, 'connected service'],
    [['-A INPUT -m time --timestart 23:51 --timestop 23:59 -j DROP'], {}, 'unknown time'],
    [['-A INPUT -m time --timestart 22:00 --timestop 06:00 -j DROP'], {}, 'timeout dropped filter INPUT 0'],
  ],
  'the bytes of a packet, as far as they are known': [
    [['-A INPUT -m u32 --u32 "6&0xFF=6" -j DROP'], {}, 'timeout dropped filter INPUT 0'],
    [['-A INPUT -m u32 --u32 "6&0xFF=17" -j DROP'], {}, 'connected service'],
    [['-A INPUT -p tcp --syn -m u32 --u32 "0>>22&0x3C@0&0xFFFF=80" -j DROP'], {}, 'timeout dropped filter INPUT 0'],
    [['-A INPUT -m u32 --u32 "2&0x1=1" -j DROP'], {}, 'unknown u32'],
    [['-A INPUT -p udp -m string --algo bm --string ell -j DROP'], { protocol: 'udp' }, 'timeout dropped filter INPUT 0'],
    [['-A INPUT -p udp -m string --algo bm --string goodbye -j DROP'], { protocol: 'udp', to: '127.0.0.1' }, 'connected service'],
    [['-A INPUT -p icmp -m string --algo bm --string hello -j DROP'], { protocol: 'udp', port: 81 }, 'timeout answer-eaten filter INPUT 0'],
  ],
  'a UDP server on every address answers from the address that the kernel prefers': [
    [[], { protocol: 'udp', to: '127.0.0.1' }, 'connected service'],
    [[], { protocol: 'udp' }, 'unknown an answer from another address'],
    [['-A INPUT -p udp --sport 80 -s 127.0.0.1 -j DROP'], { protocol: 'udp' }, 'timeout answer-eaten filter INPUT 0'],
  ],
  'of two back ends, the one that is loaded last is asked first': [
    [
      ['-A INPUT -p tcp --dport 80 -j DROP', 'iptables-legacy -A INPUT -p tcp --dport 80 -j REJECT --reject-with tcp-reset'],
      {},
      'refused rejected filter INPUT 1',
    ],
    [['iptables-legacy -A INPUT -p tcp -j REJECT --reject-with tcp-reset', '-A INPUT -j DROP'], {}, 'timeout dropped filter INPUT 1'],
    [
      ['iptables-legacy -t mangle -A INPUT -j MARK --set-mark 1', '-A INPUT -m mark --mark 1 -j DROP'],
      {},
      'timeout dropped filter INPUT 1',
    ],
    [['iptables-legacy -A INPUT -j ACCEPT', '-P INPUT DROP'], {}, 'timeout dropped filter INPUT policy'],
    [
      ['iptables-legacy -t nat -A OUTPUT -p tcp -j REDIRECT --to-ports 81', '-t nat -A OUTPUT -p tcp -j ACCEPT'],
      {},
      'refused no-listener nat OUTPUT 1',
    ],
  ],
  'table security comes after filter': [
    [['-t security -A INPUT -j DROP', '-A INPUT -j REJECT'], { to: '127.0.0.2' }, 'timeout answer-eaten filter INPUT 1'],
    [['-t security -A INPUT -p tcp -j DROP', '-A INPUT -p udp -j REJECT'], {}, 'timeout dropped security INPUT 0'],
  ],
  'what an ipset holds': [
    [['-A INPUT -m set --match-set a src -j DROP'], { ipsets: 'create a hash:ip\nadd a 127.0.0.1' }, 'timeout dropped filter INPUT 0'],
    [['-A INPUT -m set ! --match-set a src -j DROP'], { ipsets: 'create a hash:ip\nadd a 127.0.0.0/30' }, 'connected service'],
    // A set of the other family, and one with more parts than there are directions, hold nothing.
    [['-A INPUT -m set ! --match-set a src -j DROP'], { ipsets: 'create a hash:ip family inet6' }, 'timeout dropped filter INPUT 0'],
    [['-A INPUT -m set --match-set a dst -j DROP'], { ipsets: 'create a hash:ip,port\nadd a 127.0.0.2,tcp:80' }, 'connected service'],
    [
      ['-A INPUT -m set --match-set a dst,dst -j DROP'],
      { ipsets: 'create a hash:ip,port\nadd a 127.0.0.2,tcp:80' },
      'timeout dropped filter INPUT 0',
    ],
    [
      ['-A INPUT -m set --match-set a dst,src -j DROP'],
      { ipsets: 'create a hash:ip,port\nadd a 127.0.0.2,tcp:40000' },
      'unknown a port that is chosen by the kernel',
    ],
    // The longest prefix decides.
    [
      ['-A INPUT -p tcp --syn -m set --match-set a dst -j DROP'],
      { ipsets: 'create a hash:net\nadd a 127.0.0.0/8\nadd a 127.0.0.0/24 nomatch\nadd a 127.0.0.2' },
      'timeout dropped filter INPUT 0',
    ],
    [
      ['-A INPUT -m set --match-set a dst -j DROP'],
      { ipsets: 'create a hash:net\nadd a 127.0.0.0/8\nadd a 127.0.0.0/24 nomatch' },
      'connected service',
    ],
    [
      ['-A INPUT -m set --match-set a src --return-nomatch -j DROP'],
      { ipsets: 'create a hash:net\nadd a 127.0.0.0/8\nadd a 127.0.0.0/24 nomatch' },
      'timeout dropped filter INPUT 0',
    ],
    // A shorter prefix is not asked where an element of another interface has the longer one.
    [
      ['-A INPUT -m set --match-set a dst,src -j DROP'],
      { ipsets: 'create a hash:net,iface\nadd a 127.0.0.0/8,lo\nadd a 127.0.0.0/24,eth0' },
      'connected service',
    ],
    [
      ['-A INPUT -m set --match-set a dst,src -j DROP'],
      { ipsets: 'create a hash:net,iface\nadd a 127.0.0.0/8,l wildcard' },
      'timeout dropped filter INPUT 0',
    ],
    [
      ['-A INPUT -p icmp -m set --match-set a dst -j DROP'],
      { protocol: 'icmp', ipsets: 'create a bitmap:port range 0-99\nadd a 0-99' },
      'connected service',
    ],
    [
      ['-A INPUT -m set --match-set a src,dst -j DROP'],
      { protocol: 'icmp', ipsets: 'create a hash:ip,port\nadd a 127.0.0.1,icmp:8/0' },
      'timeout dropped filter INPUT 0',
    ],
    [
      ['-A INPUT -m set --match-set a src -j DROP'],
      { ipsets: 'create a hash:ip netmask 24\nadd a 127.0.0.9' },
      'timeout dropped filter INPUT 0',
    ],
    [
      ['-A INPUT -m set --match-set l src -j DROP'],
      { ipsets: 'create a hash:ip\ncreate b hash:net\ncreate l list:set\nadd b 127.0.0.0/8\nadd l a\nadd l b' },
      'timeout dropped filter INPUT 0',
    ],
    [
      ['-A INPUT -m set --match-set a src -j DROP'],
      { ipsets: 'create a hash:ip timeout 9\nadd a 127.0.0.1' },
      'unknown an element of an ipset with a timeout',
    ],
    [['-A INPUT -m set --match-set a src -j DROP'], { ipsets: 'create a hash:ip timeout 9\nadd a 127.0.0.8' }, 'connected service'],
    [['-A INPUT -m set --match-set a src -j DROP'], { ipsets: 'create a hash:ip', writtenIpset: 'a' }, 'unknown an ipset that rules write'],
    [
      ['-A INPUT -j SET --add-set a src', '-A INPUT -p tcp -j DROP'],
      { ipsets: 'create a hash:ip', writtenIpset: 'a' },
      'timeout dropped filter INPUT 1',
    ],
  ],
  'labels, nodes, groups and computed marks': [
    [
      ['-A OUTPUT -p tcp --syn -m connlabel --label 3 --set', '-A INPUT -p tcp ! --syn -m connlabel --label 3 -j DROP'],
      {},
      'timeout answer-eaten filter INPUT 1',
    ],
    [
      ['-A INPUT -m cluster --cluster-total-nodes 1 --cluster-local-node 1 --cluster-hash-seed 7 -j DROP'],
      {},
      'timeout dropped filter INPUT 0',
    ],
    [['-A INPUT -m devgroup ! --src-group 0 -j DROP', '-A INPUT -m realm ! --realm 0 -j DROP'], {}, 'connected service'],
    [['-A INPUT -p tcp -m osf --genre Linux -j DROP'], {}, 'connected service'],
    [
      [
        '-t mangle -A OUTPUT -j HMARK --hmark-tuple src,dst --hmark-mod 1 --hmark-offset 7 --hmark-rnd 1',
        '-A INPUT -m mark --mark 7 -j DROP',
      ],
      {},
      'timeout dropped filter INPUT 1',
    ],
    [
      ['-t mangle -A OUTPUT -j HMARK --hmark-tuple src,dst --hmark-mod 2 --hmark-rnd 1', '-A INPUT -m mark --mark 1 -j DROP'],
      {},
      'unknown a mark',
    ],
    [
      ['-t mangle -A OUTPUT -p tcp -j TCPOPTSTRIP --strip-options timestamp', '-A INPUT -p tcp --tcp-option 8 -j DROP'],
      {},
      'connected service',
    ],
    // Without timestamps a segment is twelve bytes shorter.
    [
      [
        '-t mangle -A OUTPUT -p tcp --syn -j TCPOPTSTRIP --strip-options timestamp',
        '-A INPUT -p tcp --tcp-flags SYN,ACK ACK -m length --length 40 -j REJECT --reject-with tcp-reset',
      ],
      { payload: 'hello' },
      'reset rejected filter INPUT 1',
    ],
    [['ip6tables -A INPUT -m ipv6header --header prot -j DROP'], { from: '::1', to: '::1' }, 'timeout dropped filter INPUT 0'],
    [['ip6tables -A INPUT -m ipv6header ! --header prot -j DROP'], { from: '::1', to: '::1' }, 'connected service'],
  ],
  'addresses under a mask with holes, and ports that DNAT shifts': [
    [['-A INPUT -s 127.0.0.1/255.0.0.255 -j DROP'], { from: '127.9.9.1' }, 'timeout dropped filter INPUT 0'],
    [['-A INPUT -s 127.0.0.1/255.0.0.255 -j DROP'], { from: '127.9.9.2' }, 'connected service'],
    [['-t nat -A OUTPUT -p tcp -j DNAT --to-destination 127.0.0.9:75-90/3000'], { port: 3005 }, 'connected service nat OUTPUT 0'],
  ],
  'the user of a socket': [
    [['-A OUTPUT -m owner --uid-owner 7 -j DROP'], {}, 'timeout dropped filter OUTPUT 0'],
    [['-A OUTPUT -m owner --uid-owner 0 -j DROP'], {}, 'timeout answer-eaten filter OUTPUT 0'],
    [['-A OUTPUT -m owner ! --socket-exists -j DROP'], { port: 81 }, 'refused no-listener'],
  ],
};

for (const [name, cases] of Object.entries(CASES)) {
  t.test(name, async (t) => {
    for (const [rules, asked, expected] of cases) {
      t.equal(tell(predict(makeQuestion(rules, asked))), expected, rules.join(' · '));
    }
  });
}
