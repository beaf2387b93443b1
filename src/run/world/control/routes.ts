import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Diagnostic } from '../../../model/diagnostic.js';
import { CommandError, EnvironmentError, SpecError, UsageError } from '../../../model/errors.js';
import type { ControlError, RuleFile } from '../control-types.js';
import { parseFault } from '../faults/parse.js';
import { NOTICE } from './variable.js';
import type { HostedWorld } from '../hosted-world.js';
import { ConflictError } from '../rules.js';

const MOST_BYTES = 8 * 1024 * 1024;

type Code = ControlError['error']['code'];

const STATUS: Record<Code, number> = { usage: 400, 'not-found': 404, conflict: 409, environment: 503, internal: 500 };

/** There is no such path, or no such fault. */
class NotFoundError extends Error {}

interface Answer {
  status: number;
  /** undefined: no body */
  body?: unknown;
}

/** A part of a request: its JSON, undefined without one; the number of a fault in its path; and what is behind the question mark. */
interface Asked {
  body: unknown;
  id: string;
  query: URLSearchParams;
}

type Route = (world: HostedWorld, asked: Asked) => Promise<Answer>;

const NO_CONTENT: Answer = { status: 204 };

const ROUTES: Record<string, Route> = {
  'GET /v1/faults': async (world) => ({ status: 200, body: await world.listFaults() }),
  'POST /v1/faults': async (world, { body }) => ({
    status: 201,
    body: await world.addFault(parseFault(readMember(body, 'fault', 'string'))),
  }),
  'DELETE /v1/faults': async (world) => {
    await world.heal(null);
    return NO_CONTENT;
  },
  'DELETE /v1/faults/ID': async (world, { id }) => {
    if (!/^[1-9]\d{0,8}$/.test(id) || !(await world.heal(Number(id)))) {
      throw new NotFoundError(`no fault has the number ${id}, or it has been healed`);
    }
    return NO_CONTENT;
  },
  'GET /v1/rules': async (world) => ({ status: 200, body: await world.listRules() }),
  'POST /v1/rules': async (world, { body }) => {
    await (hasMember(body, 'rulesets')
      ? world.setRuleFiles(readFiles(readMember<unknown[]>(body, 'rulesets', 'array')))
      : world.setRules(readMember<unknown[]>(body, 'rules', 'array')));
    return NO_CONTENT;
  },
  'DELETE /v1/rules': async (world) => {
    await world.setRules([]);
    return NO_CONTENT;
  },
  'POST /v1/probe': async (world, { body }) => ({ status: 200, body: await world.probe(body) }),
  'GET /v1/journeys': async (world, { query }) => ({ status: 200, body: await world.journeys(readNumber(query, 'since')) }),
  'GET /v1/servers': (world) => Promise.resolve({ status: 200, body: world.servers }),
};

/** The server of a world's control. It listens nowhere: sockets are handed to it. */
export function makeHttpServer(world: HostedWorld): Server {
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    answer(world, request)
      .catch(toAnswer)
      .then(async ({ status, body }) => {
        const notice = await world.takeNotice();
        if (notice !== null) {
          response.setHeader(NOTICE, encodeURIComponent(notice));
        }
        send(response, status, body);
      })
      .catch(() => response.destroy());
  };
  // HTTP as shells and short programs write it: without a Host, with an Expect that is not known, closed for writing behind the request
  // (socat(1), nc -N; httpAllowHalfOpen is in no document of Node.js: without it there is no answer).
  const server = Object.assign(createServer({ requireHostHeader: false }, handle), { httpAllowHalfOpen: true });
  server.on('checkExpectation', handle);
  server.on('clientError', (error, socket) => {
    if (socket.writable) {
      socket.end(toRawAnswer(error));
    } else {
      socket.destroy();
    }
  });
  return server;
}

/** The answer to what is no request of HTTP: nothing of node:http sends it. */
function toRawAnswer(error: Error): string {
  const { status, body } = toAnswer(new UsageError(`this is no request of HTTP: ${error.message}`));
  const text = `${JSON.stringify(body)}\n`;
  const head = [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, 'connection: close', 'content-type: application/json'];
  return [...head, `content-length: ${Buffer.byteLength(text)}`, '', text].join('\r\n');
}

async function answer(world: HostedWorld, request: IncomingMessage): Promise<Answer> {
  const [asked = '', query = ''] = (request.url ?? '').split('?', 2);
  const path = asked.replace(/(?<=.)\/$/, '');
  const { id = '' } = /^\/v1\/faults\/(?<id>[^/]*)$/.exec(path)?.groups ?? {};
  const key = `${request.method} ${id === '' ? path : '/v1/faults/ID'}`;
  const route = Object.hasOwn(ROUTES, key) ? ROUTES[key] : undefined;
  if (route === undefined) {
    throw new NotFoundError(`${request.method} ${path} is no request of this world: it knows ${Object.keys(ROUTES).join(', ')}`);
  }
  return route(world, { body: await readJson(request), id, query: new URLSearchParams(query) });
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes <= MOST_BYTES) {
      chunks.push(chunk);
    }
  }
  // A client reads the answer after it has written all of its body.
  if (bytes > MOST_BYTES) {
    throw new UsageError(`the body is larger than ${MOST_BYTES / 1024 / 1024} MiB`);
  }
  const text = Buffer.concat(chunks).toString();
  try {
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch (error) {
    throw new UsageError(`the body is no JSON: ${(error as Error).message}`);
  }
}

function hasMember(body: unknown, name: string): boolean {
  return typeof body === 'object' && body !== null && name in body;
}

function readFiles(files: unknown[]): RuleFile[] {
  return files.map((file) => ({ file: readMember(file, 'file', 'string'), text: readMember(file, 'text', 'string') }));
}

function readNumber(query: URLSearchParams, name: string): number {
  const text = query.get(name) ?? '0';
  if (!/^\d{1,12}$/.test(text)) {
    throw new UsageError(`${name}: expected a number, found ${JSON.stringify(text)}`);
  }
  return Number(text);
}

function readMember<Value = string>(body: unknown, name: string, type: 'string' | 'array'): Value {
  const value = typeof body === 'object' && body !== null ? (body as Record<string, unknown>)[name] : undefined;
  if (type === 'array' ? !Array.isArray(value) : typeof value !== type) {
    throw new UsageError(`expected a body {${JSON.stringify(name)}: ${type === 'array' ? '[…]' : '"…"'}}`);
  }
  return value as Value;
}

function toAnswer(error: unknown): Answer {
  const code = getCode(error);
  const message = error instanceof Error ? describe(error) : String(error);
  return { status: STATUS[code], body: { error: { code, message } } satisfies ControlError };
}

function getCode(error: unknown): Code {
  if (error instanceof NotFoundError) {
    return 'not-found';
  }
  if (error instanceof ConflictError) {
    return 'conflict';
  }
  return error instanceof SpecError || error instanceof UsageError
    ? 'usage'
    : error instanceof EnvironmentError
      ? 'environment'
      : 'internal';
}

function describe(error: Error): string {
  if (error instanceof SpecError) {
    return error.diagnostics.map(describeProblem).join('\n');
  }
  if (error instanceof EnvironmentError) {
    return [error.message, ...error.remedies.map((remedy) => `remedy: ${remedy}`)].join('\n');
  }
  return error instanceof CommandError ? error.summary : error.message;
}

/** The names that stand for the request itself. */
const OWN_NAMES = /^<(?:rules|probe|world)>$/;

/** A problem of the request has a pointer, and a problem of a file of rules has its place there. */
function describeProblem({ file, line, column, pointer, message }: Diagnostic): string {
  const place = OWN_NAMES.test(file) ? (pointer ?? '').replace(/^\/(?:probes\/0\/?)?/, '') : `${file}:${line}:${column}`;
  return place === '' ? message : `${place}: ${message}`;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  if (body === undefined) {
    response.writeHead(status).end();
  } else {
    response.writeHead(status, { 'content-type': 'application/json' }).end(`${JSON.stringify(body)}\n`);
  }
}
