import type { RuleOption } from '../../model/rule.js';
import type { Extension } from '../extension.js';
import { integer } from '../values/integer.js';
import { rate } from '../values/rate.js';
import { unlessDefault, withDefaults } from '../with-defaults.js';

/** The kernel of the legacy back end counts up to a day, or little more: how long depends on its clock (net/netfilter/xt_limit.c, user2credits). */
const DAY = 86400;
const SECONDS: Record<string, number> = { day: DAY, hour: 3600, min: 60, sec: 1 };

function getSeconds(options: RuleOption[]): number {
  const get = (flag: string) => options.find((option) => option.flag === flag)?.values[0];
  const [count, unit = 'sec'] = get('--limit')?.split('/') ?? [];
  return (Number(get('--limit-burst') ?? 5) * (SECONDS[unit] ?? 1)) / Number(count);
}

/** iptables-extensions(8), limit. */
export const limit: Extension = {
  dependsOnHistory: true,
  least: 0,
  most: 2,
  options: [
    { flag: '--limit', values: [rate(10_000n)], negatable: false },
    { flag: '--limit-burst', values: [integer('a number of packets', 1, 10_000)], negatable: false, simplify: unlessDefault('5') },
  ],
  getUnsupported: (options, _rule, backend) =>
    backend === 'legacy' && getSeconds(options) > DAY ? 'the legacy back end cannot hold a limit whose burst takes more than a day' : null,
  complete: withDefaults({ '--limit': '3/hour' }),
};
