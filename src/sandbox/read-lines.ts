import type { Readable } from 'node:stream';

/**
 * Calls `onLine` with every complete line of a stream. node:readline is not used: it also ends a line at U+2028 and U+2029, which
 * JSON.stringify() leaves unescaped.
 */
export function readLines(stream: Readable, onLine: (line: string) => void): void {
  let pending: string[] = [];
  stream.setEncoding('utf8');
  stream.on('data', (chunk: string) => {
    const parts = chunk.split('\n');
    const last = parts.pop() ?? '';
    for (const part of parts) {
      onLine(pending.join('') + part);
      pending = [];
    }
    pending.push(last);
  });
}
