import { makeJsonHarmless } from '../words/harmless.js';
import type { Reporter } from './reporter.js';

/** The result document itself (schema/result.json). Characters that could control a terminal or deceive a reader are escaped. */
export const reportJson: Reporter = (result) => `${makeJsonHarmless(JSON.stringify(result, null, 2))}\n`;
