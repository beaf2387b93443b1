import { reportDoctor } from '../../report/human/doctor.js';
import { examine } from '../../run/doctor/examine.js';
import { EXIT_CODES } from '../output/exit-codes.js';
import { assertOutputOpen } from '../output/standard-output.js';
import { getOutputColumns } from '../output/terminal.js';

/** `loopfw doctor`: prints one line for each thing that loopfw needs of this machine. Returns the exit code. */
export async function doctorCommand(hasColors: boolean): Promise<number> {
  assertOutputOpen();
  const examination = await examine();
  process.stdout.write(reportDoctor(examination, { color: hasColors, columns: getOutputColumns() }));
  return examination.usable ? EXIT_CODES.passed : EXIT_CODES.environment;
}
