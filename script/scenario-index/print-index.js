import { findClaims } from './find-claims.js';
import { FOLDERS, getFolder } from './folders.js';
import { getVerdict } from './get-verdict.js';
import { printTable } from './print-table.js';

const INTRODUCTION = `<!-- Written by npm run docs:scenarios from the scenarios themselves: change those instead. -->

# The scenario library

You can run each file here, for example \`loopfw run scenarios/reject.json\`. You can also learn from it: the scenarios test on the kernel what people say
about loopback and rejection. The probes expect exactly what a description says. The tests also check that no scenario with rules passes
without them. \`loopfw run --tag claim-13 scenarios\` runs the scenarios of one claim.`;

const VERDICTS = 'Confirmed: the claim is true. Qualified: it is true, but not always. Refuted: something else happens.';

/** The library as a document: what people say, each with the kernel's verdict, and then the scenarios by folder. */
export function printIndex(scenarios) {
  const sections = Object.entries(FOLDERS).map(([folder, { title, purpose }]) => {
    const own = scenarios.filter(({ file }) => getFolder(file) === folder);
    return own.length === 0 ? [] : [`## ${title}`, purpose, printScenarios(own)];
  });
  return `${[INTRODUCTION, '## What people say', VERDICTS, printClaims(scenarios), ...sections.flat()].join('\n\n')}\n`;
}

function printClaims(scenarios) {
  const rows = findClaims(scenarios).map(({ number, text, verdict, files }) => [number, text, verdict, files.map(link).join(', ')]);
  return printTable(['', 'the claim', 'verdict', 'scenarios'], rows);
}

/** A file is named where its first scenario stands. */
function printScenarios(scenarios) {
  const rows = scenarios.map((scenario, place) => {
    const { file, name, description } = scenario;
    return [scenarios[place - 1]?.file === file ? '' : link(file), name, description, getVerdict(scenario)];
  });
  return printTable(['file', 'scenario', 'what it shows', 'claim'], rows);
}

function link(file) {
  return `[${file.split('/').at(-1)}](${file})`;
}
