import { USUAL_MATCH, type MatchExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { choice } from '../values/choice.js';
import { integer } from '../values/integer.js';
import { withDefaults } from '../with-defaults.js';

/** The kernel stores a probability in 31 bits. iptables-save prints it with eleven decimals. */
const SCALE = 2 ** 31;

function probability(text: string): string {
  if (!/^(0(\.\d{1,20})?|1(\.0{1,20})?|\.\d{1,20})$/.test(text)) {
    throw new RuleError(`"${text}" is not a probability: a decimal number from 0 to 1`);
  }
  return (Math.round(Number(text) * SCALE) / SCALE).toFixed(11);
}

/** iptables-extensions(8), statistic. */
export const statistic: MatchExtension = {
  ...USUAL_MATCH,
  stability: (options) => (options.some(({ flag }) => flag === '--every') ? 'memory' : 'moment'),
  least: 2,
  most: 3,
  alternatives: [
    ['--probability', '--every'],
    ['--probability', '--packet'],
  ],
  options: [
    { flag: '--mode', values: [choice('a mode', ['random', 'nth'])], negatable: false },
    { flag: '--probability', values: [probability], negatable: true },
    { flag: '--every', values: [integer('a number of packets', 1, 0xffffffff)], negatable: true },
    { flag: '--packet', values: [integer('a number of packets', 0, 0xfffffffe)], negatable: false },
  ],
  complete(options) {
    const isNth = options.some(({ flag }) => flag === '--every');
    return isNth ? withDefaults({ '--packet': '0' })(options) : options;
  },
  assertFits(options) {
    const get = (flag: string) => options.find((option) => option.flag === flag)?.values[0];
    const isRandom = get('--mode') === 'random';
    if (get('--mode') === undefined || get(isRandom ? '--probability' : '--every') === undefined) {
      throw new RuleError('statistic needs --mode random with --probability, or --mode nth with --every');
    }
    if (!isRandom && Number(get('--packet')) >= Number(get('--every'))) {
      throw new RuleError(`--packet counts from 0 and must be less than --every`);
    }
  },
};
