import { countNoun } from '../../words/phrases.js';
import { getRepositoryPath, type Pipeline } from '../shared/pipeline.js';

/** GitHub shows at most so many errors, warnings and notices of a step, of each. */
const MOST = 10;

/** A line of the log that GitHub shows at a line of a file. */
export interface Annotation {
  level: 'error' | 'warning' | 'notice';
  file: string | null;
  place: { line: number; column: number } | null;
  title: string;
  message: string;
}

/**
 * Commands for GitHub Actions, at most ten of a level.
 * https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions
 */
export function printAnnotations(annotations: Annotation[], pipeline: Pipeline | undefined): string {
  return (['error', 'warning', 'notice'] as const)
    .flatMap((level) => keepMost(annotations.filter((annotation) => annotation.level === level)))
    .map((annotation) => printCommand({ ...annotation, file: annotation.file && getRepositoryPath(annotation.file, pipeline) }))
    .join('');
}

/** The first ten; if there are more, the first nine and the number of the others. */
function keepMost(annotations: Annotation[]): Annotation[] {
  const [first] = annotations;
  if (first === undefined || annotations.length <= MOST) {
    return annotations;
  }
  const others = annotations.length - MOST + 1;
  const message = 'GitHub shows ten of a step. The log has all of them.';
  const more: Annotation = { level: first.level, file: null, place: null, title: `and ${countNoun(others, 'other')}`, message };
  return [...annotations.slice(0, MOST - 1), more];
}

function printCommand({ level, file, place, title, message }: Annotation): string {
  const properties = {
    ...(file === null ? {} : { file, ...(place === null ? {} : { line: `${place.line}`, col: `${place.column}` }) }),
    title,
  };
  const printed = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${level} ${printed.join(',')}::${escapeData(message)}\n`;
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** A command at the start of a line, and the older form, which GitHub takes anywhere in a line. */
const COMMANDS = /^([^\S\n]*):(?=:[a-z-]+( [^\n]*)?::)|##(?=\[)/gim;

/**
 * Takes their meaning from commands in the text of another report, which goes to the log of GitHub Actions. Names and messages come from
 * files: `::stop-commands::` in one of them would hide the annotations that follow.
 */
export function hideCommands(text: string): string {
  return text.replace(COMMANDS, (_, blanks: string | undefined) => (blanks === undefined ? '#\\u{23}' : `${blanks}\\u{3a}`));
}
