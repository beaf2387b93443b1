/**
 * The rooms that need no namespace: the folders that are changed, the folders of the tests that must notice, and which of these tests take no part
 * (a file's path, or `path > name` of one test in it): those that run commands, measure time, or draw so many values that they take seconds.
 */
export const ROOMS = {
  verdict: { sources: ['src/verdict'], tests: ['test/verdict'], leftOut: [] },
  trace: { sources: ['src/trace'], tests: ['test/trace'], leftOut: [] },
  plan: { sources: ['src/plan'], tests: ['test/plan'], leftOut: [] },
  report: { sources: ['src/report'], tests: ['test/report'], leftOut: ['test/report/foreign-results.test.ts > of any texts'] },
  input: {
    sources: ['src/input'],
    tests: ['test/input'],
    leftOut: [
      'test/input/load-scenarios.test.ts',
      'test/input/files/rulesets.test.ts > a link out that comes after the look is not followed either',
      'test/input/files/rulesets.test.ts > the command line',
      'test/input/scenario/parse.test.ts > no value and no text makes it throw, and every diagnostic has its place',
      'test/input/scenario/parse.test.ts > what would exhaust memory, stack or patience is a diagnostic',
    ],
  },
  rules: {
    sources: ['src/rules'],
    tests: ['test/rules'],
    leftOut: [
      'test/rules/chains/check.test.ts > 20,000 chains, each of which jumps to the next, are checked without recursion',
      'test/rules/language/rule-memo.test.ts',
      'test/rules/nft/names.test.ts',
      'test/rules/nft/two-readers.test.ts',
      'test/rules/save/round-trip.test.ts',
    ],
  },
};
