// What a process outside the sandbox loads when it starts. Imports that are made on demand are left out here: `exec` loads its part of the
// kernel room when a program has to be started.
import walls from './.dependency-cruiser.js';

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    {
      name: 'outside-without-libc',
      comment:
        "The command line and the library make no system call of their own: koffi takes 10 ms to load, and a wrong call would end the user's process.",
      severity: 'error',
      from: { path: '^src/((bin|index)\\.ts$|cli/|input/|plan/|run/|verdict/|report/)' },
      to: { path: '^src/kernel/libc\\.ts$', reachable: true },
    },
  ],
  options: { ...walls.options, exclude: { dynamic: true } },
};
