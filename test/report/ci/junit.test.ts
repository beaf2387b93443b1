// JUnit XML by the rules of junit-10.xsd, as Jenkins reads it; and what GitLab and Jenkins make of names.
import t, { type Test } from 'tap';
import type { CounterResult, Result } from '../../../src/model/result.js';
import { reportJunit } from '../../../src/report/ci/junit.js';
import { readResultFile } from '../../support/result.js';
import { HOSTILE, spoil } from '../../support/spoil.js';
import { parseXml, type XmlElement } from '../../support/xml.js';

const read = (name: string) => readResultFile(new URL(`../${name}`, import.meta.url));
const EVERY = read('every-status.json');
const DOCUMENTS = [EVERY, read('phases-and-tables.json'), { ...EVERY, scenarios: [] }];

/** What an element may have. A line for each of the schema that loopfw writes; a name with ! must be there. */
const RULES: Record<string, { attributes: string[]; children: string[]; hasText?: true }> = {
  testsuites: { attributes: ['name', 'time', 'tests', 'failures', 'errors'], children: ['testsuite'] },
  testsuite: {
    attributes: ['name!', 'tests!', 'failures!', 'errors!', 'skipped', 'time', 'timestamp', 'hostname', 'id', 'package', 'file'],
    children: ['properties', 'testcase', 'system-out', 'system-err'],
  },
  properties: { attributes: [], children: ['property'] },
  property: { attributes: ['name!', 'value!'], children: [] },
  testcase: { attributes: ['name!', 'classname', 'time', 'group'], children: ['skipped', 'error', 'failure'] },
  error: { attributes: ['type', 'message'], children: [], hasText: true },
  failure: { attributes: ['type', 'message'], children: [], hasText: true },
  'system-err': { attributes: [], children: [], hasText: true },
};
/** With three decimal places at the most: the older versions of the schema want it so. */
const TIME = /^\d+\.\d{3}$/;

function findProblems({ name, attributes, children, text }: XmlElement): string[] {
  const rule = RULES[name];
  if (rule === undefined) {
    return [`<${name}> is not known`];
  }
  const known = rule.attributes.map((key) => key.replace('!', ''));
  const required = rule.attributes.filter((key) => key.endsWith('!')).map((key) => key.slice(0, -1));
  return [
    ...Object.keys(attributes).filter((key) => !known.includes(key)),
    ...required.filter((key) => attributes[key] === undefined),
    ...children.flatMap((child) => (rule.children.includes(child.name) ? findProblems(child) : [`<${child.name}> in <${name}>`])),
    ...(rule.hasText === true || text.trim() === '' ? [] : [`text in <${name}>`]),
    ...(attributes['time'] === undefined || TIME.test(attributes['time']) ? [] : [attributes['time']]),
  ];
}

function listCases(root: XmlElement): XmlElement[] {
  return root.children.flatMap(({ children }) => children.filter(({ name }) => name === 'testcase'));
}

function assertCounts(t: Test, root: XmlElement) {
  for (const element of [root, ...root.children]) {
    const cases = element === root ? listCases(root) : listCases({ ...root, children: [element] });
    const count = (name: string) => `${cases.filter(({ children }) => children.some((child) => child.name === name)).length}`;
    t.match(element.attributes, { tests: `${cases.length}`, failures: count('failure'), errors: count('error') });
  }
}

t.test('the rules of the schema, whatever the texts of the document', async (t) => {
  for (const document of DOCUMENTS) {
    const changes = [(text: string) => text, (text: string) => `${text}${HOSTILE}`, () => HOSTILE, () => ''];
    for (const change of changes) {
      const root = parseXml(reportJunit(spoil(document, change), { color: false }));
      t.strictSame(findProblems(root), []);
      assertCounts(t, root);
    }
  }
});

t.test('what did not pass is a failure or an error: nothing is skipped', async (t) => {
  const root = parseXml(reportJunit(EVERY, { color: false }));
  const cases = listCases(root).map(({ attributes, children }) => {
    const [reason] = children;
    return [attributes['classname'], attributes['name'], reason?.name, reason?.attributes['type']];
  });
  t.strictSame(cases, [
    ['scenarios.every › one of everything', 'app → web', undefined, undefined],
    ['scenarios.every › one of everything', 'a policy decides', undefined, undefined],
    ['scenarios.every › one of everything', 'app → web #2', 'failure', 'answer-eaten'],
    ['scenarios.every › one of everything', 'app → web #3', 'error', 'inconclusive'],
    ['scenarios.every › one of everything', 'app → web #4', 'error', 'error'],
    ['scenarios.b › could not run', 'the scenario', 'error', 'environment'],
    ['loopfw', 'the run', 'error', 'aborted'],
  ]);
  t.match(root.children[0]?.attributes, { name: 'one of everything', file: 'scenarios/every.json', time: '0.123' });
  t.match(root.children[0]?.children.at(-1)?.text, 'scenarios/every.json:7:5: warning: the world has no interface');
  const [failure] = listCases(root)[2]!.children;
  for (const part of [
    'scenarios/every.json:12:7\n',
    'Expected refused, observed timeout',
    'advice: Give',
    'hint: What',
    'more: loopfw explain',
  ]) {
    t.match(failure?.text, part);
  }
  t.match(failure?.text, /filter web +reject +rule 1 no-client/);
});

t.test('counters are cases, names are unlike, dots make no package', async (t) => {
  const [scenario] = EVERY.scenarios;
  const [probe] = scenario!.probes;
  const counter: CounterResult = { interface: 'eth0', direction: 'tx', expected: '0', observed: 3, status: 'failed' };
  const names = ['a', 'a', 'a #2', 'a', 'b'];
  const document: Result = {
    ...EVERY,
    aborted: false,
    scenarios: [
      {
        ...{ ...scenario!, name: 'v1.8 of it', file: '/home/me/../x.y/z.jsonc', backend: 'legacy', counters: [counter] },
        probes: names.map((name) => ({ ...probe!, name, phase: name === 'b' ? 'later' : null })),
      },
    ],
  };
  const cases = listCases(parseXml(reportJunit(document, { color: false })));
  t.strictSame(
    cases.map(({ attributes }) => attributes['name']),
    ['a', 'a #3', 'a #2', 'a #4', 'later: b', 'counter of eth0: tx = 0'],
  );
  t.equal(cases[0]?.attributes['classname'], 'home.me.․․.x․y.z․jsonc › v1․8 of it (legacy)');
  t.strictSame(cases.at(-1)?.children[0]?.attributes, {
    type: 'counter',
    message: 'Expected counter of eth0: tx = 0, observed 3 packets.',
  });
});

t.test('a case has its file for GitLab alone', async (t) => {
  const getFiles = (kind: 'github' | 'gitlab') => {
    const text = reportJunit(EVERY, { color: false, pipeline: { kind, folder: '/builds/me/sub', repository: '/builds/me' } });
    return [...new Set(listCases(parseXml(text)).map(({ attributes }) => attributes['file']))];
  };
  t.strictSame(getFiles('gitlab'), ['sub/scenarios/every.json', 'sub/scenarios/b.json', undefined]);
  t.strictSame(getFiles('github'), [undefined]);
});

t.test('GitLab takes a file of 30 MB at the most', async (t) => {
  const [scenario] = EVERY.scenarios;
  const failed = { ...scenario!.probes[2]!, explanation: 'x <y> '.repeat(300) };
  const probes = Array.from({ length: 10_000 }, (_, index) => ({ ...failed, index }));
  const text = reportJunit({ ...EVERY, scenarios: [{ ...scenario!, probes }] }, { color: false });
  t.ok(Buffer.byteLength(text) < 30_000_000, `${Buffer.byteLength(text)} bytes`);
  t.equal(text.match(/<failure /g)?.length, 10_000);
  const last = text.slice(text.lastIndexOf('<testcase', text.lastIndexOf('<failure ')), text.lastIndexOf('</failure>'));
  t.match(parseXml(`<?xml version="1.0" encoding="UTF-8"?>\n${last}</failure></testcase>`).children[0]?.attributes, {
    message: /The reason is left out here/,
  });
});
