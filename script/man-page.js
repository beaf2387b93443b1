// Writes dist/loopfw.1, the manual page, from the command line itself: `man loopfw` says what `loopfw --help` says.
import { writeFile } from 'node:fs/promises';
import { makeProgram } from '../build/cli/program/program.js';
import { getVersion } from '../build/run/version.js';

/** Wide enough that commander breaks no line: man does that itself. */
const COLUMNS = 10_000;

const program = makeProgram(() => {});
const commands = program
  .createHelp()
  .visibleCommands(program)
  .filter((command) => command.name() !== 'help');

await writeFile(
  'dist/loopfw.1',
  [
    `.TH LOOPFW 1 "" "loopfw ${getVersion()}" "User Commands"`,
    '.SH NAME',
    'loopfw \\- test loopback firewall rules on a real Linux kernel',
    '.SH SYNOPSIS',
    ...commands.flatMap((command) => [`.B loopfw ${escape(command.name())}`, escape(command.usage()), '.br']),
    '.SH DESCRIPTION',
    paragraph(program.description()),
    '.PP',
    paragraph(
      'A scenario file (JSON) names the servers, the rules of iptables or nft, and what each client must see. loopfw puts it into a network namespace that it makes and throws away: your own network is never changed. No root is needed where user namespaces are allowed.',
    ),
    '.SH COMMANDS',
    ...commands.flatMap(printCommand),
    '.SH EXIT STATUS',
    ...[
      ['0', 'All passed.'],
      ['1', 'A probe failed or is inconclusive. Or a warning under --strict, or too little coverage.'],
      ['2', 'The command line or a scenario has a mistake, or there is no probe.'],
      ['3', 'This machine cannot run it: see loopfw doctor.'],
      ['4', 'An internal error.'],
      ['128+n', 'Ended by signal n.'],
    ].flatMap(([code, text]) => ['.TP', `.B ${code}`, paragraph(text)]),
    '.PP',
    paragraph("exec ends with its program's own exit status, or 127 if the program was not found."),
    '.SH ENVIRONMENT',
    ...listVariables().flatMap(([name, option]) => ['.TP', `.B ${name}`, paragraph(`Like ${option}.`)]),
    '.TP',
    '.B NO_COLOR, FORCE_COLOR',
    paragraph('Without --color and --no-color: no colours, or colours everywhere.'),
    '.SH SEE ALSO',
    '.BR iptables (8),',
    '.BR nft (8),',
    '.BR ip\\-netns (8),',
    '.BR unshare (1)',
    '',
  ].join('\n'),
);

function printCommand(command) {
  const help = command.createHelp();
  const entries = [
    ...help.visibleArguments(command).map((each) => [help.argumentTerm(each), help.argumentDescription(each)]),
    ...help.visibleOptions(command).map((each) => [help.optionTerm(each), help.optionDescription(each)]),
  ];
  return [
    `.SS loopfw ${escape(command.name())} ${escape(command.usage())}`,
    paragraph(`${capitalize(command.description())}.`),
    ...entries.flatMap(([term, description]) => ['.TP', `.B ${escape(term)}`, paragraph(description)]),
    ...printRest(command),
  ];
}

/** The text after the options: the examples as they are, and paragraphs. */
function printRest(command) {
  return getTextAfter(command)
    .trim()
    .split(/\n\n/)
    .filter((part) => part !== '')
    .flatMap((part) => {
      const [first, ...lines] = part.split('\n');
      return first === 'Examples:'
        ? ['.PP', first, '.RS 4', '.nf', ...lines.map((line) => guard(escape(line.trim()))), '.fi', '.RE']
        : ['.PP', paragraph(part.replaceAll('\n', ' '))];
    });
}

function getTextAfter(command) {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part), getOutHelpWidth: () => COLUMNS, getOutHasColors: () => false });
  const { length } = command.helpInformation();
  command.outputHelp();
  return text.slice(length);
}

/** The environment variables of the options. Those that commander does not read are named in the description. */
function listVariables() {
  const found = commands.flatMap((command) =>
    command.options.flatMap(({ envVar, long, description }) => {
      const names = envVar ? [envVar] : (/\(env: (.*)\)/.exec(description)?.[1].match(/LOOPFW_\w+/g) ?? []);
      return names.map((name) => [name, long]);
    }),
  );
  return [...new Map(found)].sort(([a], [b]) => (a < b ? -1 : 1));
}

function paragraph(text) {
  return guard(escape(text));
}

function capitalize(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** groff takes a line that begins with a dot or an apostrophe for a request. */
function guard(line) {
  return /^[.']/.test(line) ? `\\&${line}` : line;
}

/** Characters that groff would print as others: a hyphen for a minus, a slanted quote for a straight one. */
function escape(text) {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('^', '\\(ha')
    .replaceAll('~', '\\(ti')
    .replaceAll('`', '\\(ga')
    .replace(/[^\0-\x7f]/gu, (character) => `\\[u${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}]`);
}
