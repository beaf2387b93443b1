// A question about one probe in a world with lo alone.
import type { Question } from '../../src/predict/predict.js';
import { readRules } from '../../src/predict/scenario.js';
import { readIpset } from '../../src/predict/world/ipset.js';
import { parseIpsetSave } from '../../src/rules/ipsets/save.js';
import { parseRuleText } from '../../src/rules/language/rule-text.js';
import { toDigits } from '../../src/rules/values/address-range.js';

export interface Asked {
  protocol?: 'tcp' | 'udp' | 'icmp';
  from?: string;
  to?: string;
  port?: number;
  payload?: string | null;
  isFresh?: boolean;
  /** As ipset save prints them. */
  ipsets?: string;
  writtenIpset?: string;
}

/** Thursday. */
const CLOCK: [Date, Date] = [new Date('2026-11-26T23:50:00Z'), new Date('2026-11-26T23:52:00Z')];

/** A world with lo alone, and a server on each address of 127.0.0.0/8 and on ::1, port 80. */
export function makeQuestion(
  rules: string[],
  {
    protocol = 'tcp',
    from = '127.0.0.1',
    to = '127.0.0.2',
    port = 80,
    payload = null,
    isFresh = false,
    ipsets = '',
    writtenIpset,
  }: Asked = {},
): Question {
  const family = to.includes(':') ? ('ipv6' as const) : ('ipv4' as const);
  const hasPorts = protocol !== 'icmp';
  return {
    ...{ isFresh, clock: CLOCK },
    ruleSets: readRules(
      rules.map((text, index) => ({
        index,
        name: null,
        text,
        file: null,
        line: null,
        backend: text.includes('-legacy') ? ('legacy' as const) : null,
        entries: [parseRuleText(text)],
      })),
      'nft',
    ),
    network: {
      local: [
        ['7f000000', '7ffffffe'],
        [toDigits('::1'), toDigits('::1')],
      ],
      interfaces: [],
      ...{ localnet: [], broadcasts: ['7fffffff'], routes: [], rules: [] },
      listeners: (['tcp', 'udp'] as const).map((each) => ({
        protocol: each,
        address: null,
        family,
        ports: [80, 80],
        via: null,
        banner: null,
      })),
      ipsets: parseIpsetSave(ipsets).sets.map((set) => readIpset(set, set.name === writtenIpset)),
      forwards: { ipv4: false, ipv6: false },
      unmodelled: null,
    },
    probe: {
      ...{
        protocol,
        family,
        via: null,
        attempts: 2,
        timeoutMs: 2500,
        isReading: false,
        sender: { user: 7, group: 7 },
        server: { user: 0, group: 0 },
      },
      source: { address: toDigits(from), ports: hasPorts ? [32768, 60999] : null },
      destination: { address: toDigits(to), ports: hasPorts ? [port, port] : null },
      payload: protocol === 'tcp' ? payload : (payload ?? 'hello'),
    },
  };
}
