import type { RuleOption } from '../../model/rule.js';
import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { choice } from '../values/choice.js';
import { integer } from '../values/integer.js';
import { hexPattern, pattern } from '../values/pattern.js';
import { unlessDefault } from '../with-defaults.js';

const offset = integer('an offset', 0, 65535);

/** Printable text is a --string, everything else a --hex-string, as with iptables-save. */
function simplifyPattern(option: RuleOption): RuleOption {
  const [text = ''] = option.values;
  return { ...option, flag: text.startsWith('|') && text.endsWith('|') && text.length > 2 ? '--hex-string' : '--string' };
}

/**
 * The whole packet is searched, headers too (from 0, the first byte of the network header). What is new there in a retransmission
 * (identification, checksums, timestamps) has neighbours that are no text: five characters are found in what stays, where data is not cut anew.
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
