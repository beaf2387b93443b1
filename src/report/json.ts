import type { Reporter } from './reporter.js';

/** The result document itself (schema/result.json). */
export const reportJson: Reporter = (result) => `${JSON.stringify(result, null, 2)}\n`;
