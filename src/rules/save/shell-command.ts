import { RuleError } from '../errors.js';

/** What a shell does by itself, and does not change a rule. */
const HARMLESS = ['set', ':', 'true'];
/** With these the shell runs no command that follows. */
const NOT_RUN = /^(?:-[a-zA-Z]*n[a-zA-Z]*|noexec)$/;
const OPENERS: ReadonlyMap<string, string> = new Map([
  ['for', 'a loop'],
  ['while', 'a loop'],
  ['until', 'a loop'],
  ['select', 'a loop'],
  ['if', 'a condition'],
  ['case', 'a condition'],
  ['function', 'a function'],
]);
/** The other words of loops and conditions. Their first word is a problem already. */
const FOLLOWERS = ['do', 'done', 'then', 'else', 'elif', 'fi', 'esac'];

/**
 * What a command of a script is for: a program with its arguments; nothing, if it changes no rule; or the end of the script.
 * @throws RuleError for a command that only a shell could run
 */
export function readShellCommand([first = '', ...rest]: string[]): { program: string; args: string[] } | 'nothing' | 'end' {
  if (first === 'sudo') {
    const [program = '', ...args] = rest;
    return { program, args };
  }
  if (first === 'exit') {
    return 'end';
  }
  const opened = OPENERS.get(first);
  if (opened !== undefined) {
    throw new RuleError(`"${first}" begins ${opened}, and loopfw runs no shell: write the iptables lines that it makes`);
  }
  if (first === 'set' && rest.some((word) => NOT_RUN.test(word))) {
    throw new RuleError(`"set ${rest.join(' ')}" makes the shell run nothing of what follows: leave the line out`);
  }
  const words = first === 'export' || first === 'readonly' ? rest : [first, ...rest];
  if (HARMLESS.includes(first) || FOLLOWERS.includes(first) || words.every((word) => /^\w+=/.test(word))) {
    return 'nothing';
  }
  return { program: first, args: rest };
}
