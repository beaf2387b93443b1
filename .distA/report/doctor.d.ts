import type { Examination } from '../model/examination.js';
import type { ReportOptions } from './reporter.js';
/** For people: a line a capability, and below what does not work what is lost and how to mend it. */
export declare function reportDoctor(examination: Examination, { color }: ReportOptions): string;
