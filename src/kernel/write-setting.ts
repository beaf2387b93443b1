import { writeFileSync } from 'node:fs';
import { EnvironmentError } from '../errors.js';

/**
 * Sets a kernel setting of the calling thread's network namespace, by its sysctl(8) name.
 * @throws EnvironmentError where the machine does not allow it: in a container /proc/sys may be read-only
 */
export function writeSetting(name: string, value: string): void {
  try {
    writeFileSync(`/proc/sys/${name.replaceAll('.', '/')}`, value);
  } catch (error) {
    throw new EnvironmentError(`cannot set ${name} to ${value} in the world: ${error instanceof Error ? error.message : String(error)}`);
  }
}
