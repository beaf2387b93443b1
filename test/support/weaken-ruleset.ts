// A rule set file whose rules no longer do what they are there for. Each rule keeps its place, for scenarios name rules by their index.

export type Weakness = 'removed' | 'accepting';

/** Nothing is sent from these. */
const NOTHING = { ipv4: '127.255.255.254', ipv6: '100::' };

export function weakenRuleset(text: string, weakness: Weakness): string {
  const forms = /^COMMIT$/m.test(text) ? SAVED : NATIVE;
  const weaken = forms[weakness](/ipv6-icmp|icmp6/.test(text) ? NOTHING.ipv6 : NOTHING.ipv4);
  return text.split('\n').map(weaken).join('\n');
}

type Forms = Record<Weakness, (nothing: string) => (line: string) => string>;

/** What iptables-save writes. Every table has a chain OUTPUT. */
const SAVED: Forms = {
  removed: (nothing) => (line) => line.replace(/^(:\S+) DROP/, '$1 ACCEPT').replace(/^(\[\d+:\d+\] )?-A .*/, `-A OUTPUT -s ${nothing}`),
  accepting: () => (line) => line.replace(/-j REJECT.*/, '-j ACCEPT'),
};

/** What nft reads: commands `add rule …`, or chains with a rule a line. */
const NATIVE: Forms = {
  removed: (nothing) => (line) =>
    line
      .replace(/policy drop/, 'policy accept')
      .replace(/^(add rule \S+ \S+ \S+) .*/, `$1 ip saddr ${nothing} counter`)
      .replace(/^(\t\t)(?!type ).*/, `$1ip saddr ${nothing} counter`),
  accepting: () => (line) => line.replace(/ reject\b.*/, ' accept'),
};
