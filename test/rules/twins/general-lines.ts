// Lines about the options of iptables itself, and about the line around them.
import type { Family } from '../../../src/model/rule.js';
import type { Line } from './lines.js';
import * as texts from './texts.js';
import { makeValues } from './value-kinds.js';

const NUMBERS = { ipv4: getNumbers('ipv4'), ipv6: getNumbers('ipv6') } satisfies Record<Family, string[]>;

function getNumbers(family: Family): string[] {
  return makeValues((text) => /^\d+$/.test(text) && Number(text) <= 255, family);
}

function quote(word: string): string {
  return `"${word.replace(/["\\]/g, '\\$&')}"`;
}

function repeat(part: string, ...counts: number[]): string[] {
  return counts.map((count) => Array(count).fill(part).join(' '));
}

/** What may follow `-A INPUT`. A line break separates two of them. */
const ENDS = `
-j;-j ACCEPT;-j ACCEPT -j DROP;-j ACCEPT -g own;-j own;-g own;-g ACCEPT;-j INPUT;-j OUTPUT;-j none;-g none;! -j ACCEPT;-j accept;-j "";-j own -j own
--jump own;--goto own;-j ACCEPT stray;-jACCEPT;-j=ACCEPT;--jump=ACCEPT;-j QUEUE;-j RETURN;-j ERROR;-j standard;-j ERRER
-m;-m none;-m "";-m standard;-m tcp;-m udp;-p tcp -m tcp -m tcp;-p tcp -m tcp --dport 1 -m tcp --dport 2;-p tcp -m tcp --dport 1 -m tcp --sport 2
-p tcp --dport 1 -m tcp --sport 2;-p udp -m tcp;-m tcp -p tcp;--match tcp -p tcp;-p tcp --dport 80 --sport 1;--dport 80 -p tcp;-p tcp -p udp
-m comment -m comment --comment a;-m comment --comment a -m comment --comment b;-m mark --mark 1 -m connmark --mark 2;-m mark -m connmark --mark 2
-m connmark -m mark --mark 2;-m mark --mark 1 -m mark --mark 2;-m mark -m connmark -m mark --mark 1;-j MARK -m mark --mark 1
-j MARK --set-mark 1 -m mark --mark 1;-f;! -f;--fragment;--fragments;! --fragments;-f -f;-c 1 2;-c 1,2;-c 1;-c a b;-c -1 2;--set-counters 1 2
-c 18446744073709551615 18446744073709551615;-c 18446744073709551616 0;-c 0x1 0x2;-w;-w 5;-w5;--wait;--wait 5;-w a;-W 5;-v;-vv;-n;-x;--line-numbers
-4;-6;--ipv4;--ipv6;-h;-V;-t filter;-t nat;--table=filter;-b;--no-such-option;--;-;---;!;! !;stray;-A INPUT;-I INPUT;-P INPUT DROP;-N a;--modprobe`;

/** Lines that are not -A CHAIN with a rule. */
const WHOLE_LINES = `
-I INPUT;-I INPUT 1;-I INPUT 2;-I INPUT 0;-I INPUT -1;-I INPUT 01;-I INPUT 0x1;-I INPUT a;-I INPUT 4294967296;--insert INPUT 1;-I INPUT1;-A;-A ""
-A "a b";-A none;-A FORWARD;-A PREROUTING;-A own;-A INPUT2;-A -INPUT;-A !INPUT;-AINPUT;-A=INPUT;--append=INPUT;--app INPUT;-N b;-N INPUT;-N own
-N ACCEPT;-N DROP;-N LOG;-N "a b";-N "";-N -a;-N !a;-N é;-N a"b;-N a/b;-N a,b;-N a:b;-N a+;-N a*;-N a#;-N #;-N 0;:a - [0:0];:a -;:a;:a ACCEPT;:a DROP
:INPUT DROP;:INPUT DROP [1:2];:INPUT REJECT;:INPUT drop;:INPUT QUEUE;:INPUT RETURN;:INPUT -;:INPUT;:INPUT DROP [1:];:INPUT DROP [a:b];:INPUT DROP 1:2
:INPUT ACCEPT [18446744073709551615:0];:INPUT ACCEPT [18446744073709551616:0];:none ACCEPT;: ACCEPT;:PREROUTING ACCEPT;:own - [0:0];:INPUT ACCEPT extra
-P INPUT DROP;-P INPUT ACCEPT;-P INPUT REJECT;-P INPUT;-P own DROP;-P none DROP;-P INPUT DROP more;-P INPUT drop;--policy INPUT DROP;-P INPUT -j DROP
-P INPUT QUEUE;-P INPUT RETURN;[1:2] -A INPUT;[1:2]-A INPUT;[1:2] -A INPUT -c 3 4;[] -A INPUT;[1] -A INPUT;[1:2 -A INPUT;[a:b] -A INPUT;[-1:2] -A INPUT
[18446744073709551615:1] -A INPUT;[18446744073709551616:1] -A INPUT; -A INPUT;\t-A INPUT;-A INPUT ;-A INPUT\t;-A\tINPUT;  ;\t;#;# a; # a;-A INPUT # a
-A INPUT #a;INPUT;iptables -A INPUT;A INPUT;-A INPUT -m comment --comment "a;-A INPUT -m comment --comment 'a b';-A INPUT -m comment --comment "a"b
-A INPUT -m comment --comment a"b";-A INPUT -m comment --comment "";-A INPUT -m comment --comment "a\\"b";-A INPUT -m comment --comment a\\ b
-A INPUT -m comment --comment 'a';-A INPUT -m comment --comment "a\\;-A INPUT -m comment --comment "a\\nb";-A INPUT -p "tcp";"-A" INPUT;-A "INPUT"
-A INPUT "-p" tcp;-A INPUT -p tcp "--dport" "80";-D INPUT 1;-D INPUT;-R INPUT 1 -j DROP;-F;-F INPUT;-X;-X own;-Z;-Z INPUT;-E own b;-L;-S;-C INPUT
COMMIT;*filter;*nat;*none;* filter;COMMIT ; COMMIT;commit`;

function split(list: string): string[] {
  return list.trimStart().split(/[;\n]/);
}

export function makeGeneralLines(family: Family): Line[] {
  const lengths = [27, 28, 29, 30, 31, 32].map((length) => 'c'.repeat(length));
  const ends = [
    '',
    ...split(ENDS),
    ...repeat('-m conntrack --ctstate NEW', 1, 2, 9, 15, 16, 17, 20),
    ...repeat('-m comment --comment a', 20, 60, 120, 125),
  ];
  const whole = [
    ...split(WHOLE_LINES),
    ...lengths.flatMap((name) => [`-N ${name}`, `:${name} - [0:0]`]),
    ...[1000, 1023, 1024, 1025, 10_200, 10_238, 10_239, 10_240, 10_300].map((length) => `-A INPUT ${' '.repeat(length - 18)}-j ACCEPT`),
  ];
  return [
    ...makeOptions(family),
    ...ends.map((text): Line => ({ table: 'filter', text: `-A INPUT ${text}`, about: `general: "${text.slice(0, 60)}"` })),
    ...whole.map((text): Line => ({ table: 'filter', text, about: `general: line "${text.slice(0, 60)}"`, isAlone: true })),
  ];
}

function makeOptions(family: Family): Line[] {
  const [first = ''] = texts.ADDRESSES[family];
  const lists = texts.toTexts('A,A A, ,A A,␣A A,B localhost no.such.name any').map((text) => text.replaceAll('A', first));
  const addresses = [...texts.ADDRESSES[family], ...lists];
  const interfaces = [...texts.INTERFACES, ...[14, 15, 16].flatMap((length) => ['a'.repeat(length), `${'a'.repeat(length - 1)}+`])];
  const options: [string, string[], string[]][] = [
    ['INPUT', ['-s', '--source', '--src'], addresses],
    ['INPUT', ['-d', '--destination', '--dst'], addresses],
    ['INPUT', ['-i', '--in-interface'], interfaces],
    ['OUTPUT', ['-o', '--out-interface'], interfaces],
    ['INPUT', ['-p', '--protocol', '--proto'], [...texts.PROTOCOLS, ...NUMBERS[family]]],
  ];
  return options.flatMap(([chain, flags, values]) => {
    const [short = ''] = flags;
    const ways = values.flatMap((value) => ['', '! '].map((not) => `${not}${short} ${quote(value)}`));
    const [value = ''] = values;
    const spellings = flags.flatMap((flag) =>
      `F V;F ! V;! F V;! ! F V;FV;F=V;F;F V F V;F V more;${flag.slice(0, -1)} V;F "V"x`
        .split(';')
        .map((text) => text.replaceAll('F', flag).replaceAll('V', value)),
    );
    return [...ways, ...spellings].map((text): Line => ({ table: 'filter', text: `-A ${chain} ${text}`, about: `general: ${text}` }));
  });
}
