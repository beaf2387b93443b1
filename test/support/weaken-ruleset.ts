// Makes the rules of a rule set file ineffective. Each rule keeps its place, because scenarios name rules by index.

export type Weakness = 'removed' | 'accepting';

/** Source addresses that no packet has. */
const NOTHING = { ipv4: '127.255.255.254', ipv6: '100::' };

/** Removes the rules of a rule set file, or changes each REJECT to ACCEPT. The format is recognized by iptables-save's COMMIT. */
export function weakenRuleset(text: string, weakness: Weakness): string {
  const forms = /^COMMIT$/m.test(text) ? SAVED : NATIVE;
  const weaken = forms[weakness](/ipv6-icmp|icmp6/.test(text) ? NOTHING.ipv6 : NOTHING.ipv4);
  return text.split('\n').map(weaken).join('\n');
}

type Forms = Record<Weakness, (nothing: string) => (line: string) => string>;

/** The format of iptables-save. Every table has a chain OUTPUT. */
const SAVED: Forms = {
  removed: (nothing) => (line) => line.replace(/^(:\S+) DROP/, '$1 ACCEPT').replace(/^(\[\d+:\d+\] )?-A .*/, `-A OUTPUT -s ${nothing}`),
  accepting: () => (line) => line.replace(/-j REJECT.*/, '-j ACCEPT'),
};

/** The format of nft: `add rule …` commands, or chains with one rule on each line. */
const NATIVE: Forms = {
  removed: (nothing) => (line) =>
    line
      .replace(/policy drop/, 'policy accept')
      .replace(/^(add rule \S+ \S+ \S+) .*/, `$1 ip saddr ${nothing} counter`)
      .replace(/^(\t\t)(?!type ).*/, `$1ip saddr ${nothing} counter`),
  accepting: () => (line) => line.replace(/ reject\b.*/, ' accept'),
};
