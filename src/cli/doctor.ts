import { reportDoctor } from '../report/doctor.js';
import { examine } from '../run/examine.js';
import { assertOutputOpen } from './assert-output-open.js';
import { EXIT_CODES } from './exit-codes.js';

/** `loopfw doctor`: prints one line for each thing that loopfw needs of this machine. Returns the exit code. */
export async function doctorCommand(hasColors: boolean): Promise<number> {
  assertOutputOpen();
  const examination = await examine();
  process.stdout.write(reportDoctor(examination, { color: hasColors }));
  return examination.usable ? EXIT_CODES.passed : EXIT_CODES.environment;
}
