import { describeValue } from '../../words/phrases.js';
import { readText } from '../files/read.js';
import { isObject } from '../json/document.js';
import { LONGEST_LINE, MOST_LINES } from './rules.js';

/** 1,000 lines of rules are smaller, unless most of them are long. */
const MOST_BYTES = 512 * 1024;
const LONGEST_NAME = 100;

/** What a student hands in. Nothing in it says how many probes passed: the rules are run again. */
export interface Submission {
  exercise: string;
  student: string;
  /** The lines of the student's file. */
  rules: string[];
}

/** A submission, and the names of the keys that it should not have. They are not read. */
export type ReadSubmission = { submission: Submission; ignored: string[] } | { problem: string };

export function printSubmission({ exercise, student, rules }: Submission): string {
  return `${JSON.stringify({ exercise, student, rules }, null, 2)}\n`;
}

/** Reads a file that a student may have written by hand: each key is checked, and no other file is opened for what it says. */
export async function readSubmission(path: string): Promise<ReadSubmission> {
  const read = await readText(path, { mostBytes: MOST_BYTES });
  return 'problem' in read ? read : parseSubmission(read.text);
}

export function parseSubmission(text: string): ReadSubmission {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { problem: 'no submission: expected what loopfw exercise --submit writes' };
  }
  if (!isObject(value)) {
    return { problem: `no submission: expected an object, found ${describeValue(value)}` };
  }
  const { exercise, student, rules, ...others } = value;
  if (isObject(exercise)) {
    return { problem: 'this is an exercise, no submission' };
  }
  if (typeof exercise !== 'string' || !/^[A-Za-z0-9_][\w.-]*$/.test(exercise) || exercise.length > LONGEST_NAME) {
    return { problem: `"exercise": expected the name of an exercise, found ${describeValue(exercise)}` };
  }
  if (typeof student !== 'string' || student.trim() === '' || student.length > LONGEST_NAME) {
    return { problem: `"student": expected a name of at most ${LONGEST_NAME} characters, found ${describeValue(student)}` };
  }
  if (!isLines(rules)) {
    return { problem: `"rules": expected at most ${MOST_LINES} lines of text` };
  }
  return { submission: { exercise, student, rules }, ignored: Object.keys(others) };
}

function isLines(value: unknown): value is string[] {
  return (
    Array.isArray(value) &&
    value.length <= MOST_LINES + 1 &&
    value.every((line) => typeof line === 'string' && line.length <= LONGEST_LINE && !/[\r\n]/.test(line))
  );
}
