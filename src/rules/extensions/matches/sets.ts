import type { RuleOption } from '../../../model/rule.js';
import { RuleError } from '../../errors.js';
import { type MatchExtension, USUAL_MATCH } from '../../extension.js';
import { getSetMemory, setDirections, setName } from '../../values/names.js';
import { integer, MOST_64 } from '../../values/numbers.js';

/** The kernel's counters have 64 bits. */
const count = integer('a number', 0, MOST_64);

const PACKETS = ['--packets-eq', '--packets-lt', '--packets-gt'];
const BYTES = ['--bytes-eq', '--bytes-lt', '--bytes-gt'];

/** Leaves out what iptables-save leaves out: only the negated form has an effect. */
function unlessPlain(option: RuleOption): RuleOption | null {
  return option.negated ? option : null;
}

/**
 * iptables-extensions(8), set. What it finds is the same for a retransmission, unless a rule or time changes the set: the plan knows that
 * (plan/ipsets.ts).
 */
export const set: MatchExtension = {
  ...USUAL_MATCH,
  isPlain: true,
  stability(options) {
    if (options.some(({ flag }) => PACKETS.includes(flag) || BYTES.includes(flag))) {
      return 'memory';
    }
    // The second part of an element may be the packet's mark (hash:ip,mark).
    return options.some(({ flag, values }) => flag === '--match-set' && values[1]?.includes(',') === true) ? 'mark' : 'packet';
  },
  memoryName: (options) => getSetMemory(options.find(({ flag }) => flag === '--match-set')?.values[0] ?? ''),
  least: 1,
  most: 6,
  alternatives: [PACKETS, BYTES],
  options: [
    { flag: '--match-set', aliases: ['--set'], values: [setName, setDirections], negatable: true },
    { flag: '--return-nomatch', values: [], negatable: false },
    { flag: '--update-counters', values: [], negatable: true, simplify: unlessPlain },
    { flag: '--update-subcounters', values: [], negatable: true, simplify: unlessPlain },
    ...[...PACKETS, ...BYTES].map((flag) => ({ flag, values: [count], negatable: flag.endsWith('-eq') })),
  ],
  assertFits(options) {
    if (!options.some(({ flag }) => flag === '--match-set')) {
      throw new RuleError('set needs --match-set NAME src (or dst, or src,dst …)');
    }
  },
};
