// Changes of faults that fail: nothing changes, and the world goes on.
import t from 'tap';
import { run } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

/** What clients of three servers' addresses see, and the faults that have objects in the kernel. */
interface Said {
  what: string;
  answer: string;
  saw: string[];
  objects: string[];
}

const PROGRAMS = `${ROOT}/test/inside/faults/programs`;
const isRoot = process.getuid?.() === 0;
const IN_NAMESPACE = ['unshare', ...(isRoot ? [] : ['--user', '--map-root-user']), '--net'];
/** Processes and threads are counted by user: this one runs nothing else. */
const LONELY = ['setpriv', '--reuid', '61235', '--regid', '61235', '--clear-groups', '--'];

const BEFORE = { saw: ['ECONNREFUSED', 'connected', 'ENETUNREACH'], objects: ['f1'] };
const AFTER: Said[] = [
  {
    what: 'the same numbers again',
    answer: 'done',
    saw: ['ECONNREFUSED', 'silence', 'silence'],
    objects: ['f1', 'f2', 'f3'],
  },
  { what: 'a heal', answer: 'done', saw: ['connected', 'silence', 'silence'], objects: ['f1', 'f2', 'f3'] },
];

t.test('faults are added and healed all together, or not at all', async (t) => {
  const { stdout, stderr } = await run('env', [...IN_NAMESPACE, 'node', `${PROGRAMS}/failures.js`]);
  t.equal(stderr, '');
  const { said, hits } = JSON.parse(stdout) as { said: Said[]; hits: { id: number; connections: number }[] };
  t.strictSame(said, [
    { what: 'one', answer: 'done', ...BEFORE },
    { what: 'a bad one', answer: 'CommandError', ...BEFORE },
    { what: 'a bad one among many', answer: 'CommandError', ...BEFORE },
    { what: 'a heal', answer: 'Error', ...BEFORE },
    ...AFTER,
  ]);
  t.strictSame(
    hits,
    [5, 2, 2].map((connections, place) => ({ id: place + 1, connections })),
  );
});

t.test(
  'too few threads for a hold: the fault is refused, and libuv does not end the process',
  { skip: isRoot ? false : 'it needs root' },
  async (t) => {
    const command = [...LONELY, 'unshare', '--user', '--map-root-user', '--net', 'node', `${PROGRAMS}/failures.js`, 'threads'];
    const { stdout, stderr } = await run('prlimit', ['--nproc=60', ...command]);
    t.equal(stderr, '');
    const { said } = JSON.parse(stdout) as { said: Said[] };
    t.strictSame(said, [{ what: 'one', answer: 'done', ...BEFORE }, { what: 'a hold', answer: 'EnvironmentError', ...BEFORE }, ...AFTER]);
  },
);

for (const ordinary of [false, true]) {
  t.test(`after a request about faults has failed, the world goes on: ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
    const { stdout } = await run('node', [`${PROGRAMS}/session.js`], { ordinary });
    const answers = JSON.parse(stdout) as unknown[];
    t.match(answers[2], /^nft -f - ended with 1: .*nonsense/s);
    t.strictSame(answers.slice(3), [
      [{ id: 1, connections: 0 }],
      null,
      null,
      [
        { id: 1, connections: 0 },
        { id: 3, connections: 0 },
      ],
      null,
    ]);
  });
}
