/** What nft's scanner makes of a word or a part of it: a name (every keyword is one), or a number, an address, a sign. */
export interface NftPart {
  kind: 'name' | 'other';
  text: string;
}

const GROUP = '[0-9A-Fa-f]{1,4}';
const IPV4 = String.raw`(?:\d{1,3}\.){3}\d{1,3}`;
const NAME = String.raw`[A-Za-z_.][A-Za-z0-9/_.-]*`;

/** An IPv6 address with `before` groups in front of its double colon; the last two groups may be an IPv4 address. */
function shortened(before: number): string {
  const head = before === 0 ? ':' : `(?:${GROUP}:){${before}}`;
  const groups = before < 7 ? `(?::${GROUP}){1,${7 - before}}|` : '';
  const mixed = before < 6 ? `(?::${GROUP}){0,${5 - before}}:${IPV4}|` : '';
  return `${head}(?:${mixed}${groups}:)`;
}

const IPV6 = [`(?:${GROUP}:){7}${GROUP}`, ...[0, 1, 2, 3, 4, 5, 6, 7].map(shortened)];

/** Of these rules the one that takes most decides; of equal ones the first. Ordered by how often they are met. */
const RULES: [NftPart['kind'], RegExp][] = [
  // A keyword is what this rule takes and no other takes more of: `ip-range` is no `ip`, `.queue` no `queue`.
  ['name', new RegExp(NAME, 'y')],
  ...toOthers(
    // A number ends where its digits end: `80accept` is two words, and so is `0x50reject`.
    String.raw`0[xX][0-9A-Fa-f]+|\d+`,
    // A time: `1d2h` is one word, `5saccept` two.
    String.raw`(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?`,
    '8021ad|8021q',
    IPV4,
    // An interface's name with an asterisk, which a backslash may mark.
    String.raw`${NAME}\\\*${NAME}|${NAME}\\?\*|\\\*`,
    // A hardware address, an IPv6 address, or one in brackets.
    '(?:[0-9A-Fa-f]{1,2}:){5}[0-9A-Fa-f]{1,2}',
    ...IPV6,
    ...IPV6.map((address) => String.raw`\[(?:${address})\]`),
    // A class of traffic control, only before these characters.
    String.raw`${GROUP}:${GROUP}(?=[ \t\n:\-},])`,
    // Signs.
    '==|!=|<=|>=|<<|>>',
  ),
];

function toOthers(...sources: string[]): [NftPart['kind'], RegExp][] {
  return sources.map((source) => ['other', new RegExp(source, 'y')]);
}

const PLAIN = /^(?:[A-Za-z_.][A-Za-z0-9/_.-]*|\d+)$/;

/** Cuts a word of an nft file into what nft's scanner takes for words. @param follower the character after it, where it is no blank */
export function splitNftWord(word: string, follower = ' '): NftPart[] {
  if (PLAIN.test(word)) {
    return [toPart(word)];
  }
  const parts: NftPart[] = [];
  const text = word + follower;
  for (let at = 0; at < word.length; at += parts.at(-1)?.text.length ?? 1) {
    parts.push(readPart(text, at));
  }
  return parts;
}

function toPart(text: string): NftPart {
  // A point alone is a sign.
  return { kind: /^\d|^\.$/.test(text) ? 'other' : 'name', text };
}

function readPart(text: string, at: number): NftPart {
  let longest: NftPart = { kind: 'other', text: text.charAt(at) };
  for (const [kind, rule] of RULES) {
    rule.lastIndex = at;
    const found = rule.exec(text)?.[0] ?? '';
    if (found.length > longest.text.length || (found.length === longest.text.length && kind === 'name' && found !== '.')) {
      longest = { kind, text: found };
    }
  }
  return longest;
}
