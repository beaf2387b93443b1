// A rule set file whose rules no longer do what they are there for. Each rule keeps its place, for scenarios name rules by their index.

export type Weakness = 'removed' | 'accepting';

/** Both families have an OUTPUT in every table; nothing is sent from these. */
const NOTHING = { ipv4: '127.255.255.254', ipv6: '100::' };

export function weakenRuleset(text: string, weakness: Weakness): string {
  return text
    .split('\n')
    .map(weakness === 'removed' ? (text.includes('\nCOMMIT') ? emptySaved : emptyNative) : toAccept)
    .join('\n');

  function emptySaved(line: string): string {
    const nothing = /:.*icmp6|ipv6-icmp|[0-9a-f]::/.test(text) ? NOTHING.ipv6 : NOTHING.ipv4;
    return line.replace(/^(:\S+) DROP/, '$1 ACCEPT').replace(/^-A .*/, `-A OUTPUT -s ${nothing}`);
  }
}

/** nft: `add rule …`, or the lines of a chain. */
function emptyNative(line: string): string {
  const nothing = `ip saddr ${NOTHING.ipv4} counter`;
  return line
    .replace(/policy drop/, 'policy accept')
    .replace(/^(add rule \S+ \S+ \S+) .*/, `$1 ${nothing}`)
    .replace(/^(\t\t)(?!type ).*/, `$1${nothing}`);
}

function toAccept(line: string): string {
  return line.replace(/-j REJECT.*/, '-j ACCEPT').replace(/\breject\b.*/, 'accept');
}
