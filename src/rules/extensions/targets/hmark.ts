import type { Family, RuleOption } from '../../../model/rule.js';
import { ADDRESS_BITS } from '../../../words/addresses.js';
import { RuleError } from '../../errors.js';
import type { OptionRow, TargetExtension, ValueParser } from '../../extension.js';
import { nameList } from '../../values/names.js';
import { hex, integer } from '../../values/numbers.js';

const MOST = 0xffffffff;
const tuple = nameList('a part of the tuple', ['SRC', 'DST', 'SPORT', 'DPORT', 'PROTO', 'SPI', 'CT']);
const prefix: ValueParser = (text, family) => integer('a prefix length', 0, ADDRESS_BITS[family])(text);
/** What the kernel refuses together. A value of one kind goes with a mask of the other. */
const EXCLUSIVE = [
  { spi: '--hmark-spi', ports: ['--hmark-sport', '--hmark-dport'] },
  { spi: '--hmark-spi-mask', ports: ['--hmark-sport-mask', '--hmark-dport-mask'] },
];

/** What iptables-save writes instead of each part of --hmark-tuple. */
const PARTS: Record<string, (family: Family) => [flag: string, value: string]> = {
  src: (family) => ['--hmark-src-prefix', String(ADDRESS_BITS[family])],
  dst: (family) => ['--hmark-dst-prefix', String(ADDRESS_BITS[family])],
  sport: () => ['--hmark-sport-mask', '0xffff'],
  dport: () => ['--hmark-dport-mask', '0xffff'],
  proto: () => ['--hmark-proto-mask', '0xffff'],
  spi: () => ['--hmark-spi-mask', '0xffffffff'],
  ct: () => ['--hmark-tuple', 'ct'],
};

/** Writes --hmark-tuple as the options for which it stands. */
function complete(options: RuleOption[], family: Family): RuleOption[] {
  return options.flatMap((option) => {
    if (option.flag !== '--hmark-tuple') {
      return [option];
    }
    const parts = option.values[0]?.split(',') ?? [];
    return parts.flatMap((part) => {
      const [flag = '', value = ''] = PARTS[part]?.(family) ?? [];
      return [{ flag, negated: false, values: [value] }];
    });
  });
}

function assertFits(options: RuleOption[]): void {
  const flags = options.map(({ flag }) => flag);
  const twice = flags.find((flag, place) => flags.indexOf(flag) !== place);
  if (twice !== undefined) {
    throw new RuleError(`${twice} is given twice, once by --hmark-tuple`);
  }
  if (EXCLUSIVE.some(({ spi, ports }) => flags.includes(spi) && flags.some((flag) => ports.includes(flag)))) {
    throw new RuleError('HMARK takes an SPI or ports, not both');
  }
  const settings = ['--hmark-mod', '--hmark-rnd', '--hmark-offset'];
  if (!flags.includes('--hmark-mod') || !flags.includes('--hmark-rnd') || flags.every((flag) => settings.includes(flag))) {
    throw new RuleError('HMARK needs --hmark-mod, --hmark-rnd, and --hmark-tuple or another part of a packet');
  }
}

const plain = (flag: string, parse: ValueParser): OptionRow => ({ flag, values: [parse], negatable: false });

/** iptables-extensions(8), HMARK. The mark depends on the packet's headers, or on the flow's first packet. */
export const hmark: TargetExtension = {
  stability: (options) => (options.some(({ flag }) => flag === '--hmark-tuple') ? 'flow' : 'packet'),
  verdict: 'continue',
  effect: 'mark',
  isPlain: false,
  least: 0,
  most: 13,
  options: [
    plain('--hmark-src-prefix', prefix),
    plain('--hmark-dst-prefix', prefix),
    plain('--hmark-sport-mask', hex('a mask', 0xffff, 4)),
    plain('--hmark-dport-mask', hex('a mask', 0xffff, 4)),
    plain('--hmark-spi-mask', hex('a mask', MOST, 8)),
    plain('--hmark-sport', hex('a port', 0xffff, 4)),
    plain('--hmark-dport', hex('a port', 0xffff, 4)),
    plain('--hmark-spi', hex('an SPI', MOST, 8)),
    plain('--hmark-proto-mask', hex('a mask', 0xffff, 2)),
    plain('--hmark-rnd', hex('a number', MOST, 8)),
    plain('--hmark-mod', integer('a number', 1, MOST)),
    plain('--hmark-offset', integer('a number', 0, MOST)),
    plain('--hmark-tuple', (text) => tuple(text).toLowerCase()),
  ],
  complete,
  assertFits,
};
