// Who may import whom. Every rule says why it is there; `npm run check:imports` checks them all, imports of types included.

/** Each room of src, the rooms that it may import besides itself, and the reason. */
const rooms = {
  cli: {
    may: ['run', 'input', 'report', 'sandbox', 'model', 'words'],
    because: 'a command only joins what reads, runs and reports; what it needs of planning or judging, run already gives it',
  },
  library: {
    may: ['run', 'input', 'report', 'model', 'words'],
    because: 'it joins what reads, runs and reports for a program, as cli does for the command line',
  },
  input: { may: ['rules', 'model', 'words'], because: 'reading a scenario must not need what later becomes of it' },
  rules: { may: ['model', 'words'], because: 'the rule language stands on its own, so that it can be tested by literal values' },
  plan: { may: ['rules', 'model', 'words'], because: 'a plan follows from the scenario alone: no machine, no order of events' },
  run: {
    may: ['input', 'plan', 'sandbox', 'verdict', 'predict', 'model', 'words'],
    because:
      'run is the order outside; what touches a namespace is behind the sandbox; only coverage and diff ask what the rules alone say (run-without-predictions)',
  },
  sandbox: {
    may: ['inside', 'kernel', 'model', 'words'],
    because: 'the process boundary carries messages and knows nothing of scenarios or reports',
  },
  inside: { may: ['trace', 'kernel', 'model', 'words'], because: 'the inside never reads a scenario file and never judges' },
  trace: {
    may: ['rules', 'model', 'words'],
    because: 'a journey follows from recorded events, and what may become of a retransmission from what a rule asks of a packet',
  },
  predict: {
    may: ['rules', 'model', 'words'],
    because: 'a prediction follows from rules and a packet alone: what the kernel did must not reach what it is compared with',
  },
  verdict: {
    may: ['predict', 'model', 'words'],
    because:
      'a verdict follows from what was expected and observed alone; only its notes may ask what the rules alone say (verdict-without-predictions)',
  },
  report: {
    may: ['model', 'words'],
    because: 'a report is a function of the published result, so that it can be written again from the JSON',
  },
  kernel: { may: ['model', 'words'], because: 'the door to Linux serves everyone and depends on no one' },
  model: { may: [], because: 'types and errors are what all rooms share, so they lean on none' },
  words: { may: ['model'], because: 'a helper for texts that needed a room would belong to that room' },
};

/**
 * The folders of a room that has some, from the ground up, and what each may import of its room besides itself: folders, and "." for the files
 * that lie in the room's own folder. A folder that is not listed here fails `no-new-folder`.
 */
const folders = {
  rules: {
    values: { may: ['.'], because: 'a value is read the same way whichever option it belongs to' },
    'extensions/matches': { may: ['values', '.'], because: 'a match is rows of data: which options, which values' },
    'extensions/targets': { may: ['values', '.'], because: 'a target is rows of data: which options, which values' },
    extensions: { may: ['values', '.'], because: 'the tables name the rows' },
    rule: { may: ['extensions', 'values', '.'], because: 'what is true of one rule needs no other rule' },
    language: {
      may: ['extensions', 'values', 'rule', '.'],
      because: 'the words of a command become a rule before anybody asks for its chain',
    },
    chains: { may: ['extensions', 'rule', '.'], because: 'chains hold rules that have been read, whatever they were read from' },
    packets: {
      may: ['extensions', 'values', 'rule', 'chains', '.'],
      because: 'which packets a rule matches, and which rule takes them before, follows from the chains alone',
    },
    mutants: {
      may: ['extensions', 'language', 'rule', '.'],
      because: 'a mutant is a rule that iptables takes as text, whatever chain it is in',
    },
    save: { may: ['language', 'chains', 'rule', 'values', '.'], because: 'a file of iptables-save is chains of rules' },
    nft: { may: ['values', '.'], because: 'nft has a language of its own' },
    stability: { may: ['extensions', 'nft', 'values', '.'], because: 'what a rule may do with a later packet follows from the rule alone' },
  },
  input: {
    json: { may: [], because: 'JSON knows nothing of scenarios' },
    schema: { may: ['json'], because: 'a schema speaks of a document, not of files' },
    files: { may: ['json', '.'], because: 'files are read before their meaning is' },
    'scenario/world': { may: ['json', '.'], because: 'the network is resolved first: everything else names its addresses' },
    'scenario/parties': { may: ['json', 'scenario/world', '.'], because: 'servers and clients stand in the world, and know no probe' },
    'scenario/rules': { may: ['json', '.'], because: 'rules name no server, client or probe' },
    'scenario/probes': {
      may: ['json', 'schema', 'scenario/parties', 'scenario/rules', 'scenario/world', '.'],
      because: 'a probe names the others, and none of them names a probe',
    },
    'scenario/warnings': {
      may: ['json', 'scenario/probes', 'scenario/rules', '.'],
      because: 'a warning is about what has been read without a mistake',
    },
    scenario: { may: ['json', 'schema', '.'], because: 'a scenario is made of its parts' },
    drafts: { may: ['scenario', '.'], because: 'a draft becomes a scenario, and no scenario knows where it came from' },
    exercises: {
      may: ['files', 'json', 'scenario', '.'],
      because: 'an exercise is a scenario with rules of a student, and no scenario knows the student',
    },
  },
  kernel: {
    netlink: { may: ['.'], because: 'the protocol is the same for all who speak it' },
    process: { may: ['.'], because: 'processes are no network' },
    'process/program': { may: ['process', '.'], because: "what exec's program needs is made of what all processes need" },
    sockets: { may: ['.'], because: 'a socket needs its address and system calls' },
    network: { may: ['netlink', 'sockets', 'process', '.'], because: 'interfaces, addresses and routes are made by netlink and ioctl' },
    trace: { may: ['netlink', '.'], because: 'events are netlink messages' },
  },
  trace: {
    packet: { may: [], because: 'the headers of a packet say nothing of rules' },
    rules: { may: [], because: 'what a rule set is called in the trace needs no packet' },
    journey: { may: ['packet', 'rules'], because: 'a journey is a packet at rules' },
    finding: { may: ['packet', 'rules', 'journey'], because: 'cause and deciding rule follow from journeys' },
    attempts: {
      may: ['packet', 'rules', 'journey', 'finding'],
      because: 'what became of a connection that loopfw has not made follows from its packets',
    },
  },
  predict: {
    world: { may: [], because: 'packets, addresses and connections are there without rules' },
    rule: { may: ['world'], because: 'what a rule asks and does is said of packets' },
    matches: { may: ['rule', 'world'], because: 'a match asks of a packet, and knows no other match' },
    targets: { may: ['rule', 'world'], because: 'a target changes a packet, and knows no other target' },
    chains: { may: ['matches', 'targets', 'rule', 'world'], because: 'a chain leads a packet from rule to rule' },
    native: {
      may: ['chains', 'matches', 'targets', 'rule', 'world'],
      because: 'native rules ask of packets and change them in ways of their own',
    },
    conversation: { may: ['chains', 'rule', 'world'], because: 'a conversation is packets that go through chains' },
    coverage: {
      may: ['conversation', 'chains', 'matches', 'rule', 'world', '.'],
      because: 'which probe would reach a rule is found by trying probes',
    },
    difference: {
      may: ['conversation', 'chains', 'matches', 'rule', 'world', '.'],
      because: 'which packets rules tell apart follows from the rules, and what becomes of them from their conversations',
    },
  },
  verdict: {
    notes: { may: [], because: 'a note says more than the explanation, and neither needs the other' },
  },
  inside: {
    world: { may: [], because: 'a world is built from its plan alone and does not know who will probe it' },
    probe: { may: [], because: 'a probe says what a client saw and must not know the rules, or what is expected' },
    routing: { may: [], because: 'the kernel is asked about one packet, whoever has sent it' },
    rules: { may: ['world'], because: 'a rule set is applied to a world, and knows no probe' },
    faults: { may: [], because: 'a fault is about packets and connections, and knows neither probes nor what made them' },
    journeys: { may: [], because: 'what programs do is seen in the trace alone' },
    'session/pace': { may: ['session'], because: 'how fast probes follow each other depends on what reads their evidence' },
    session: {
      may: ['session/pace', 'world', 'probe', 'routing', 'rules', 'faults', 'journeys'],
      because: 'the session is the order inside',
    },
  },
  report: {
    shared: { may: [], because: 'what several reporters need knows none of them' },
    human: { may: ['shared'], because: 'a reporter knows its own folder and what all share' },
    ci: { may: ['shared'], because: 'a reporter knows its own folder and what all share' },
    page: { may: ['shared'], because: 'a reporter knows its own folder and what all share' },
    teaching: { may: ['human', 'shared'], because: 'marks are a part of the report for people' },
    world: { may: ['shared'], because: 'a list of a world that lives on is no report of a run' },
    insight: { may: ['ci', 'page', 'shared'], because: 'what is said of rule sets is no report of a run; it has the markup of one' },
    'page/browser': { may: ['page', 'shared'], because: 'what runs in a browser shows the words of the page, and no other part needs it' },
  },
  sandbox: {
    machine: { may: [], because: 'what this machine has and allows is known before anything is started' },
    program: { may: ['machine', '.'], because: 'a program is started in a sandbox that is there' },
  },
  cli: {
    output: { may: [], because: 'files, streams and exit codes know no command' },
    commands: { may: ['output'], because: 'a command does not know how it was typed' },
    program: { may: ['commands', 'output'], because: 'what can be typed names the commands' },
  },
  run: {
    doctor: { may: ['.'], because: 'it runs suites of its own' },
    'world/faults': { may: [], because: 'a fault as it is typed says nothing of a world' },
    'world/control': { may: ['world', 'world/faults'], because: 'who asks a world over its socket is answered by the world' },
    'world/sockets': { may: [], because: 'a socket does not know which world it is in' },
    world: { may: ['world/control', 'world/faults', '.'], because: 'a world in which programs run is not a suite' },
    advice: { may: ['.'], because: 'a trial is a run of the whole scenario' },
    insight: { may: ['.'], because: 'a draft is filled, and rule sets are compared, by runs of small scenarios' },
  },
};

const pathOf = (room) => `^src/${room}/`;
const escape = (text) => text.replaceAll('.', '\\.');

const roomRules = Object.entries(rooms).map(([room, { may, because }]) => ({
  name: `${room}-imports`,
  comment: `${room} imports ${may.length === 0 ? 'nothing but itself' : `only ${may.join(', ')}`}: ${because}.`,
  severity: 'error',
  from: { path: pathOf(room) },
  to: { path: '^src/', pathNot: [room, ...may].map(pathOf) },
}));

/** A folder's own files; "." stands for the files of the room's own folder. What lies deeper has a line of its own. */
const filesOf = (room, folder) => (folder === '.' ? `^src/${room}/[^/]+$` : `^src/${room}/${folder}/`);

const folderRules = Object.entries(folders).flatMap(([room, list]) =>
  Object.entries(list).map(([folder, { may, because }]) => {
    const deeper = Object.keys(list).filter((other) => other.startsWith(`${folder}/`));
    return {
      name: `${room}/${folder}-imports`,
      comment: `Of ${room}, ${folder} imports ${may.length === 0 ? 'nothing but itself' : `only ${may.join(', ')}`}: ${because}.`,
      severity: 'error',
      from: { path: filesOf(room, folder), pathNot: deeper.map((other) => filesOf(room, other)) },
      to: { path: pathOf(room), pathNot: [folder, ...may].map((other) => filesOf(room, other)) },
    };
  }),
);

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
    fileRule('bin', ['cli', 'sandbox', 'model'], 'it starts the sandbox early, and turns arguments into an exit code'),
    fileRule(
      'index',
      ['library', 'run', 'input', 'sandbox', 'report', 'model'],
      'the library offers what the command line is made of, not its insides',
    ),
    fileRule('control', ['run', 'model'], 'a program in a world asks it over its socket, and runs nothing of loopfw itself'),
    {
      name: 'entries-need-nothing',
      comment: 'load.ts loads all others and no-debugger.ts comes before all others, so they may need none of them.',
      severity: 'error',
      from: { path: '^src/sandbox/(load|no-debugger)\\.ts$' },
      to: { path: '^src/' },
    },
    {
      name: 'inside-without-rule-tables',
      comment: 'The inside does not load the tables of matches and targets: they are 100 KB that each start would read and compile.',
      severity: 'error',
      from: { path: ['^src/inside/', '^src/trace/', '^src/sandbox/(pid1|worker|world-server)\\.ts$'] },
      to: { path: '^src/rules/extensions/', reachable: true },
    },
    {
      name: 'verdict-without-predictions',
      comment: 'A prediction is never a verdict: only notes, which change no status, ask which condition a packet did not meet.',
      severity: 'error',
      from: { path: '^src/verdict/', pathNot: '^src/verdict/notes/' },
      to: { path: ['^src/predict/', '^src/verdict/notes/'] },
    },
    {
      name: 'run-without-predictions',
      comment:
        'A prediction is never a result: only coverage, which says of rules that no packet reached what would reach them, asks for one, and diff, which lets the kernel show what it has found by them.',
      severity: 'error',
      from: { path: '^src/run/', pathNot: '^src/run/(coverage\\.ts$|insight/)' },
      to: { path: '^src/predict/' },
    },
    {
      name: 'no-new-room',
      comment: 'A folder of src that this file does not list has no import rules: give it a line in `rooms`.',
      severity: 'error',
      from: {},
      to: { path: '^src/', pathNot: ['^src/(bin|index|control)\\.ts$', ...Object.keys(rooms).map(pathOf)] },
    },
    {
      name: 'no-import-of-an-entry',
      comment:
        'bin.ts, index.ts, control.ts and sandbox/load.ts are for others to import or run: a room that needs one of their exports needs the room behind it. Worker threads are loaded by sandbox/load.ts, too.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/sandbox/thread-code\\.ts$' },
      to: { path: '^src/(bin|index|control|load)\\.ts$' },
    },
    {
      name: 'no-cycle',
      comment:
        'Of two modules that need each other neither can be understood, tested or loaded first; a type that both need belongs in model.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-folder-cycle',
      comment: 'Folders that need each other are one folder with a line drawn through it.',
      severity: 'error',
      scope: 'folder',
      from: {},
      to: { circular: true },
    },
    packageRule('execa', ['kernel', 'sandbox'], 'every command has a time limit and a fixed environment, which one door can promise'),
    packageRule('koffi', ['kernel'], 'a wrong system call ends the process, so all of them are in one place'),
    packageRule('commander', ['cli'], 'nothing else knows the command line'),
    packageRule('ajv', ['input'], 'only what comes from outside is checked against a schema'),
    {
      name: 'no-child-process',
      comment:
        'Commands are run by execa, in kernel and sandbox: node:child_process has neither its time limits nor its errors. The launch is the exception: execa takes 8 ms to load, and the sandbox starts before everything else. PID 1 hands a socket to a process of its own. The programs of createWorld() run for as long as their caller says. The program of exec has no time limit. --watch starts loopfw itself, for as long as it takes.',
      severity: 'error',
      from: {
        path: '^src/',
        pathNot: '^src/(sandbox/(processes|pid1|program/(start|waiter|command|sockets))|cli/commands/run/watch)\\.ts$',
      },
      to: { path: builtIn('child_process') },
    },
    {
      name: 'sockets-in-world-and-probe',
      comment:
        'Servers are started in world and clients in probe, where the network namespace is the right one; control has a unix socket, to which namespaces are the same; run/world/sockets gets its sockets from a process in the world. (node:net has isIP too: eslint.config.js tells them apart.)',
      severity: 'error',
      from: { path: '^src/', pathNot: ['inside/world', 'inside/probe', 'run/world/control', 'run/world/sockets'].map(pathOf) },
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
      comment:
        'rules, predict, plan, trace, verdict, report and words are functions of their arguments: no file, no process, no clock, no thread.',
      severity: 'error',
      // The exception reads the script and the style of the HTML report, files of the package: they are no part of what a run loads.
      from: {
        path: ['rules', 'predict', 'plan', 'trace', 'verdict', 'report', 'words'].map(pathOf),
        pathNot: '^src/report/page/assets\\.ts$',
      },
      to: { path: builtIn('fs', 'process', 'os', 'timers', 'perf_hooks', 'worker_threads', 'readline', 'tty') },
    },
    {
      name: 'no-development-package',
      comment:
        'A package of devDependencies is not there where loopfw is installed. The script of the HTML report is bundled with what it needs.',
      severity: 'error',
      from: { path: '^src/', pathNot: pathOf('report/page/browser') },
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
