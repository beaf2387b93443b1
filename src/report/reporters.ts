import { reportHuman } from './human.js';
import { reportJson } from './json.js';
import type { Reporter } from './reporter.js';

/** Every format, by the name that --reporter takes. */
export const REPORTERS = { human: reportHuman, json: reportJson } satisfies Record<string, Reporter>;

export type ReporterName = keyof typeof REPORTERS;
