import { styleText } from 'node:util';
import type { Status } from '../../model/result.js';

/**
 * The types for Node.js 20 lack the option. Without it, styleText checks the terminal and the environment, but loopfw has already done so.
 */
const style = styleText as (format: Format, text: string, options: { validateStream: false }) => string;

type Format = Parameters<typeof styleText>[0];

type Style = (text: string) => string;

export interface Paint {
  bold: Style;
  dim: Style;
  fail: Style;
  warn: Style;
  mark(status: Status): string;
  /** The name of a status, or another text, in the colour of the status. */
  status(status: Status, text?: string): string;
}

const STATUSES = {
  passed: { mark: '✔', format: 'green' },
  failed: { mark: '✖', format: 'red' },
  inconclusive: { mark: '?', format: 'yellow' },
  error: { mark: '!', format: 'magenta' },
} as const satisfies Record<Status, { mark: string; format: string }>;

export function getMark(status: Status): string {
  return STATUSES[status].mark;
}

/** Styles for a report, with or without colour. Without colour, the marks still show the status. */
export function makePaint(color: boolean): Paint {
  const paint = (format: Format, text: string) => (color ? style(format, text, { validateStream: false }) : text);
  return {
    bold: (text) => paint('bold', text),
    dim: (text) => paint('dim', text),
    fail: (text) => paint('red', text),
    warn: (text) => paint('yellow', text),
    mark: (status) => paint(STATUSES[status].format, getMark(status)),
    status: (status, text = status) => paint(STATUSES[status].format, text),
  };
}
