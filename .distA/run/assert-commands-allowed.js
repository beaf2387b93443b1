import { SpecError } from '../errors.js';
/** @throws SpecError where a scenario would run a program of its own and the caller has not said that it may */
export function assertCommandsAllowed(scenarios) {
    const diagnostics = scenarios.flatMap(({ file, servers }) => servers.flatMap(({ name, command }) => {
        if (command === null) {
            return [];
        }
        const { line, column, pointer, args } = command;
        const message = `server ${JSON.stringify(name)} is a program, ${args[0]}, and runs only with --allow-commands (LOOPFW_ALLOW_COMMANDS=1; in the library: allowCommands)`;
        return [{ file, line, column, pointer, message }];
    }));
    if (diagnostics.length > 0) {
        throw new SpecError(diagnostics);
    }
}
