// What notes say of random rule sets is so on the kernel: a rule without the condition that it names matches, and a rule that comes first, too.
import fc from 'fast-check';
import t from 'tap';
import type { Backend, Note, ProbeResult } from '../../../src/model/result.js';
import { loopfw } from '../../support/loopfw.js';
import { readResult } from '../../support/result.js';
import { SEED } from '../../support/seed.js';

const SOAK = Number(process.env['LOOPFW_SOAK'] ?? 1);
const RULE_SETS = 15 * SOAK;
/** Less than a second: no SYN is sent again. */
const LIMIT_MS = 400;
const seed = SEED.seed ?? Date.now();

const FAMILIES = [
  { program: '', own: ['127.0.0.1', '127.0.0.2', '127.0.0.3'], to: '127.0.0.2', from: '127.0.0.1' },
  { program: 'ip6tables ', own: ['::1', '::2'], to: '[::1]', from: '::1' },
];
const EXPECTED = ['connected', 'rejected', 'dropped', 'no-listener'];

interface Asked {
  name: string;
  backend: Backend;
  servers: Record<string, string>;
  rules: string[];
  probes: object[];
}

/** A rule set that a beginner may write, with a chain of its own. */
function makeRules({ program, own }: (typeof FAMILIES)[number]): fc.Arbitrary<string[]> {
  const pick = (...texts: string[]) =>
    fc.oneof({ weight: 2, arbitrary: fc.constant('') }, { weight: 1, arbitrary: fc.constantFrom(...texts) });
  const rule = fc
    .tuple(
      fc.constantFrom('INPUT', 'INPUT', 'OUTPUT', 'FORWARD', 'own'),
      pick(...own.map((address) => `-s ${address}`)),
      pick(...own.map((address) => `-d ${address}`)),
      pick('-p tcp --dport 80', '-p tcp --dport 22', '-p udp --dport 80', '-p tcp --sport 80'),
      pick('-i lo', '-i eth0'),
      pick('-m conntrack --ctstate NEW', '-m conntrack --ctstate RELATED,ESTABLISHED'),
      fc.constantFrom('-j ACCEPT', '-j ACCEPT', '-j DROP', '-j REJECT', '-j own', ''),
    )
    .map(([chain, source, destination, port, from, state, target]) => {
      const isOut = chain === 'OUTPUT' || chain === 'own';
      const jump = chain === 'own' && target === '-j own' ? '-j RETURN' : target;
      return [`${program}-A ${chain}`, source, destination, port, isOut ? '' : from, state, jump].filter((part) => part !== '').join(' ');
    });
  const policy = fc.constantFrom(`${program}-P INPUT DROP`, `${program}-P INPUT ACCEPT`);
  return fc.tuple(policy, fc.array(rule, { minLength: 1, maxLength: 6 })).map(([first, rules]) => [`${program}-N own`, first, ...rules]);
}

function makeScenarios(backend: Backend, own: number): Asked[] {
  const families = Array.from({ length: RULE_SETS }, (_, place) => FAMILIES[place % 3 === 2 ? 1 : 0]!);
  const [sampled = []] = fc.sample(fc.tuple(...families.map(makeRules)), { numRuns: 1, seed: own });
  return sampled.flatMap((rules, place) => {
    const { to, from } = families[place]!;
    return EXPECTED.map((expect) => ({
      name: `set ${place} ${expect}`,
      backend,
      servers: { web: `tcp://${to}:80` },
      rules,
      probes: [{ from, to: `tcp://${to}:${expect === 'no-listener' ? 81 : 80}`, expect, timeoutMs: LIMIT_MS }],
    }));
  });
}

async function run(scenarios: Asked[]): Promise<ProbeResult[]> {
  if (scenarios.length === 0) {
    return [];
  }
  const { scenarios: results } = readResult(await loopfw(['run', '-r', 'json', '--jobs', '8', '-'], { input: JSON.stringify(scenarios) }));
  return results.map(({ probes }) => probes[0]!);
}

/** The rules in which the note must come true, and the index of the rule that then matches; null if it says nothing of this kind. */
function prove({ kind, rule, text }: Note, rules: string[]): { rules: string[]; index: number } | null {
  const index = rule.index ?? -1;
  const own = rules[index] ?? '';
  if (kind === 'not-asked') {
    return { rules: [...rules, own.replace('-A', '-I')], index: rules.length };
  }
  const [, wants = ''] = /rule \d+ wants (.*?)(?:, the packet.*)?\.$/.exec(text) ?? [];
  if (kind !== 'nearest' || wants === '' || text.includes(', and ')) {
    return null;
  }
  const option = wants.startsWith('--ctstate') ? `-m conntrack ${wants}` : wants;
  // A rule before it may have ended the packet, so it comes first, too.
  const later = wants === '-p udp' ? own.replace('-p udp', '-p tcp') : own.replace(` ${option}`, '');
  return { rules: [...rules, later.replace('-A', '-I')], index: rules.length };
}

for (const [place, backend] of (['nft', 'legacy'] as const).entries()) {
  t.test(`${backend}: what a note says is so`, async (t) => {
    const own = seed + place;
    const asked = makeScenarios(backend, own);
    const first = await run(asked);
    const said = first.flatMap((probe, number) => probe.notes.map((note) => ({ note, probe, scenario: asked[number]! })));
    const proofs = said.flatMap(({ note, scenario }) => {
      const proof = prove(note, scenario.rules);
      return proof === null ? [] : [{ note, scenario: { ...scenario, rules: proof.rules }, index: proof.index }];
    });
    const second = await run(proofs.map(({ scenario }, number) => ({ ...scenario, name: `proof ${number}` })));
    for (const [number, { note, scenario, index }] of proofs.entries()) {
      const met = second[number]?.journey.some(({ steps }) => steps.some(({ rule }) => rule === index));
      t.equal(met, true, `${note.text}\n${scenario.rules.map((text, line) => `${line} ${text}`).join('\n')}`);
    }
    for (const { note, probe } of said.filter(({ note: { kind } }) => kind === 'other-chain')) {
      const isMet = probe.journey.some(({ steps }) =>
        steps.some(({ table, chain }) => table === note.rule.table && chain === note.rule.chain),
      );
      t.equal(isMet, false, note.text);
    }
    const kinds = ['not-asked', 'nearest', 'other-chain'].map((kind) => `${said.filter(({ note }) => note.kind === kind).length} ${kind}`);
    const failed = first.filter(({ status }) => status === 'failed').length;
    t.comment(`seed ${own}, ${failed} probes failed: ${kinds.join(', ')}; ${proofs.length} proved on the kernel`);
    t.ok(proofs.length > 0);
  });
}
