import { matchAt } from './scan.js';

/**
 * A part of a word, as nft's scanner reads it.
 * - name: a name, which may be a keyword
 * - other: a number, an address or a sign
 */
export interface NftPart {
  kind: 'name' | 'other';
  text: string;
}

const GROUP = '[0-9A-Fa-f]{1,4}';
const IPV4 = String.raw`(?:\d{1,3}\.){3}\d{1,3}`;
const NAME = String.raw`[A-Za-z_.][A-Za-z0-9/_.-]*`;

const IPV6 = [`(?:${GROUP}:){7}${GROUP}`, ...[0, 1, 2, 3, 4, 5, 6, 7].map(shortened)];

/** A keyword is what this rule matches, if no other rule matches more characters: `ip-range` is not `ip`, and `.queue` is not `queue`. */
const NAME_RULE = new RegExp(NAME, 'y');

/** The rules for everything but names, by first character. The rule that matches the most characters wins. */
const RULES: { first: RegExp; rules: RegExp[] }[] = [
  {
    first: /\d/,
    rules: toRules(
      // A number ends with its last digit: `80accept` and `0x50reject` are two words each.
      String.raw`0[xX][0-9A-Fa-f]+|\d+`,
      // A time: `1d2h` is one word, `5saccept` is two.
      String.raw`(?:\d+d)?(?:\d+h)?(?:\d+m(?!s))?(?:\d+s)?(?:\d+ms)?`,
      '8021ad|8021q',
      IPV4,
    ),
  },
  // The name of an interface with an asterisk. A backslash may precede the asterisk.
  { first: /[A-Za-z_.\\]/, rules: toRules(String.raw`${NAME}\\\*${NAME}|${NAME}\\?\*|\\\*`) },
  { first: /\[/, rules: IPV6.flatMap((address) => toRules(String.raw`\[(?:${address})\]`)) },
  { first: /[=!<>]/, rules: toRules('==|!=|<=|>=|<<|>>') },
];

/**
 * Words with a colon: a hardware address, an IPv6 address, a class of traffic control. nft reads such a class only before these characters.
 */
const WITH_COLON = toRules('(?:[0-9A-Fa-f]{1,2}:){5}[0-9A-Fa-f]{1,2}', ...IPV6, String.raw`${GROUP}:${GROUP}(?=[ \t\n:\-},])`);
const BEFORE_COLON = /[0-9A-Fa-f]{0,4}:/y;

const PLAIN = /^(?:[A-Za-z_.][A-Za-z0-9/_.-]*|\d+)$/;

/**
 * Cuts a word of an nft file into the words that nft's scanner reads.
 *
 * @param follower the character after the word, if it is not a blank
 */
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
  // A dot alone is a sign.
  return { kind: /^\d|^\.$/.test(text) ? 'other' : 'name', text };
}

function readPart(text: string, at: number): NftPart {
  const first = text.charAt(at);
  const rules = RULES.flatMap((row) => (row.first.test(first) ? row.rules : []));
  const others = [...rules, ...(matchAt(BEFORE_COLON, text, at) === '' ? [] : WITH_COLON)].map((rule) => matchAt(rule, text, at));
  const longest = others.reduce((one, other) => (other.length > one.length ? other : one), first);
  const name = matchAt(NAME_RULE, text, at);
  return name.length >= longest.length && name !== '.' ? { kind: 'name', text: name } : { kind: 'other', text: longest };
}

/** The pattern of an IPv6 address with `before` groups in front of its double colon. The last two groups may be an IPv4 address. */
function shortened(before: number): string {
  const head = before === 0 ? ':' : `(?:${GROUP}:){${before}}`;
  const groups = before < 7 ? `(?::${GROUP}){1,${7 - before}}|` : '';
  const mixed = before < 6 ? `(?::${GROUP}){0,${5 - before}}:${IPV4}|` : '';
  return `${head}(?:${mixed}${groups}:)`;
}

function toRules(...sources: string[]): RegExp[] {
  return sources.map((source) => new RegExp(source, 'y'));
}
