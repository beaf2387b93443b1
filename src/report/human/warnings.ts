import type { Warning } from '../../model/result.js';
import { type Paint, wrap } from '../shared/paint.js';

/** Each warning, and below it its place and its code. */
export function showWarnings(warnings: Warning[], indent: string, paint: Paint): string[] {
  return warnings.flatMap(({ code, message, file, line, column }) => [
    wrap(`${paint.warn('warning:')} ${message}`, indent),
    `${indent}  ${paint.dim(`${file}:${line}:${column} · ${code}`)}`,
  ]);
}
