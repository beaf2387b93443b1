import type { Mutant, MutantStatus, MutatedRule, Mutation } from '../../model/insight/mutation.js';
import { joinMutants } from './mutation-counts.js';
import { tellSeen, toLines } from './mutation.js';

/** The words of the schema for what became of a mutant. */
const STATUSES: Record<MutantStatus, string> = {
  noticed: 'Killed',
  unnoticed: 'Survived',
  equivalent: 'Ignored',
  untested: 'NoCoverage',
  invalid: 'CompileError',
  unsure: 'RuntimeError',
};
/** Where the colours of a score change. */
const THRESHOLDS = { high: 80, low: 60 };

/** Mutants in the format of mutation-testing-report-schema 2, which the tools around it read: pages, badges, comparisons. */
export interface MutationDocument {
  schemaVersion: '2';
  thresholds: typeof THRESHOLDS;
  framework: { name: 'loopfw'; version: string };
  files: Record<string, { language: string; source: string; mutants: unknown[] }>;
  testFiles: Record<string, { source?: string; tests: unknown[] }>;
}

/** The report of `loopfw mutate` for programs. */
export function toMutationDocument(mutation: Mutation, version: string): MutationDocument {
  const { scenarios, files } = mutation;
  const mutants = joinMutants(mutation).map((mutant, place) => ({ id: String(place), mutant }));
  const paths = [...new Set(mutants.map(({ mutant }) => mutant.rule.file))];
  const tested = [...new Set(scenarios.map(({ file }) => file))];
  return {
    schemaVersion: '2',
    thresholds: THRESHOLDS,
    framework: { name: 'loopfw', version },
    files: Object.fromEntries(
      paths.map((path) => {
        const source = files.get(path) ?? '';
        const lines = source.split(/\r\n|\n|\r/);
        const own = mutants.filter(({ mutant }) => mutant.rule.file === path);
        return [path, { language: 'bash', source, mutants: own.map(({ id, mutant }) => toResult(id, mutant, lines)) }];
      }),
    ),
    testFiles: Object.fromEntries(
      tested.map((path) => {
        const probes = scenarios.filter(({ file }) => file === path).flatMap((scenario) => scenario.probes);
        const tests = probes.map(({ id, name, line, column }) => ({ id, name, location: { start: { line, column } } }));
        return [path, { source: files.get(path) ?? '', tests }];
      }),
    ),
  };
}

function toResult(id: string, mutant: Mutant, lines: string[]): Record<string, unknown> {
  const { rule, mutator, change, text, status, why, met, noticedBy, suggestion } = mutant;
  const [start, end] = locate(rule, lines);
  const reason = why ?? (suggestion === null ? null : [...toLines(suggestion), tellSeen(suggestion)].join('\n'));
  return {
    id,
    mutatorName: mutator,
    description: `what if the rule ${change}?`,
    // A file has the table of its rules elsewhere.
    replacement: text.replace(/^(?:ip6tables )?(?:-t \S+ )?/, ''),
    location: { start, end },
    status: STATUSES[status],
    ...(reason === null ? {} : { statusReason: reason }),
    coveredBy: met,
    killedBy: noticedBy,
  };
}

/** Where the rule stands in its line: from its first option on. */
function locate({ line, text }: MutatedRule, lines: string[]): { line: number; column: number }[] {
  const number = line ?? 1;
  const own = lines[number - 1] ?? '';
  const short = text.replace(/^(?:ip6tables(?:-\w+)? )?(?:-t \S+ )?/, '');
  const exact = own.indexOf(short);
  const first = exact >= 0 ? exact : Math.max(0, own.search(/-[AIP] |\S/));
  const last = exact >= 0 ? exact + short.length : own.trimEnd().length;
  return [first, Math.max(first, last)].map((column) => ({ line: number, column: column + 1 }));
}
