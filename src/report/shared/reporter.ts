import type { Result } from '../../model/result.js';
import type { Pipeline } from './pipeline.js';

/** The versions of TAP, the Test Anything Protocol. */
export type TapVersion = 13 | 14;

/** Options of a report. Only `color` must be there; a format leaves out what it has no use for. */
export interface ReportOptions {
  /** Whether the text may contain colour (ANSI escape sequences). */
  color: boolean;
  /** The columns of the terminal that the human report is laid out for. Default: no terminal, nothing is wrapped or folded. */
  columns?: number | undefined;
  /** Whether the human report has everything: every probe, warning and packet, and what loopfw added to each world. */
  isVerbose?: boolean;
  /** Whether the human report has only what did not pass, and the counts. */
  isQuiet?: boolean;
  /** Whether warnings make the run fail (--strict). */
  countsWarnings?: boolean;
  /** Whether the human report lists the rules that no packet reached (--coverage). */
  listsCoverage?: boolean;
  /** The TAP version that the harness requests with TAP_VERSION. Default: 14. */
  tapVersion?: TapVersion;
  /** Where the report is read, if GitHub or GitLab reads it. */
  pipeline?: Pipeline | undefined;
}

/** Makes a report from the result document, as a pure function. The text is empty, or ends with a newline. */
export type Reporter = (result: Result, options: ReportOptions) => string;

/** A file of a report that is a folder. The name has no folder of its own. */
export interface ReportFile {
  name: string;
  text: string;
}

/** Makes a report of several files, as a pure function. The last file is the one to open: it is written when the others are there. */
export type FolderReporter = (result: Result, options: ReportOptions) => ReportFile[];
