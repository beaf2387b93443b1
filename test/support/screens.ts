// Compares the screen of a document with what a command has printed.
import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Whether a command has printed what the document shows. The line ends of prose are not compared: they move with the width of a time.
 * @param leavesOut the document may leave lines out without a mark
 */
export function isPrinted(shown: string[], printed: string[], leavesOut: boolean): boolean {
  return leavesOut ? hasInOrder(printed, shown) : toPattern(shown).test(toText(printed));
}

function hasInOrder(printed: string[], shown: string[]): boolean {
  const rest = printed.map(normalize);
  return shown.every((line) => {
    const place = rest.indexOf(normalize(line));
    rest.splice(0, place + 1);
    return line === '' || line === '…' || place !== -1;
  });
}

function toPattern(shown: string[]): RegExp {
  const parts = shown.join('\n').split(/^…$/m);
  return new RegExp(`^${parts.map((part) => toText(part.split('\n')).replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('.*')}$`);
}

function toText(lines: string[]): string {
  return lines
    .map(normalize)
    .filter((line) => line !== '')
    .join(' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Without what differs from run to run: times, and with them the blanks before the right edge; ports that were free, versions. */
export function normalize(line: string): string {
  return line
    .replace(/\d+(\.\d+)? m?s\b/g, '# s')
    .replace(/(:|port )(3[2-9]|[456]\d)\d{3}\b/g, '$1#')
    .replace(/v\d+\.\d+\.\d+/g, 'v#')
    .replace(/(\S) {2,}/g, '$1  ')
    .trimEnd();
}

/** Writes what a command has printed into the document. A screen ends where the block ends, or with the next command. */
export function replaceScreen(path: string, command: string, shown: string[], printed: string[]): void {
  const text = readFileSync(path, 'utf8');
  const screen = ['', `$ ${command}`, ...shown].join('\n');
  const end = ['\n```', '\n$ ', '\n\n$ '].find((next) => text.includes(`${screen}${next}`)) ?? '';
  writeFileSync(
    path,
    text.replace(`${screen}${end}`, () => ['', `$ ${command}`, ...printed].join('\n') + end),
  );
}
