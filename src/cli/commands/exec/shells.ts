import { accessSync, constants } from 'node:fs';
import { basename, join } from 'node:path';

/** A file that a shell reads when it starts. */
interface StartFile {
  path: string;
  text: string;
}

/** What the start of a shell in a world needs. */
export interface ShellStart {
  command: string;
  args: string[];
  env: Record<string, string>;
  files: StartFile[];
}

/** What a shell's start depends on. */
export interface ShellPlace {
  /** The path of the shell. */
  shell: string;
  /** Whether a person types its commands. */
  isInteractive: boolean;
  /** A folder of its own, for the files. */
  folder: string;
  /** The folder with the command loopfw, which comes first in PATH. */
  commands: string;
  /** What the prompt begins with: letters, digits, blanks and - only. */
  name: string;
  hasColors: boolean;
  env: Record<string, string>;
}

/**
 * How each shell is started, so that it reads the user's own files first, and then gets its prompt and PATH. The user's files are not
 * changed. A shell whose standard input is no terminal reads none of them.
 */
const SHELLS: Record<string, (place: ShellPlace) => ShellStart> = {
  bash: (place) => {
    const path = join(place.folder, 'bashrc');
    // PROMPT_COMMAND of the user's file could set another prompt each time.
    const [on, off] = place.hasColors ? ['\\[\\e[1;33m\\]', '\\[\\e[0m\\]'] : ['', ''];
    const text = [
      '[ ! -r ~/.bashrc ] || . ~/.bashrc',
      putFirst(place),
      'unset PROMPT_COMMAND',
      `PS1=${quote(`${on}(${place.name})${off} \\w\\$ `)}`,
    ];
    return { command: place.shell, args: ['--rcfile', path], env: {}, files: [{ path, text: toText(text) }] };
  },
  zsh: (place) => {
    const { folder, env, hasColors, name } = place;
    const [on, off] = hasColors ? ['%B%F{yellow}', '%f%b'] : ['', ''];
    // zsh looks for each of its files in ZDOTDIR. The user's files see the user's own value.
    const own = env['ZDOTDIR'] === undefined ? 'unset ZDOTDIR' : `ZDOTDIR=${quote(env['ZDOTDIR'])}`;
    const read = (file: string) => [own, `[[ ! -r \${ZDOTDIR:-$HOME}/${file} ]] || . \${ZDOTDIR:-$HOME}/${file}`];
    const rc = [...read('.zshrc'), putFirst(place), 'precmd_functions=()', `PS1=${quote(`${on}(${name})${off} %~%# `)}`, 'unset RPS1'];
    return {
      command: place.shell,
      args: [],
      env: { ZDOTDIR: folder },
      files: [
        { path: join(folder, '.zshenv'), text: toText([...read('.zshenv'), `ZDOTDIR=${quote(folder)}`]) },
        { path: join(folder, '.zshrc'), text: toText(rc) },
      ],
    };
  },
  fish: (place) => {
    const colored = (style: string) => (place.hasColors ? `set_color ${style}; ` : '');
    const prompt = `${colored('--bold yellow')}echo -n ${quote(`(${place.name})`)}; ${colored('normal')}echo -n " "(prompt_pwd)"> "`;
    return {
      command: place.shell,
      args: ['-C', `set -gx PATH ${quote(place.commands)} $PATH; function fish_prompt; ${prompt}; end; set -g fish_greeting`],
      env: {},
      files: [],
    };
  },
  sh: planSh,
};

const BASH = ['/bin/bash', '/usr/bin/bash', '/usr/local/bin/bash'];

/** Shells that start as sh does: the variable ENV names their file (POSIX, sh). */
const LIKE_SH = ['dash', 'ash', 'ksh', 'mksh'];

function planSh(place: ShellPlace): ShellStart {
  const path = join(place.folder, 'shrc');
  const { ENV: own } = place.env;
  const before = own === undefined ? ['unset ENV'] : [`ENV=${quote(own)}`, '[ ! -r "$ENV" ] || . "$ENV"'];
  const text = [...before, putFirst(place), `PS1=${quote(`(${place.name}) $ `)}`];
  // dash gives the terminal back to the process group that had it, which is none of this pid namespace: its exit code would be 2. Below a
  // bash with job control it has a group of its own from the start.
  const bash = place.isInteractive ? BASH.find(isExecutable) : undefined;
  const start =
    bash === undefined ? { command: place.shell, args: [] } : { command: bash, args: ['-c', 'set -m; "$0" "$@"; exit $?', place.shell] };
  return { ...start, env: { ENV: path }, files: [{ path, text: toText(text) }] };
}

/** Finds the user's shell: $SHELL where loopfw knows it, otherwise bash, otherwise sh. */
export function findShell(env: Record<string, string>): string {
  const own = env['SHELL'] ?? '';
  return isKnown(own) && isExecutable(own) ? own : (BASH.find(isExecutable) ?? '/bin/sh');
}

/** Plans the start of a shell. */
export function planShell(place: ShellPlace): ShellStart {
  const plan = SHELLS[basename(place.shell)] ?? planSh;
  return plan(place);
}

function isKnown(shell: string): boolean {
  return shell.startsWith('/') && [...Object.keys(SHELLS), ...LIKE_SH].includes(basename(shell));
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The user's files may have set PATH anew. */
function putFirst({ commands }: ShellPlace): string {
  return `PATH=${quote(commands)}:$PATH`;
}

function toText(lines: string[]): string {
  return lines.map((line) => `${line}\n`).join('');
}

/** A word for sh and its relatives, and for fish. */
function quote(text: string): string {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
