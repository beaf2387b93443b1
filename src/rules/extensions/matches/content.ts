import type { RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, USUAL_MATCH } from '../../extension.js';
import { hexPattern, isUnmetU32, pattern, u32Tests } from '../../values/content.js';
import { choice } from '../../values/names.js';
import { integer } from '../../values/numbers.js';
import { unlessDefault } from '../../values/options.js';

const offset = integer('an offset', 0, 65535);

/** Writes printable text as --string and all other bytes as --hex-string, as iptables-save does. */
function simplifyPattern(option: RuleOption): RuleOption {
  const [text = ''] = option.values;
  return { ...option, flag: text.startsWith('|') && text.endsWith('|') && text.length > 2 ? '--hex-string' : '--string' };
}

/**
 * Whether the text is too long to match a value that changes in a retransmission. The match searches the whole packet from the first byte
 * of the network header (0). A retransmission has new values there: identification, checksums, timestamps. The bytes beside them are not
 * text. So five characters match only bytes that stay the same, unless the data is cut into other segments.
 */
function isLongText({ flag, values }: RuleOption): boolean {
  return flag === '--string' && (values[0] ?? '').length >= 5;
}

/** iptables-extensions(8), string. */
export const string: MatchExtension = {
  ...USUAL_MATCH,
  stability: (options) => (options.some(isLongText) ? 'segment' : 'moment'),
  least: 2,
  most: 5,
  alternatives: [['--string', '--hex-string']],
  options: [
    { flag: '--string', values: [pattern], negatable: true, simplify: simplifyPattern },
    { flag: '--hex-string', values: [hexPattern], negatable: true, simplify: simplifyPattern },
    { flag: '--algo', values: [choice('an algorithm', ['bm', 'kmp'])], negatable: false },
    { flag: '--from', values: [offset], negatable: false, simplify: unlessDefault('0') },
    { flag: '--to', values: [offset], negatable: false, simplify: unlessDefault('65535') },
    { flag: '--icase', values: [], negatable: false },
  ],
  assertFits(options) {
    const get = (flag: string) => options.find((option) => option.flag === flag)?.values[0];
    if (get('--algo') === undefined || (get('--string') ?? get('--hex-string')) === undefined) {
      throw new RuleError('string needs --algo, and --string or --hex-string');
    }
    if (Number(get('--from') ?? 0) > Number(get('--to') ?? 65535)) {
      throw new RuleError('--from is behind --to: it would never match');
    }
  },
};

/** iptables-extensions(8), u32. */
export const u32: MatchExtension = {
  ...USUAL_MATCH,
  stability: 'moment',
  nftBytes: 2100,
  least: 1,
  most: 1,
  options: [{ flag: '--u32', values: [u32Tests], negatable: true }],
  findUnmet: (options) => options.find(({ negated, values }) => !negated && isUnmetU32(values[0] ?? '')),
};
