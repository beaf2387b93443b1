import type { Note } from '../../model/result.js';
import { type Paint, wrap } from '../shared/paint.js';

/** Why rules did not do what was expected, a line for each. */
export function showNotes(notes: Note[], indent: string, paint: Paint): string[] {
  return notes.map(({ text }) => wrap(`${paint.bold('why not:')} ${text}`, indent));
}
