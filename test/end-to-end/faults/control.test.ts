// The control of a world: HTTP and JSON over the unix socket in $LOOPFW_CONTROL, and its client `loopfw/control`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { getPackage } from '../../support/package.js';

/** Runs a program of Node.js in a world. @param world the scenario of it, without probes */
function exec(program: string, world: object | null = null, ordinary = false) {
  const probes = [{ from: '127.0.0.1', to: 'icmp://127.0.0.1', expect: 'connected' }];
  const input = world === null ? '' : JSON.stringify({ name: 'world', probes, ...world });
  return loopfw(['exec', ...(world === null ? [] : ['-']), '--', 'node', '--input-type=module', '-e', program], { input, ordinary });
}

interface Answer {
  status: number;
  body: unknown;
}

/** A program that asks for each of these and prints the answers. */
function ask(...asked: [method: string, path: string, body?: unknown][]): string {
  return `
    import { request } from 'node:http';
    const one = ([method, path, body]) => new Promise((resolve, reject) => {
      const asked = request({ socketPath: process.env.LOOPFW_CONTROL, method, path, agent: false }, (response) => {
        let text = '';
        response.on('data', (part) => (text += part));
        response.on('end', () => resolve({ status: response.statusCode, body: text === '' ? null : JSON.parse(text) }));
      });
      asked.on('error', reject);
      asked.end(body === undefined || body === null ? undefined : typeof body === 'string' ? body : JSON.stringify(body));
    });
    const answers = [];
    for (const each of ${JSON.stringify(asked)}) answers.push(await one(each));
    console.log(JSON.stringify(answers));`;
}

const { definitions } = JSON.parse(readFileSync('schema/control.json', 'utf8')) as { definitions: Record<string, object> };
const ajv = new Ajv({ strict: false });
const isValid = (name: string, value: unknown) => {
  const validate = ajv.compile({ ...definitions[name], definitions });
  return validate(value) || JSON.stringify(validate.errors);
};

for (const ordinary of [false, true]) {
  t.test(ordinary ? 'faults come and go, for an ordinary user' : 'faults come and go', async (t) => {
    const { stdout, stderr, exitCode } = await exec(
      ask(
        ['POST', '/v1/faults', { fault: 'refused=127.0.0.2:5432' }],
        ['POST', '/v1/faults', { fault: 'dropped=127.0.0.3:80,after=1m' }],
        ['GET', '/v1/faults'],
        ['DELETE', '/v1/faults/1'],
        ['DELETE', '/v1/faults/1'],
        ['GET', '/v1/faults'],
        ['DELETE', '/v1/faults'],
        ['GET', '/v1/faults'],
      ),
      null,
      ordinary,
    );
    const answers = JSON.parse(stdout) as Answer[];
    t.equal(exitCode, 0);
    t.strictSame(
      answers.map(({ status }) => status),
      [201, 201, 200, 204, 404, 200, 204, 200],
    );
    const [first, second, both, , gone, one, , none] = answers.map(({ body }) => body);
    t.strictSame(first, { id: 1, fault: 'refused=127.0.0.2:5432', connections: 0 });
    t.strictSame(both, [first, second]);
    t.strictSame(one, [second]);
    t.strictSame(none, []);
    t.equal(isValid('faultInWorld', first), true);
    t.equal(isValid('controlError', gone), true);
    t.equal(stderr, 'refused 127.0.0.2:5432: never touched\ndropped 127.0.0.3:80,after=1m: never touched\n');
  });
}

t.test('rules, probes and servers of a scenario', async (t) => {
  const probe = { from: 'app', to: 'web', expect: 'refused' };
  const { stdout } = await exec(
    ask(
      ['GET', '/v1/servers'],
      ['POST', '/v1/probe', probe],
      ['POST', '/v1/rules', { rules: ['-A INPUT -d 127.0.0.2 -j REJECT'] }],
      ['POST', '/v1/probe', probe],
      ['GET', '/v1/rules'],
      ['POST', '/v1/rules', { rules: [{ chain: 'INPUT', target: 'DROP', destination: '::1', protocol: 'udp' }] }],
      ['POST', '/v1/probe', { from: '::1', to: 'udp://[::1]:53' }],
      ['DELETE', '/v1/rules'],
      ['GET', '/v1/rules'],
    ),
    { servers: { web: 'tcp://127.0.0.2:8000' }, clients: { app: '127.0.0.1' } },
  );
  const [servers, open, applied, rejected, rules, ipv6, dropped, , empty] = JSON.parse(stdout) as Answer[];
  t.strictSame(servers?.body, [{ name: 'web', protocol: 'tcp', address: '127.0.0.2', port: 8000, lastPort: 8000 }]);
  t.match(open?.body, { status: 'failed', cause: 'service', observed: { outcome: 'connected' } });
  t.equal(applied?.status, 204);
  t.match(rejected?.body, { status: 'passed', cause: 'rejected', rule: { index: 0, text: '-A INPUT -d 127.0.0.2 -j REJECT' } });
  t.match(rules?.body, [{ index: 0, packets: 1 }]);
  t.equal(ipv6?.status, 204);
  t.match(dropped?.body, { status: 'passed', cause: 'dropped', observed: { outcome: 'timeout' }, expected: {} });
  t.strictSame(empty?.body, []);
});

t.test('a rule set replaces those before, and leaves nothing of them', async (t) => {
  const probe = { from: '127.0.0.1', to: 'tcp://127.0.0.2:81', expect: 'closed' };
  const { stdout } = await exec(
    ask(
      [
        'POST',
        '/v1/rules',
        { rules: ['-N WEB', '-A WEB -j DROP', '-A INPUT -p tcp -j WEB', '-t nat -A OUTPUT -p tcp --dport 81 -j REDIRECT --to-ports 99'] },
      ],
      ['POST', '/v1/probe', probe],
      ['POST', '/v1/rules', { rules: ['-P FORWARD DROP'] }],
      ['POST', '/v1/probe', probe],
    ),
  );
  const [, dropped, , closed] = JSON.parse(stdout) as Answer[];
  t.match(dropped?.body, { cause: 'dropped' });
  t.match(closed?.body, { status: 'passed', cause: 'no-listener' });
});

t.test('mistakes', async (t) => {
  const cases: [method: string, path: string, body: unknown, status: number, message: RegExp][] = [
    ['POST', '/v1/faults', { fault: 'refsed=127.0.0.2:80' }, 400, /did you mean "refused"/],
    ['POST', '/v1/faults', {}, 400, /expected a body {"fault": "…"}/],
    ['POST', '/v1/faults', 'x', 400, /no JSON/],
    ['POST', '/v1/faults', '', 400, /expected a body/],
    ['POST', '/v1/rules', { rules: ['-A INPUT -j DROPP'] }, 400, /rules\/0: .*did you mean "DROP"/],
    ['POST', '/v1/rules', { rules: 'none' }, 400, /expected a body {"rules": \[…\]}/],
    ['POST', '/v1/probe', { from: '127.0.0.1', to: 'web', expect: 'refused' }, 400, /web/],
    ['POST', '/v1/probe', [], 400, /./],
    ['DELETE', '/v1/faults/x', undefined, 404, /no fault has the number x/],
    ['GET', '/v1/fault', undefined, 404, /it knows GET \/v1\/faults/],
    ['PUT', '/v1/faults', undefined, 404, /PUT/],
  ];
  const { stdout, exitCode } = await exec(
    ask(...cases.map(([method, path, body]): [string, string, unknown] => [method, path, body]), ['GET', '/v1/faults']),
  );
  t.equal(exitCode, 0);
  const answers = JSON.parse(stdout) as Answer[];
  for (const [place, [method, path, , status, message]] of cases.entries()) {
    t.equal(answers[place]?.status, status, `${method} ${path}`);
    t.equal(isValid('controlError', answers[place]?.body), true);
    t.match((answers[place]?.body as { error: { message: string } }).error.message, message);
  }
  t.strictSame(answers.at(-1), { status: 200, body: [] }, 'the world goes on');
});

t.test('a fault is healed while a probe waits', async (t) => {
  const { folder } = await getPackage(false);
  const { stdout } = await exec(
    `const { connect } = await import(${JSON.stringify(`${folder}/dist/control.js`)});
       const world = connect();
       const fault = await world.fault('dropped=127.0.0.2:8000');
       const asked = world.probe({ from: '127.0.0.1', to: 'web', timeoutMs: 5000, expect: { outcome: 'connected', withinMs: 4000 } });
       await new Promise((resolve) => setTimeout(resolve, 300));
       await fault.heal();
       const { status, observed } = await asked;
       console.log(status, observed.outcome, Math.floor(observed.elapsedMs / 1000));`,
    { servers: { web: 'tcp://127.0.0.2:8000' } },
  );
  t.equal(stdout, 'passed connected 1\n', 'the SYN is sent again after a second');
});

t.test('the socket is for its owner, and goes with the world', async (t) => {
  const { stdout } = await loopfw(['exec', '--', 'sh', '-c', 'stat -c %a $(dirname $LOOPFW_CONTROL); echo $LOOPFW_CONTROL']);
  const [mode, socket = ''] = stdout.trim().split('\n');
  t.equal(mode, '700');
  t.equal(existsSync(socket), false);
});

t.test('nothing is left of a run that is killed when its program has just started', async (t) => {
  const { folder } = await getPackage(false);
  for (let run = 0; run < 10; run++) {
    const killed = spawn('node', [`${folder}/dist/bin.js`, 'exec', '--', 'sh', '-c', 'echo $LOOPFW_CONTROL; exec sleep 100']);
    const [printed] = (await once(killed.stdout, 'data')) as [Buffer];
    killed.kill('SIGKILL');
    await once(killed, 'close'); // nobody holds its pipes any more
    const socket = printed.toString().trim();
    t.match(socket, /control$/);
    await loopfw(['exec', '--', 'true']);
    t.equal(existsSync(socket), false, 'the next run removes the folder');
  }
});

t.test('the first fault of a running program: its time counts, and it ends connections', async (t) => {
  const { folder } = await getPackage(false);
  const { stdout } = await exec(
    `import { connect as open } from 'node:net';
     const { connect } = await import(${JSON.stringify(`${folder}/dist/control.js`)});
     const world = connect();
     const socket = open(8000, '127.0.0.2');
     await new Promise((resolve) => socket.once('connect', resolve));
     const ended = new Promise((resolve) => socket.once('error', ({ code }) => resolve(code)));
     const begun = performance.now();
     await world.fault('refused=127.0.0.2:8000,after=200ms');
     console.log(await ended, performance.now() - begun >= 200, (await world.faults())[0].connections);`,
    { servers: { web: 'tcp://127.0.0.2:8000' } },
  );
  t.equal(stdout, 'ECONNRESET true 1\n');
});

for (const ordinary of [false, true]) {
  t.test(`journeys of the program's connections, ${ordinary ? 'an ordinary user' : 'the caller'}`, async (t) => {
    const { folder } = await getPackage(ordinary);
    const { stdout } = await exec(
      `import { connect as open } from 'node:net';
       const { connect } = await import(${JSON.stringify(`${folder}/dist/control.js`)});
       const world = connect();
       const ask = (port) => new Promise((resolve) => open(port, '127.0.0.2').on('error', resolve).on('connect', function () { this.destroy(); resolve(); }));
       await world.fault('refused=127.0.0.2:5432');
       for (const port of [5432, 8000, 81]) await ask(port);
       await world.apply(['-A INPUT -p tcp --dport 8000 -j REJECT --reject-with tcp-reset']);
       await ask(8000);
       await world.probe({ from: '127.0.0.1', to: 'web' });
       console.log(JSON.stringify([await world.journeys(), await world.journeys(3)]));`,
      { servers: { web: 'tcp://127.0.0.2:8000' } },
      ordinary,
    );
    const [all, last] = JSON.parse(stdout) as {
      to: string;
      cause: string;
      fault: string | null;
      rule: { text: string } | null;
      isComplete: boolean;
    }[][];
    t.strictSame(
      all?.map(({ to, cause, fault, rule, isComplete }) => [to, cause, fault, rule?.text, isComplete]),
      [
        ['127.0.0.2:5432', 'rejected', 'refused=127.0.0.2:5432', 'fault refused=127.0.0.2:5432', true],
        ['127.0.0.2:8000', 'service', null, undefined, true],
        ['127.0.0.2:81', 'no-listener', null, undefined, true],
        ['127.0.0.2:8000', 'rejected', null, '-A INPUT -p tcp --dport 8000 -j REJECT --reject-with tcp-reset', true],
      ],
      "loopfw's own probe is left out",
    );
    t.equal(isValid('journeyInWorld', all?.[0]), true);
    t.strictSame(last, all?.slice(3));
  });
}
