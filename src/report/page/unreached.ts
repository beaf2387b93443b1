import type { Unreached } from '../../model/result.js';
import { printInlineJson } from '../../words/inline-json.js';

/** Why no packet reached a rule: in words, and the lines of JSON to write for the probe that would. */
export function tellUnreached({ class: kind, why, probe, adds }: Unreached): { text: string; lines: string[] } {
  switch (kind) {
    case 'never':
      return { text: `can never match: ${why}`, lines: [] };
    case 'unsendable':
      return { text: `no probe reaches it: ${why}`, lines: [] };
    case 'unknown':
      return { text: why ?? '', lines: [] };
    case 'missing':
      return {
        text: 'a probe is missing:',
        lines: [
          printInlineJson(probe),
          ...Object.entries(adds ?? {}).map(([key, value]) => `${JSON.stringify(key)}: ${printInlineJson(value)}`),
        ],
      };
  }
}
