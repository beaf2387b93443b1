import { styleText } from 'node:util';
import type { Status } from '../model/result.js';

type Style = (text: string) => string;

export interface Paint {
  bold: Style;
  dim: Style;
  fail: Style;
  warn: Style;
  mark(status: Status): string;
  status(status: Status): string;
}

const STATUSES = {
  passed: { mark: '✔', format: 'green' },
  failed: { mark: '✖', format: 'red' },
  inconclusive: { mark: '?', format: 'yellow' },
  error: { mark: '!', format: 'magenta' },
} as const satisfies Record<Status, { mark: string; format: string }>;

/** Colours where they are wanted; the marks tell the statuses apart without them. */
export function makePaint(color: boolean): Paint {
  // One format at a time: given a list, Node 20 ignores NO_COLOR. That was asked before; here the answer is final.
  const style = (format: Parameters<typeof styleText>[0], text: string) => (color ? styleText(format, text) : text);
  return {
    bold: (text) => style('bold', text),
    dim: (text) => style('dim', text),
    fail: (text) => style('red', text),
    warn: (text) => style('yellow', text),
    mark: (status) => style(STATUSES[status].format, STATUSES[status].mark),
    status: (status) => style(STATUSES[status].format, status),
  };
}
