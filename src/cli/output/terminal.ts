/** The width of a terminal that does not report one. */
const USUAL_COLUMNS = 80;

/**
 * The columns of the terminal that standard output is; undefined if it is none. No shell exports COLUMNS by itself, so a program that finds
 * it in its environment is asked for this width, also in a pipe.
 */
export function getOutputColumns(): number | undefined {
  const asked = Number(process.env['COLUMNS']);
  const usual = Number.isInteger(asked) && asked > 0 ? asked : undefined;
  return process.stdout.isTTY ? process.stdout.columns || usual || USUAL_COLUMNS : usual;
}
