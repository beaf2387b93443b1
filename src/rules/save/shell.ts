/** One command of a shell script: its words, without quotes. */
export interface ShellCommand {
  line: number;
  words: string[];
}

export interface ShellProblem {
  line: number;
  column: number;
  message: string;
}

/** What the shell replaces by something else, or acts on, and which loopfw does not do. */
const VARIABLE = /^\$(?:\{(?<braced>[^}]*)\}?|(?<bare>\w+|[@*#?$!-]))/;
const SUBSTITUTED = 'is not replaced: write the value here';
/** A redirection into a setting of the kernel. */
const SETTING = /^>[ \t]*"?\/proc\/sys\/([\w./-]+)/;
const META: Record<string, string> = {
  '||': 'a command for a failure',
  '|': 'a pipe',
  '(': 'a subshell or a function',
  ')': 'a subshell or a function',
  '{': 'a group or a list in braces',
  '}': 'a group or a list in braces',
  '&': 'a command in the background',
  '*': 'a pattern for names of files',
  '?': 'a pattern for names of files',
  '~': 'the folder of a user',
};
const CARRIAGE_RETURN =
  'the line ends with a carriage return (CRLF), which a shell takes for a part of the last word: convert the file, for example with dos2unix';

/**
 * Splits a shell script into commands, with the quotes of a shell, comments, and lines that a backslash joins. Commands end with a line,
 * `;` or `&&`. A command that needs a shell is left out, and is a problem at its place: a variable, a substitution, a pipe.
 */
export function splitShellScript(text: string): { commands: ShellCommand[]; problems: ShellProblem[] } {
  const reader = new ShellReader(text);
  reader.read();
  return reader;
}

class ShellReader {
  readonly commands: ShellCommand[] = [];
  readonly problems: ShellProblem[] = [];
  readonly #text: string;
  #place = 0;
  #line = 1;
  #lineStart = 0;
  #words: string[] = [];
  #word: string | null = null;
  #commandLine = 1;
  #isBad = false;
  #hasReturned = false;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    while (this.#place < this.#text.length) {
      this.#readPiece(this.#text[this.#place] ?? '');
    }
    this.#endCommand();
  }

  #readPiece(char: string): void {
    const next = this.#text[this.#place + 1];
    if (char === '\n' || char === ';' || (char === '&' && next === '&')) {
      if (char !== '\n' && this.#words.length === 0 && this.#word === null) {
        this.#complain(`a command is missing before ${char === '&' ? '&&' : ';'}: a shell refuses that`);
      }
      this.#endCommand();
      this.#skip(char === '&' ? 2 : 1);
    } else if (char === ' ' || char === '\t') {
      this.#endWord();
      this.#skip(1);
    } else if (char === '#' && this.#word === null) {
      const end = this.#text.indexOf('\n', this.#place);
      this.#skip((end < 0 ? this.#text.length : end) - this.#place);
    } else if (char === '\\') {
      if (next !== '\n') {
        this.#add(next ?? char);
      }
      this.#skip(2);
    } else if (char === "'") {
      this.#readSingle();
    } else if (char === '"') {
      this.#readDouble();
    } else if (char === '$' || char === '`') {
      this.#complainOfSubstitution();
      this.#skip(1);
    } else if (char === '\r') {
      this.#complainOfReturn();
      this.#skip(1);
    } else {
      const meta = char === '~' && this.#word !== null ? undefined : (META[`${char}${next ?? ''}`] ?? META[char]);
      if (char === '<' || char === '>') {
        this.#complainOfRedirection(char);
      } else if (meta !== undefined) {
        this.#complain(`${char} is ${meta}, and loopfw runs no shell: write the iptables line that it makes`);
      }
      this.#add(char);
      this.#skip(1);
    }
  }

  #readSingle(): void {
    const end = this.#text.indexOf("'", this.#place + 1);
    if (end < 0) {
      this.#complain("unclosed '");
      this.#skip(this.#text.length - this.#place);
      return;
    }
    this.#add(this.#text.slice(this.#place + 1, end));
    this.#skip(end + 1 - this.#place);
  }

  #readDouble(): void {
    const [line, column] = [this.#line, this.#column];
    this.#add('');
    this.#skip(1);
    for (;;) {
      const char = this.#text[this.#place];
      if (char === undefined) {
        this.#complain('unclosed "', line, column);
        return;
      }
      if (char === '"') {
        this.#skip(1);
        return;
      }
      if (char === '$' || char === '`') {
        this.#complainOfSubstitution();
      }
      const next = this.#text[this.#place + 1] ?? '';
      const isEscape = char === '\\' && '$`"\\\n'.includes(next);
      this.#add(isEscape ? next.replace('\n', '') : char);
      this.#skip(isEscape ? 2 : 1);
    }
  }

  #complainOfSubstitution(): void {
    const rest = this.#text.slice(this.#place, this.#place + 200);
    if (rest.startsWith('`') || rest.startsWith('$(')) {
      this.#complain(`${rest.startsWith('`') ? '`…`' : '$(…)'} is the output of a command, and ${SUBSTITUTED}`);
      return;
    }
    const { braced, bare } = VARIABLE.exec(rest)?.groups ?? {};
    const name = braced ?? bare;
    this.#complain(name === undefined ? `$ ${SUBSTITUTED}` : `the variable $${name} ${SUBSTITUTED}`);
  }

  #complainOfRedirection(char: string): void {
    const setting = SETTING.exec(this.#text.slice(this.#place, this.#place + 200))?.[1];
    const [command, value] = this.#words;
    const remedy =
      setting === undefined
        ? 'leave it out'
        : `write "sysctl": { "${setting.replaceAll('/', '.')}": ${command === 'echo' && value !== undefined ? value : '…'} } in the scenario, and leave the line out`;
    this.#complain(`${char} is a redirection, and loopfw runs no shell: ${remedy}`);
  }

  /** Only the first line: all the others end in the same way. */
  #complainOfReturn(): void {
    if (!this.#hasReturned) {
      this.#complain(CARRIAGE_RETURN);
    }
    this.#hasReturned = true;
    this.#isBad = true;
  }

  /** A command has one problem: the others may follow from it. */
  #complain(message: string, line = this.#line, column = this.#column): void {
    if (!this.#isBad) {
      this.problems.push({ line, column, message });
    }
    this.#isBad = true;
  }

  get #column(): number {
    return this.#place - this.#lineStart + 1;
  }

  #skip(count: number): void {
    for (let end = Math.min(this.#place + count, this.#text.length); this.#place < end;) {
      if (this.#text[this.#place++] === '\n') {
        this.#line++;
        this.#lineStart = this.#place;
      }
    }
  }

  #add(piece: string): void {
    if (this.#words.length === 0 && this.#word === null) {
      this.#commandLine = this.#line;
    }
    this.#word = (this.#word ?? '') + piece;
  }

  #endWord(): void {
    if (this.#word !== null) {
      this.#words.push(this.#word);
    }
    this.#word = null;
  }

  #endCommand(): void {
    this.#endWord();
    if (this.#words.length > 0 && !this.#isBad) {
      this.commands.push({ line: this.#commandLine, words: this.#words });
    }
    this.#words = [];
    this.#isBad = false;
  }
}
