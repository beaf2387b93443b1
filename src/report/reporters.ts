import { reportHuman } from './human.js';
import { reportJson } from './json.js';
import type { Reporter } from './reporter.js';
import { reportTap } from './tap.js';

/** All formats by their names for --reporter. */
export const REPORTERS = { human: reportHuman, json: reportJson, tap: reportTap } satisfies Record<string, Reporter>;

export type ReporterName = keyof typeof REPORTERS;
