import type { Environment } from '../model/result.js';
import type { ResultFile } from '../model/result-file.js';
import { makeHarmless } from '../words/harmless.js';

/** The values that must be equal in all parts of a run. For iptables it is the version only: the back end depends on the scenario. */
const ASPECTS: Record<keyof Environment, (environment: Environment) => string | null> = {
  loopfw: ({ loopfw }) => loopfw,
  node: ({ node }) => node,
  kernel: ({ kernel }) => kernel,
  iptables: ({ iptables }) => (iptables === null ? null : [...new Set(iptables.replaceAll(/ \(\w+\)/g, '').split(', '))].join(', ')),
  rootless: ({ rootless }) => String(rootless),
};

/** One line for each value of the environment that differs: `kernel differs: 6.1.0 in a.json and b.json, 6.2.0 in c.json`. */
export function describeDifferences(documents: ResultFile[]): string[] {
  return Object.entries(ASPECTS).flatMap(([aspect, getValue]) => {
    const files = new Map<string, string[]>();
    for (const { file, result } of documents) {
      const value = getValue(result.environment);
      if (value !== null) {
        files.set(value, [...(files.get(value) ?? []), file]);
      }
    }
    const parts = [...files].map(([value, names]) => `${value} in ${names.join(' and ')}`);
    return parts.length < 2 ? [] : [makeHarmless(`${aspect} differs: ${parts.join(', ')}`)];
  });
}
