import { makeJsonHarmless } from '../words/harmless.js';
import { reportTap } from './ci/tap.js';
import { reportHuman } from './human/human.js';
import type { Reporter } from './shared/reporter.js';

/** The result document itself (schema/result.json). Characters that could control a terminal or deceive a reader are escaped. */
export const reportJson: Reporter = (result) => `${makeJsonHarmless(JSON.stringify(result, null, 2))}\n`;

/** All formats by their names for --reporter. */
export const REPORTERS = { human: reportHuman, json: reportJson, tap: reportTap } satisfies Record<string, Reporter>;

export type ReporterName = keyof typeof REPORTERS;
