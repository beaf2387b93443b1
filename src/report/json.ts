import { makeJsonHarmless } from '../words/harmless.js';
import type { Reporter } from './reporter.js';

/** The result document itself (schema/result.json). What could steer a terminal or deceive a reader is escaped. */
export const reportJson: Reporter = (result) => `${makeJsonHarmless(JSON.stringify(result, null, 2))}\n`;
