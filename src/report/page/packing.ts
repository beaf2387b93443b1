import { gzipSync } from 'node:zlib';
import type { Result } from '../../model/result.js';
import { type Json, toTable } from './value-table.js';

/**
 * The document for the page: a table of its values, compressed, in base64. Base64 has no `<`, so no text can end the element that holds it.
 */
export function packResult(result: Result): string {
  // Through JSON, members that are undefined are left out.
  const table = toTable(JSON.parse(JSON.stringify(result)) as Json);
  return gzipSync(JSON.stringify(table)).toString('base64');
}
