import { parseScenarios, runSuite } from '../../dist/index.js';
import { toCells } from './to-cells.js';

/**
 * Runs the scenarios of all tables in one sandbox, and returns the sections with the cells of their tables.
 * @throws if a probe did not pass: its observation would be a guess
 */
export async function measure(sections, reportProgress) {
  const inputs = Object.values(sections)
    .flat()
    .flatMap(({ measurements }) => measurements.map(({ scenario }) => scenario));
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify(inputs), 'reject-table');
  if (diagnostics.length > 0) {
    throw new Error(diagnostics.map(({ pointer, message }) => `${pointer}: ${message}`).join('\n'));
  }
  const runs = scenarios.reduce((sum, { backends }) => sum + backends.length, 0);
  let done = 0;
  const onScenario = (scenario) => reportProgress(`${++done}/${runs} ${scenario.name} · ${scenario.backend}`);
  const result = await runSuite(scenarios, { patience: 'full', onScenario });
  const problems = result.scenarios.flatMap(getProblems);
  if (problems.length > 0) {
    throw new Error(problems.join('\n'));
  }
  const addCells = (table) => ({ ...table, cells: new Map(table.measurements.flatMap((each) => toCells(table, each, result))) });
  const measured = Object.entries(sections).map(([name, tables]) => [name, tables.map(addCells)]);
  return { environment: result.environment, sections: Object.fromEntries(measured) };
}

function getProblems({ name, backend, error, probes }) {
  const failed = probes.filter(({ status }) => status !== 'passed');
  return [
    ...(error === null ? [] : [`${name} · ${backend}: ${error.message}`]),
    ...failed.map((probe) => `${name} · ${backend}: ${probe.name}: ${probe.status}: ${probe.explanation}`),
  ];
}
