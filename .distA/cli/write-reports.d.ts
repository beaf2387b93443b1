import type { Result } from '../model/result.js';
import type { ReporterRequest } from './parse-reporters.js';
/** Before a long run: that its reports can be written. @throws UsageError */
export declare function assertWritable(requests: ReporterRequest[]): Promise<void>;
/** Writes each report to standard output or to its file; one that fails does not take the others with it. */
export declare function writeReports(result: Result, requests: ReporterRequest[], hasColors: boolean): Promise<void>;
