// Who may import whom. Every rule says why it is there; `npm run check:imports` checks them all, imports of types included.

/** Each room of src, the rooms it may import besides itself, and the reason. model, words and errors are open to all but those that say otherwise. */
const rooms = {
  cli: {
    may: ['run', 'spec', 'report', 'sandbox', 'words', 'model', 'errors'],
    because: 'a command only joins what reads, runs and reports; what it needs of planning or judging, run already gives it',
  },
  spec: { may: ['rules', 'words', 'model', 'errors'], because: 'reading a scenario must not need what later becomes of it' },
  rules: { may: ['words', 'model', 'errors'], because: 'the rule language stands on its own, so that it can be tested by literal values' },
  plan: { may: ['rules', 'words', 'model', 'errors'], because: 'a plan follows from the scenario alone: no machine, no order of events' },
  run: {
    may: ['spec', 'plan', 'sandbox', 'verdict', 'words', 'until-quiet', 'model', 'errors'],
    because: 'run is the order outside; what touches a namespace is behind the sandbox',
  },
  sandbox: {
    may: ['session', 'kernel', 'no-debugger', 'load', 'model', 'errors'],
    because: 'the process boundary carries messages and knows nothing of scenarios or reports',
  },
  session: {
    may: ['world', 'probe', 'trace', 'kernel', 'until-quiet', 'model', 'errors'],
    because: 'the inside never reads a scenario file and never judges',
  },
  world: {
    may: ['kernel', 'words', 'model', 'errors'],
    because: 'a world is built from its plan alone and does not know who will probe it',
  },
  probe: { may: ['kernel', 'model', 'errors'], because: 'a probe says what a client saw and must not know the rules, or what is expected' },
  trace: {
    may: ['rules', 'words', 'model'],
    because: 'a journey follows from recorded events, and what may become of a retransmission from what a rule asks of a packet',
  },
  verdict: { may: ['words', 'model'], because: 'a verdict follows from what was expected and observed alone' },
  report: {
    may: ['words', 'model'],
    because: 'a report is a function of the published result, so that it can be written again from the JSON',
  },
  kernel: { may: ['model', 'errors'], because: 'the door to Linux serves everyone and depends on no one' },
  words: { may: ['model'], because: 'words and addresses are written alike everywhere, by functions that know no room' },
  model: { may: [], because: 'types are what all rooms share, so they lean on none' },
};

/** Matches the rooms' modules. Those in FILES are files, the others folders. */
const FILES = ['errors', 'until-quiet', 'no-debugger', 'load'];
const pathOf = (room) => (FILES.includes(room) ? `^src/${room}\\.ts$` : `^src/${room}/`);

const roomRules = Object.entries(rooms).map(([room, { may, because }]) => ({
  name: `${room}-imports`,
  comment: `${room} imports ${may.length === 0 ? 'nothing but itself' : `only ${may.join(', ')}`}: ${because}.`,
  severity: 'error',
  from: { path: pathOf(room) },
  to: { path: '^src/', pathNot: [room, ...may].map(pathOf) },
}));

/** A file at the top of src. */
const fileRule = (file, may, because) => ({
  name: `${file}-imports`,
  comment: `${file}.ts imports only ${may.join(', ')}: ${because}.`,
  severity: 'error',
  from: { path: `^src/${file}\\.ts$` },
  to: { path: '^src/', pathNot: may.map(pathOf) },
});

/** A package with one door. */
const packageRule = (name, where, because) => ({
  name: `${name}-only-in-${where.join('-and-')}`,
  comment: `${name} is imported in ${where.join(' and ')} only: ${because}.`,
  severity: 'error',
  from: { path: '^src/', pathNot: where.map(pathOf) },
  to: { path: `(^|/)node_modules/${name}/` },
});

/** Modules of Node.js itself, with and without the prefix, and what is below them (fs/promises). */
const builtIn = (...names) => `^(node:)?(${names.join('|')})(/|$)`;

/** @type {import('dependency-cruiser').IConfiguration} */
export default {
  forbidden: [
    ...roomRules,
    fileRule('bin', ['cli', 'no-debugger', 'model', 'errors'], 'it turns arguments into an exit code, nothing else'),
    fileRule(
      'index',
      ['run', 'spec', 'sandbox', 'report', 'model', 'errors'],
      'the library offers what the command line is made of, not its insides',
    ),
    fileRule('load', [], 'it loads all others, so it must need none of them'),
    fileRule('no-debugger', [], 'it comes before all others'),
    fileRule('until-quiet', [], 'both sides of the process boundary wait by it'),
    fileRule('errors', ['model'], 'every room may throw these, so they may need no room'),
    {
      name: 'no-new-room',
      comment: 'A folder of src that this file does not list has no import rules: give it a line in `rooms`.',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: ['^src/(bin|index|errors|until-quiet|load|no-debugger)\\.ts$', ...Object.keys(rooms).map(pathOf)] },
    },
    {
      name: 'no-import-of-an-entry',
      comment:
        'bin.ts, index.ts and load.ts are for others to import or run: a room that needs one of their exports needs the room behind it. Worker threads are loaded by load.ts, too.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sandbox/thread-code\\.ts$' },
      to: { path: '^src/(bin|index|load)\\.ts$' },
    },
    {
      name: 'no-cycle',
      comment:
        'Of two modules that need each other neither can be understood, tested or loaded first; a type that both need belongs in model.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    packageRule('execa', ['kernel', 'sandbox'], 'every command has a time limit and a fixed environment, which one door can promise'),
    packageRule('koffi', ['kernel'], 'a wrong system call ends the process, so all of them are in one place'),
    packageRule('commander', ['cli'], 'nothing else knows the command line'),
    packageRule('ajv', ['spec'], 'only what comes from outside is checked against a schema'),
    {
      name: 'no-child-process',
      comment: 'Commands are run by execa, in kernel and sandbox: node:child_process has neither its time limits nor its errors.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: builtIn('child_process') },
    },
    {
      name: 'sockets-in-world-and-probe',
      comment:
        'Servers are started in world and clients in probe, where the network namespace is the right one. (node:net has isIP too: eslint.config.js tells them apart.)',
      severity: 'error',
      from: { path: '^src/', pathNot: [pathOf('world'), pathOf('probe')] },
      to: { path: builtIn('dgram', 'http', 'https', 'http2', 'tls') },
    },
    {
      name: 'no-dns',
      comment: "Numeric addresses only: a resolver runs in libuv's thread pool, which is not in the world's network namespace.",
      severity: 'error',
      from: { path: '^src/' },
      to: { path: builtIn('dns') },
    },
    {
      name: 'pure-rooms',
      comment: 'rules, plan, trace, verdict, report and words are functions of their arguments: no file, no process, no clock, no thread.',
      severity: 'error',
      from: { path: ['rules', 'plan', 'trace', 'verdict', 'report', 'words'].map(pathOf) },
      to: { path: builtIn('fs', 'process', 'os', 'timers', 'perf_hooks', 'worker_threads', 'readline', 'tty') },
    },
    {
      name: 'no-development-package',
      comment: 'A package of devDependencies is not there where loopfw is installed.',
      severity: 'error',
      from: { path: '^src/' },
      to: { dependencyTypes: ['npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '(^|/)node_modules/@types/' },
    },
    {
      name: 'no-unresolvable',
      comment: 'An import that is not found fails when the module is loaded, at the latest in the hands of a user.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Imports of types count: they say as much about who knows whom.
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
