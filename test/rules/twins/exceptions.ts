// What loopfw and iptables may differ in, each with its reason. Each must happen, at least by its example.
import type { Table } from '../../../src/model/rule.js';
import type { Difference } from './compare.js';

export interface Exception {
  name: string;
  reason: string;
  kind: Difference['kind'];
  /** What the differences have in common: what loopfw says, or iptables if it is the one that refuses. */
  message: RegExp;
  /** The line, if the message does not tell enough. */
  text?: RegExp;
  /** A line that shows it, in one of the environments at least. */
  example: string;
  table?: Table;
}

/** What loopfw refuses, because it would reach out of the world or is no rule. */
const REACHES_OUT: Exception[] = [
  {
    name: 'names of hosts',
    reason: 'iptables looks them up on the network, 10 s a rule',
    kind: 'loopfw refuses',
    message: /only numeric addresses can be used/,
    example: '-A INPUT -s localhost',
  },
  {
    name: 'names of services',
    reason: 'they are those of the machine. loopfw knows the usual ones only',
    kind: 'loopfw refuses',
    message: /is not a service that every machine knows|the service \S+ belongs to/,
    example: '-A INPUT -m conntrack --ctorigsrcport ""',
  },
  {
    name: 'NFLOG to group 0',
    reason: 'the trace of the legacy back end comes there',
    kind: 'loopfw refuses',
    message: /^NFLOG to group 0 is refused/,
    example: '-A INPUT -j NFLOG',
  },
  {
    name: 'queues without a reader',
    reason: 'they drop every packet',
    kind: 'loopfw refuses',
    message: /without a program that listens to its queue/,
    example: '-A INPUT -j QUEUE',
  },
  {
    name: 'commands of other kinds',
    reason: 'the chains of a world are empty before its rules',
    kind: 'loopfw refuses',
    message: /^-\w is refused: (?:a scenario's rules start|it belongs to listing)/,
    example: '-F INPUT',
  },
  {
    name: 'control characters',
    reason: 'a line break in a word begins a new rule; none of them is in any rule that a person means',
    kind: 'loopfw refuses',
    message: /^control character/,
    example: '-A INPUT -m comment --comment "a\tb"',
  },
  {
    name: 'a policy for a chain that was not made, and a chain twice',
    reason: 'iptables-nft-restore makes a user chain of it, and iptables-legacy-restore refuses both',
    kind: 'loopfw refuses',
    message: /has no chain|is there already/,
    text: /^:/,
    example: ':a DROP',
  },
  {
    name: 'a quote that is not closed',
    reason: 'iptables-restore puts the line break into the word',
    kind: 'loopfw refuses',
    message: /^unclosed quote/,
    example: '-A INPUT -m comment --comment "a',
  },
];

/** What loopfw refuses, because iptables takes it for something else, or shows it otherwise. */
const MISREAD: Exception[] = [
  {
    name: 'values attached to an option of one letter',
    reason: 'iptables takes the option for a part of the value: -ilo is an interface called -ilo',
    kind: 'loopfw refuses',
    message: /with a space: iptables (?:misreads|does not read)|^unknown option -\w/,
    example: '-A INPUT -ilo',
  },
  {
    name: 'what iptables-save loses',
    reason: 'loopfw reads each rule set back, and would find another rule',
    kind: 'loopfw refuses',
    message:
      /iptables(?:-legacy-save)? (?:loses|does not show|would cut)|is lost by iptables-save|, and iptables(?: loses it|-save shows it as)/,
    example: '-A INPUT -m time --datestop 1970-01-01',
  },
  {
    name: 'bytes of --hex-string that are written in an odd way',
    reason: 'iptables 1.8.9 reads a backslash as an escape there, and || as text',
    kind: 'loopfw refuses',
    message: /iptables reads a backslash/,
    example: '-A INPUT -m string --algo bm --hex-string "|0d||0a|"',
  },
];

/** What iptables takes although nobody means it so. loopfw says what to write instead. */
const NOT_MEANT: Exception[] = [
  {
    name: 'ports of all protocols but the one that has them',
    reason: 'for IPv4 and IPv6, iptables-nft reads ! -p udp -m udp as every other protocol, and compares what stands where ports would be',
    kind: 'loopfw refuses',
    message: /^-m (?:udp|tcp) needs -p|needs -p (?:udp|tcp)/,
    text: /! (?:-p|--protocol) ?"?(?:udp|tcp)/,
    example: '-A INPUT ! -p udp -m udp ! --dport 5',
  },
  {
    name: 'addresses that are not written in full',
    reason: 'iptables reads 10.1 as 10.1.0.0 after -s, and as 10.0.0.1 after other options; 010 is octal in some places only',
    kind: 'loopfw refuses',
    message:
      /write all four numbers|only numeric addresses|is neither a prefix length|has a zone \(%\)|in IPv6 form, which no packet carries/,
    example: '-A INPUT -m conntrack --ctorigsrc 10.1',
  },
  {
    name: 'shortened words of an enumeration',
    reason: 'iptables takes the first word that begins so: --ctstate N is NEW, and an empty word is any',
    kind: 'loopfw refuses',
    message:
      /is not (?:a type of (?:IPv6 )?address|a connection stat|a TCP flag|a type of DCCP|a DiffServ class|a chunk|an answer of REJECT|an ICMP type|a level|a day of the week|a mode|a zone|a direction|a type of packet|a helper|a way|a type of service|a policy|an algorithm|a protocol|a message of Mobile IPv6)/,
    example: '-A INPUT -m conntrack --ctstate NE',
  },
  {
    name: 'letters after src and dst',
    reason: 'iptables looks at the first three letters of each: it takes srcx for src',
    kind: 'loopfw refuses',
    message: /must be src or dst for each part of an element/,
    example: '-A INPUT -m set --match-set known srcx',
  },
  {
    name: 'numbers that are not there',
    reason: 'iptables reads an empty value as 0, or as the whole range',
    kind: 'loopfw refuses',
    message: /^(?:! )?--[\w-]+: "" is not /,
    example: '-A INPUT -m length --length ""',
  },
  {
    name: 'days that do not exist',
    reason: 'iptables reads digits one by one there: 15 is Monday and Friday',
    kind: 'loopfw refuses',
    message: /is not a day of the (?:week|month)/,
    example: '-A INPUT -m time --weekdays 15',
  },
  {
    name: 'times and dates that are not written in full',
    reason: 'iptables makes another date of them: 2026 is the first of January',
    kind: 'loopfw refuses',
    message: /is not a time: write|is not a date: write|which is what the kernel can hold/,
    example: '-A INPUT -m time --datestart 2026',
  },
  {
    name: 'rates with something behind them',
    reason: 'iptables stops reading at the first letter that it does not know',
    kind: 'loopfw refuses',
    message: /is not a rate|is too fast a rate/,
    example: '-A INPUT -m limit --limit 1.5/s',
  },
  {
    name: 'probabilities in an odd form',
    reason: 'iptables reads them as strtod(3) does: 5e-1, 0x1 and nan',
    kind: 'loopfw refuses',
    message: /is not a probability/,
    example: '-A INPUT -m statistic --mode random --probability 5e-1',
  },
  {
    name: 'classes that are too large',
    reason: 'iptables keeps the last 16 bits of each half',
    kind: 'loopfw refuses',
    message: /is not a class/,
    example: '-A FORWARD -j CLASSIFY --set-class 10000:0',
  },
  {
    name: 'MAC addresses with short numbers',
    reason: 'nobody writes them so',
    kind: 'loopfw refuses',
    message: /is not a MAC address/,
    example: '-A INPUT -m mac --mac-source 0:11:22:aa:bb:cc',
  },
  {
    name: 'names of interfaces that no interface has',
    reason: 'iptables warns, and takes them',
    kind: 'loopfw refuses',
    message: /is not an interface's name|is an alias: iptables sees only the interface|\+ alone says nothing/,
    example: '-A INPUT -i "eth 0"',
  },
  {
    name: 'ports of NAT before -p',
    reason: 'iptables wants -p before them. The rule means the same, and loopfw prints -p first',
    kind: 'iptables refuses',
    message: /with port specification/,
    example: '-A PREROUTING -j DNAT --to-destination :80 -p tcp',
    table: 'nat',
  },
  {
    name: 'ipsets that are not there',
    reason: 'loopfw looks for them when it has read the whole scenario',
    kind: 'iptables refuses',
    message: /: Set .* doesn't exist\./,
    example: '-A INPUT -m set --match-set other src',
  },
  {
    name: 'beginnings of options that iptables does not document',
    reason: 'its target ECN has two more options, so that --ecn could be three',
    kind: 'iptables refuses',
    message: /ambiguous|unknown option "--ecn"|ECN/,
    text: /-j ECN --ecn$/,
    example: '-A PREROUTING -p tcp -j ECN --ecn',
    table: 'mangle',
  },
  {
    name: 'a ! as a value',
    reason: 'the older way of negation, which iptables no longer reads',
    kind: 'loopfw refuses',
    message: /put the ! before/,
    example: '-A INPUT -m helper --helper !',
  },
];

/** Limits of loopfw, and options that iptables takes together although one of them is lost. */
const LIMITS: Exception[] = [
  {
    name: 'names of tables, lists and helpers with other characters',
    reason: 'they become names of files in /proc',
    kind: 'loopfw refuses',
    message: /is not a name for|is not the name of/,
    example: '-A INPUT -m recent --set --name "a b"',
  },
  {
    name: 'numbers beyond what a world may need',
    reason: 'large tables and lists take memory of the whole machine, and iptables-save writes some large numbers as negative ones',
    kind: 'loopfw refuses',
    message:
      /^--(?:hashlimit-[\w-]+|hitcount|seconds|limit-burst|nflog-[\w-]+|connlimit-mask|connbytes|hmark-[\w-]+|dst-opts|hbh-opts): (?:".*" is not|a table of \d+ buckets is refused)/s,
    example: '-A INPUT -m hashlimit --hashlimit-upto 1/s --hashlimit-name a --hashlimit-htable-size 65537',
  },
  {
    name: 'numbers of which the kernel keeps the last bits',
    reason: 'it then compares with another number than the one that is written',
    kind: 'loopfw refuses',
    message: /is not (?:a type of routing header|a segment size|a label by number)/,
    example: '-A INPUT -p tcp --syn -j TCPMSS --set-mss 0',
  },
  {
    name: 'a negated range of all numbers',
    reason: 'iptables loses the !, so that a rule that never matches would match everything',
    kind: 'loopfw refuses',
    message: /would never match$/,
    example: '-A INPUT -p udp -m udp ! --sport 0:65535',
  },
  {
    name: 'options of which iptables keeps one',
    reason: 'the other one has no effect',
    kind: 'loopfw refuses',
    message: /cannot be in one|names a chunk twice|is given twice|cannot be negated/,
    example: '-A INPUT -m recent --set --rsource --rdest',
  },
  {
    name: 'many matches',
    reason: 'the kernel has no space for a rule with many of them',
    kind: 'loopfw refuses',
    message: /matches in one rule: at most|no space for so many matches/,
    example: `-A INPUT ${'-m mark --mark 1 '.repeat(17)}`,
  },
  {
    name: 'what the legacy back end cuts or lets overflow',
    reason: 'the rule would be another one',
    kind: 'loopfw refuses',
    message: /^the legacy back end|is for the nft back end only/,
    example: '-A INPUT -m limit --limit 1/day --limit-burst 255',
  },
  {
    name: 'rules of the other family',
    reason: 'iptables-restore skips a line with -6, ip6tables-restore one with -4: a file of loopfw has one family',
    kind: 'loopfw refuses',
    message: /^-[46] is for IPv[46] only/,
    example: '-A INPUT -6',
  },
  {
    name: 'policy with half of its options',
    reason: 'iptables takes --dir alone, which matches every packet, and looks at a policy of none by the order of the options',
    kind: 'loopfw refuses',
    message: /^policy needs|does not go with --pol none/,
    example: '-A INPUT -m policy --dir in',
  },
  {
    name: '-- before the end',
    reason: 'nobody ends the options of a rule',
    kind: 'loopfw refuses',
    message: /^stray argument "--"/,
    example: '-A INPUT --',
  },
  {
    name: 'counters in an odd form',
    reason: 'iptables-save writes decimal numbers',
    kind: 'loopfw refuses',
    message: /are not counters/,
    example: '-A INPUT -c 0x1 0x2',
  },
  {
    name: 'some ICMP codes of a type',
    reason: 'iptables-save writes the first of them only',
    kind: 'loopfw refuses',
    message: /is not an ICMP code/,
    example: '-A INPUT -p icmp -m icmp --icmp-type 3/0:5',
  },
  {
    name: 'a source port range with a service',
    reason: 'iptables loses what follows the slash',
    kind: 'loopfw refuses',
    message: /^--to-source: ".*\/http" is not a port/,
    example: '-A POSTROUTING -p tcp -j SNAT --to-source :80-90/http',
    table: 'nat',
  },
];

/** Equal rules that iptables-save writes in two ways. */
const OTHER_WORDS: Exception[] = [
  {
    name: 'a negated range of ports that ends at the first or the last port',
    reason: 'it is the range of the other ports: `! --dport 1:` is `--dport 0`',
    kind: 'other words',
    message: /! --[sd]port (?:0:\d+|\d+:65535)/,
    example: '-A INPUT -p tcp -m tcp ! --dport 1:65535',
  },
  {
    name: 'a match of a protocol that is there twice',
    reason: 'both must match, so that loopfw makes one of them',
    kind: 'other words',
    message: /-m (tcp|udp) (?:.* )?-m \1/,
    example: '-A INPUT -p udp -m udp -m udp',
  },
  {
    name: 'the default --nflog-threshold',
    reason: 'it is what the option would be anyway',
    kind: 'other words',
    message: /--nflog-threshold 1\b/,
    example: '-A INPUT -j NFLOG --nflog-group 1 --nflog-threshold 1',
  },
  {
    name: 'a length of 0 that is negated',
    reason: 'the kernel takes a length of 0 for any length, with or without the !',
    kind: 'other words',
    message: /! --ahlen 0\b/,
    example: '-A INPUT -p ah -m ah ! --ahlen 0',
  },
  {
    name: 'bits below the prefix of an address',
    reason: 'conntrack and policy compare without them',
    kind: 'other words',
    message: /--(?:ct(?:orig|repl)(?:src|dst)|tunnel-(?:src|dst)|srh-(?:psid|nsid|lsid)) /,
    example: '-A INPUT -m conntrack --ctorigdst 10.0.0.1/8',
  },
];

/** What happens without root only. */
const WITHOUT_ROOT: Exception[] = [
  {
    name: 'users and groups that are not mapped',
    reason: 'the kernel takes only the ids of the user namespace. loopfw says so when it loads the rules',
    kind: 'iptables refuses',
    message: /RULE_APPEND failed \(Invalid argument\)|^ip6?tables-restore: line \d+ failed/,
    text: /-m owner\b/,
    example: '-A OUTPUT -m owner --uid-owner 1',
  },
];

export const EXCEPTIONS: Exception[] = [
  ...REACHES_OUT,
  ...MISREAD,
  ...NOT_MEANT,
  ...LIMITS,
  ...OTHER_WORDS,
  ...(process.getuid?.() === 0 ? [] : WITHOUT_ROOT),
];
