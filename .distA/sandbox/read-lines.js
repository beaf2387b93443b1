/**
 * Calls `onLine` with every complete line of a stream. Not node:readline, which also ends a line at U+2028 and U+2029, and
 * JSON.stringify leaves those as they are.
 */
export function readLines(stream, onLine) {
    let pending = [];
    stream.setEncoding('utf8');
    stream.on('data', (chunk) => {
        const parts = chunk.split('\n');
        const last = parts.pop() ?? '';
        for (const part of parts) {
            onLine(pending.join('') + part);
            pending = [];
        }
        pending.push(last);
    });
}
