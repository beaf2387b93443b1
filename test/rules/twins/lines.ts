// The lines that both programs get.
import type { Family, Table } from '../../../src/model/rule.js';
import { makeGeneralLines } from './general-lines.js';
import { makeRandomLines } from './random-lines.js';
import { makeRowLines } from './row-lines.js';

/** A line of a file for iptables-restore. */
export interface Line {
  table: Table;
  /** With its -A, in words that iptables-restore reads. */
  text: string;
  /** What it is about: a match, a target or an option, and how it is written. */
  about: string;
  /** Whether it is something else than a rule. It then cannot be with others in one file. */
  isAlone?: true;
}

/** How many lines there are for each that is tried in the usual test. */
const STEP = 40;

/** @param isWhole whether all are wanted, instead of a sample that is the same each time */
export function makeLines(family: Family, isWhole: boolean): Line[] {
  const all = [...makeGeneralLines(family), ...makeRowLines(family)];
  return [...(isWhole ? all : all.filter((_, place) => place % STEP === 0)), ...makeRandomLines(family, isWhole ? 100 : 3)];
}
