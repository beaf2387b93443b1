import type { Result, RuleResult, ScenarioResult } from '../../model/result.js';
import { makeHarmless } from '../../words/harmless.js';

/**
 * How many packets each line of rules met, as a tracefile of lcov (geninfo(1)): one record for each rule set file, and for each scenario file
 * with rules of its own. A line that several scenarios use has the sum. Rules without a counter, and without a line, are left out.
 */
export function reportLcov({ scenarios }: Pick<Result, 'scenarios'>): string {
  const files = new Map<string, Map<number, number>>();
  for (const scenario of scenarios) {
    for (const { file, line, packets } of scenario.rules.flatMap((rule) => locate(rule, scenario))) {
      const lines = files.get(file) ?? new Map<number, number>();
      files.set(file, lines.set(line, (lines.get(line) ?? 0) + packets));
    }
  }
  return [...files].map(([file, lines]) => printRecord(file, [...lines])).join('');
}

function locate(rule: RuleResult, scenario: ScenarioResult): { file: string; line: number; packets: number }[] {
  const { packets, file, line, scenarioLine } = rule;
  const place = file === null ? { file: scenario.file, line: scenarioLine ?? null } : { file, line };
  return packets === null || place.line === null ? [] : [{ file: place.file, line: place.line, packets }];
}

function printRecord(file: string, lines: [line: number, packets: number][]): string {
  const sorted = lines.toSorted(([one], [other]) => one - other);
  const hit = sorted.filter(([, packets]) => packets > 0).length;
  return [
    'TN:',
    `SF:${makeHarmless(file)}`,
    ...sorted.map(([line, packets]) => `DA:${line},${packets}`),
    `LF:${sorted.length}`,
    `LH:${hit}`,
    'end_of_record\n',
  ].join('\n');
}
