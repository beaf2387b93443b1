// What nft says of a text is told with its place; what it shows of other files is not, even where the check of the words has let an include in.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import t from 'tap';
import { withoutTap } from '../../support/loopfw.js';
import { ROOT } from '../../support/package.js';

const folder = mkdtempSync(join(tmpdir(), 'loopfw-canary-'));
chmodSync(folder, 0o755);
t.teardown(() => rmSync(folder, { recursive: true }));

const userNamespace = process.getuid?.() === 0 ? [] : ['--user', '--map-root-user'];

/** What applyNft throws; null where nft takes the text. */
async function apply(text: string): Promise<{ name: string; message: string } | null> {
  const command = ['unshare', ...userNamespace, '--net', 'node', `${ROOT}/test/inside/world/programs/apply-nft.js`];
  const { stdout } = await execa('env', withoutTap(command), { input: text });
  return JSON.parse(stdout) as { name: string; message: string } | null;
}

/** The name of a file of this text. */
function makeCanary(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

t.test('nft takes a text', async (t) => t.equal(await apply('table ip x { chain y { drop; }\n}\n'), null));

t.test('what nft refuses has the place in the file, in the first line too', async (t) => {
  t.match(await apply('table ip x { chain y { drip; }\n}\nadd drip\n'), {
    name: 'UsageError',
    message: /^x\.nft:1:28: nft refuses this: syntax error, [^;]*; x\.nft:3:\d+: nft refuses this: [^;]*$/,
  });
});

const CANARIES: Record<string, string> = {
  'a line of passwords': 'root:canary:0:0:/root:/bin/sh\nother:canary:1:1::/\n',
  'a line that looks like what nft says': 'Error: canary\nx: /dev/stdin:1:1-2: Error: canary\n',
  'a rule for a chain that is not there': 'add rule ip canary canary drop\n',
  'a name that is unknown': 'define canary = 1\nadd rule ip x y tcp dport $canari drop\n',
};
for (const [name, text] of Object.entries(CANARIES)) {
  t.test(`no word of another file is told: ${name}`, async (t) => {
    const canary = makeCanary(name.replaceAll(' ', '-'), text);
    const alone = await apply(`table ip x {}\ninclude "${canary}"\n`);
    t.match(alone, {
      name: 'CommandError',
      message: 'nft -f - ended with 1 (its input was x.nft): what it wrote is about no line of this file, and is not shown',
    });
    const both = await apply(`drip\ninclude "${canary}"\n`);
    t.notMatch(both?.message, /canar|root|Error/);
  });
}

t.test('what the kernel refuses has its place too', async (t) => {
  t.match(await apply('table ip x {}\nadd rule ip x y drop\n'), {
    name: 'UsageError',
    message: /^x\.nft:2:\d+: nft refuses this: Could not/,
  });
});
