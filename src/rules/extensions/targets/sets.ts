import type { RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import type { TargetExtension } from '../../extension.js';
import { getSetMemory, setDirections, setName } from '../../values/names.js';
import { integer } from '../../values/numbers.js';

const CHANGES = ['--add-set', '--del-set'];
const COMMANDS = [...CHANGES, '--map-set'];
const MAPS = ['--map-mark', '--map-prio', '--map-queue'];

/** The options that need another option. */
const NEEDS: Record<string, string[]> = {
  '--exist': ['--add-set'],
  '--timeout': ['--add-set'],
  '--map-set': MAPS,
  ...Object.fromEntries(MAPS.map((flag) => [flag, ['--map-set']])),
};

function has(options: RuleOption[], flags: string[]): boolean {
  return options.some(({ flag }) => flags.includes(flag));
}

/** iptables-extensions(8), SET. */
export const set: TargetExtension = {
  stability: (options) => (has(options, CHANGES) ? 'memory' : 'packet'),
  memoryNames: (options) => options.filter(({ flag }) => COMMANDS.includes(flag)).map(({ values: [name = ''] }) => getSetMemory(name)),
  verdict: 'continue',
  effect: (options) => (!has(options, ['--map-set']) ? 'none' : has(options, CHANGES) ? 'fate' : 'mark'),
  isPlain: false,
  least: 1,
  most: 8,
  place(options) {
    if (!has(options, ['--map-set'])) {
      return {};
    }
    return { tables: ['mangle'], ...(has(options, ['--map-prio', '--map-queue']) ? { chains: ['FORWARD', 'OUTPUT', 'POSTROUTING'] } : {}) };
  },
  options: [
    { flag: '--add-set', values: [setName, setDirections], negatable: false },
    { flag: '--exist', values: [], negatable: false },
    { flag: '--timeout', values: [integer('a number of seconds', 0, 0xfffffffe)], negatable: false },
    { flag: '--del-set', values: [setName, setDirections], negatable: false },
    { flag: '--map-set', values: [setName, setDirections], negatable: false },
    ...MAPS.map((flag) => ({ flag, values: [], negatable: false })),
  ],
  assertFits(options) {
    if (!has(options, COMMANDS)) {
      throw new RuleError(`SET needs one of ${COMMANDS.join(', ')}`);
    }
    for (const { flag } of options) {
      const needed = NEEDS[flag];
      if (needed !== undefined && !has(options, needed)) {
        throw new RuleError(`${flag} needs ${needed.join(' or ')}`);
      }
    }
  },
};
