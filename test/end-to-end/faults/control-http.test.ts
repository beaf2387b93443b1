// The control of a world, as short programs and broken ones write HTTP.
import { createConnection } from 'node:net';
import { once } from 'node:events';
import { spawn } from 'node:child_process';
import t from 'tap';
import { getPackage } from '../../support/package.js';

const LIST = 'GET /v1/faults HTTP/1.1\r\n\r\n';

/** Writes bytes to the socket, closes it for writing, and reads until the world closes it. */
async function send(socket: string, text: string): Promise<string> {
  const connection = createConnection({ path: socket, allowHalfOpen: true });
  connection.end(text);
  let answer = '';
  connection.on('data', (part: Buffer) => (answer += part.toString()));
  await once(connection, 'close');
  return answer;
}

t.test('every answer is JSON, and the world goes on', async (t) => {
  const { folder } = await getPackage(false);
  const world = spawn('node', [`${folder}/dist/bin.js`, 'exec', '--', 'sh', '-c', 'echo $LOOPFW_CONTROL; read line']);
  const ended = once(world, 'close');
  const [printed] = (await once(world.stdout, 'data')) as [Buffer];
  const socket = printed.toString().trim();
  const cases: [name: string, text: string, answer: RegExp][] = [
    ['closed for writing behind the request, without a Host', LIST, /^HTTP\/1.1 200 OK\r\n[^]*\[\]\n/],
    ['two at once', LIST + LIST, /^HTTP\/1.1 200 OK\r\n[^]*\[\]\n[^]*HTTP\/1.1 200 OK\r\n[^]*\[\]\n/],
    ['HTTP/1.0', LIST.replace('1.1', '1.0'), /200 OK/],
    ['an unknown Expect', LIST.replace('\r\n', '\r\nexpect: much\r\n'), /200 OK/],
    [
      'a body of 9 MB',
      `GET /v1/faults HTTP/1.1\r\ncontent-length: 9000000\r\n\r\n${' '.repeat(9_000_000)}`,
      /400 Bad[^]*larger than 8 MiB/,
    ],
    ['no HTTP', '\u0016\u0003\u0001', /400 Bad Request[^]*{"error":{"code":"usage","message":"this is no request of HTTP: /],
    ['half a body', 'POST /v1/rules HTTP/1.1\r\ncontent-length: 20\r\n\r\n{', /{"error":{"code":"usage"/],
    ['a long head', `GET /${'a'.repeat(20_000)} HTTP/1.1\r\n\r\n`, /{"error":{"code":"usage"/],
    ['nothing', '', /^$/],
  ];
  for (const [name, text, answer] of cases) {
    t.match(await send(socket, text), answer, name);
  }
  t.match(await send(socket, LIST), /200 OK/);
  world.stdin.end('end\n');
  t.strictSame(await ended, [0, null]);
});
