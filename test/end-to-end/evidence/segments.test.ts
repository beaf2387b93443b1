// What is too large for one segment hangs on the first part of it that a rule ended, whatever came through behind that.
import t from 'tap';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';

/** On lo a segment has 32 KiB, so it is two of them. */
const BULK = 'A'.repeat(50_000);

const TO_SERVER = '-A INPUT -p tcp --dport 80 -m string --algo bm --string secret -j';
const TO_CLIENT = '-A INPUT -p tcp --sport 80 -m string --algo bm --string secret -j';

interface Talk {
  rule: string;
  send: string | null;
  banner?: string;
  cause: 'dropped' | 'rejected' | 'answer-eaten';
}

const BY_BOTH: Record<string, Talk> = {
  'the first part of a request is dropped': { rule: `${TO_SERVER} DROP`, send: `secret${BULK}`, cause: 'dropped' },
  'the first part of a request is rejected': { rule: `${TO_SERVER} REJECT`, send: `secret${BULK}`, cause: 'rejected' },
  'the first part of a request is reset': { rule: `${TO_SERVER} REJECT --reject-with tcp-reset`, send: `secret${BULK}`, cause: 'rejected' },
  'the first part of an echo is dropped': { rule: `${TO_CLIENT} DROP`, send: `secret${BULK}`, cause: 'answer-eaten' },
};
// A client of TCP's is served by the first part of an answer, one of HTTP's by the whole.
const BY_HTTP: Record<string, Talk> = {
  'the last part of a request is dropped': { rule: `${TO_SERVER} DROP`, send: `${BULK}secret`, cause: 'dropped' },
  'the last part of an answer is dropped': { rule: `${TO_CLIENT} DROP`, send: null, banner: `${BULK}secret`, cause: 'answer-eaten' },
};

function makeScenarios(protocol: 'tcp' | 'http', talks: Record<string, Talk>): object[] {
  return Object.entries(talks).map(([name, { rule, send, banner, cause }]) => ({
    name: `${protocol}: ${name}`,
    servers: { web: { protocol, address: '127.0.0.2', port: 80, ...(banner === undefined ? {} : { banner }) } },
    rules: [rule],
    probes: [{ from: '127.0.0.1', to: 'web', timeoutMs: 700, ...(send === null ? {} : { send }), expect: { cause, rule: 0 } }],
  }));
}

for (const backend of ['nft', 'legacy']) {
  t.test(backend, async (t) => {
    const scenarios = [...makeScenarios('tcp', BY_BOTH), ...makeScenarios('http', { ...BY_BOTH, ...BY_HTTP })];
    const ended = await loopfw(['run', '-r', 'json', '--backend', backend, '-'], { input: JSON.stringify(scenarios) });
    for (const { name, probes } of readResult(ended).scenarios) {
      t.match(probes, [{ status: 'passed' }], name);
    }
  });
}
