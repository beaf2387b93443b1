// A program that sends without end, or what is no HTTP: a client keeps little of it, and it is no error of loopfw's.
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { KeptReply } from '../../../src/inside/probe/reply.js';
import { loopfw } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';
import { readResult } from '../../support/result.js';

// Where every user can go: the program does not run as root.
const folder = mkdtempSync(join(tmpdir(), 'loopfw-floods-'));
await chmod(folder, 0o755);
copyFileSync(`${ROOT}/test/programs/flood.mjs`, join(folder, 'flood.mjs'));
t.teardown(() => rmSync(folder, { recursive: true }));

async function ask(protocol: 'tcp' | 'udp' | 'http', how: string, probes: object[]) {
  const scenario = {
    name: how,
    servers: { web: { protocol, address: '127.0.0.2', port: 8080, command: ['node', 'flood.mjs', how, '127.0.0.2', '8080'] } },
    rules: [],
    probes: probes.map((probe) => ({ from: '127.0.0.1', to: 'web', send: 'hello', ...probe })),
  };
  const ended = await loopfw(['run', '--allow-commands', '-r', 'json', '-'], { input: JSON.stringify(scenario), cwd: folder });
  return { ended, probes: readResult(ended).scenarios[0]?.probes ?? [] };
}

for (const [protocol, how] of [
  ['tcp', 'tcp'],
  ['udp', 'udp'],
  ['http', 'body'],
] as const) {
  t.test(`${how} without end`, async (t) => {
    const { ended, probes } = await ask(protocol, how, [
      { expect: { outcome: 'connected', reply: 'flood flood' } },
      { expect: { outcome: 'connected', reply: 'never said' } },
    ]);
    t.equal(ended.exitCode, 1, ended.stdout.slice(-300) + ended.stderr);
    t.match(probes, [
      { status: 'passed', observed: { outcome: 'connected' } },
      {
        status: 'failed',
        observed: { outcome: 'connected', reply: /^flood / },
        explanation: /^Expected a reply with "never said", observed "flood /,
      },
    ]);
    if (protocol !== 'udp') {
      t.equal(probes[1]?.observed?.reply, 'flood '.repeat(1000).slice(0, 4096), 'the report has the first 4 KiB');
    }
  });
}

t.test('an answer that is no HTTP is an answer', async (t) => {
  for (const [how, reply] of [
    ['ssh', 'SSH-2.0-none'],
    ['header', 'flood'],
    ['chunk', 'well'],
  ] as const) {
    const { ended, probes } = await ask('http', how, [
      { expect: { outcome: 'connected', cause: 'service', reply } },
      { expect: 'refused' },
    ]);
    t.equal(ended.exitCode, 1, how);
    t.match(probes, [{ status: 'passed' }, { status: 'failed', explanation: /^Expected refused, observed connected/ }], how);
  }
});

t.test('a long reply is kept in part, and what was expected of it is in that part', async (t) => {
  const all = Buffer.from(`${'a'.repeat(9000)}needle${'b'.repeat(9000)}`);
  for (const size of [1, 7, 4096, 8999, 9003, all.length]) {
    const reply = new KeptReply('needle');
    for (let start = 0; start < all.length; start += size) {
      reply.add(all.subarray(start, start + size));
    }
    t.equal(reply.hasWanted, true);
    t.equal(reply.bytes, all.length);
    t.match(reply.getText(), /^needle/, `in pieces of ${size}`);
  }
  const kept = (wanted: string | null, ...parts: string[]) => {
    const reply = new KeptReply(wanted);
    parts.forEach((part) => reply.add(Buffer.from(part)));
    return { found: reply.hasWanted, text: reply.getText() };
  };
  t.strictSame(kept(null), { found: true, text: null });
  t.strictSame(kept('x'), { found: false, text: null });
  t.strictSame(kept('x', 'ab', 'xc'), { found: true, text: 'abxc' });
  t.strictSame(kept('needle', 'nee', 'nee', 'dle', '!'), { found: true, text: 'neeneedle!' });
  t.strictSame(kept('needle', 'a'.repeat(4093), 'needle!'), { found: true, text: 'needle!' });
  t.strictSame(kept(null, 'a'.repeat(5000)), { found: true, text: 'a'.repeat(4096) });
  t.strictSame(kept('b', 'a'.repeat(5000)), { found: false, text: 'a'.repeat(4096) });
});
