import { gzipSync } from 'node:zlib';
import type { Result } from '../../model/result.js';

/**
 * The document for the page: JSON, compressed, in base64. Base64 has no `<`, so no text can end the element that holds it. 2.2 MB of JSON
 * are 80 kB so.
 */
export function packResult(result: Result): string {
  return gzipSync(JSON.stringify(result)).toString('base64');
}
