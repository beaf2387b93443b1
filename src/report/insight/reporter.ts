import type { Diff } from '../../model/insight/diff.js';
import type { ReportOptions } from '../shared/reporter.js';

/** Makes a report of a comparison, as a pure function. */
export type DiffReporter = (diff: Diff, options: Pick<ReportOptions, 'color' | 'columns' | 'pipeline'>) => string;
