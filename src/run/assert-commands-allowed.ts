import { SpecError } from '../errors.js';
import type { Diagnostic } from '../model/diagnostic.js';
import type { Scenario } from '../model/scenario.js';

/**
 * Checks that no scenario runs a program without the caller's permission.
 * @throws SpecError for each server that is a program
 */
export function assertCommandsAllowed(scenarios: Scenario[]): void {
  const diagnostics = scenarios.flatMap(({ file, servers }) =>
    servers.flatMap(({ name, command }): Diagnostic[] => {
      if (command === null) {
        return [];
      }
      const { line, column, pointer, args } = command;
      const message = `server ${JSON.stringify(name)} is a program, ${args[0]}, and runs only with --allow-commands (LOOPFW_ALLOW_COMMANDS=1; in the library: allowCommands)`;
      return [{ file, line, column, pointer, message }];
    }),
  );
  if (diagnostics.length > 0) {
    throw new SpecError(diagnostics);
  }
}
