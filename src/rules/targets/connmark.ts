import type { RuleOption } from '../../model/rule.js';
import type { Stability, TargetExtension } from '../extension.js';
import { RuleError } from '../rule-error.js';
import { hex } from '../values/hex.js';
import { setMarkOptions } from '../values/set-mark.js';
import { withDefaults } from '../with-defaults.js';

const mask = hex('a mask', 0xffffffff);
const COMMANDS = [...setMarkOptions.map(({ flag }) => flag), '--save-mark', '--restore-mark'];
const withMasks = withDefaults({ '--nfmask': '0xffffffff', '--ctmask': '0xffffffff' });

function isCopy(options: RuleOption[]): boolean {
  return options.some(({ flag }) => flag === '--save-mark' || flag === '--restore-mark');
}

/** The stability of CONNMARK. An earlier packet of the flow may have saved the mark that --restore-mark restores. */
function getStability(options: RuleOption[]): Stability {
  const has = (flag: string) => options.some((option) => option.flag === flag);
  return has('--restore-mark') ? 'moment' : has('--save-mark') ? 'mark' : 'packet';
}

/** iptables-extensions(8), CONNMARK. */
export const connmark: TargetExtension = {
  stability: getStability,
  verdict: 'continue',
  effect: 'mark',
  isPlain: false,
  least: 1,
  most: 3,
  alternatives: [COMMANDS, ['--mask', '--nfmask'], ['--mask', '--ctmask']],
  options: [
    ...setMarkOptions,
    { flag: '--save-mark', values: [], negatable: false },
    { flag: '--restore-mark', values: [], negatable: false },
    { flag: '--nfmask', values: [mask], negatable: false },
    { flag: '--ctmask', values: [mask], negatable: false },
    { flag: '--mask', values: [mask], negatable: false },
  ],
  complete(options) {
    const [both] = options.filter(({ flag }) => flag === '--mask');
    const split = both === undefined ? [] : ['--nfmask', '--ctmask'].map((flag) => ({ ...both, flag }));
    const given = [...options.filter(({ flag }) => flag !== '--mask'), ...split];
    return isCopy(options) ? withMasks(given) : given;
  },
  assertFits(options) {
    if (!options.some(({ flag }) => COMMANDS.includes(flag))) {
      throw new RuleError(`CONNMARK needs one of ${COMMANDS.join(', ')}`);
    }
    if (options.length > 1 && !isCopy(options)) {
      throw new RuleError('masks go with --save-mark and --restore-mark only: write VALUE/MASK');
    }
  },
};
