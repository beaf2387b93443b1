import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  countNoun
} from "./chunk-WAGPLFAO.js";
import {
  WIDTH,
  wrap
} from "./chunk-FB3AVYQH.js";
import {
  getMark,
  makePaint
} from "./chunk-XVINQOOH.js";
import {
  makeHarmless
} from "./chunk-43F4W77O.js";

// dist/report/get-coverage.js
function getCoverage({ scenarios }) {
  const counted = scenarios.flatMap(({ rules }) => rules).filter(({ packets }) => packets !== null).length;
  const unreached = scenarios.map((scenario) => ({ scenario, rules: scenario.rules.filter(({ packets }) => packets === 0) })).filter(({ rules }) => rules.length > 0);
  const reached = counted - unreached.reduce((sum, { rules }) => sum + rules.length, 0);
  return { counted, reached, percent: counted === 0 ? 100 : 100 * reached / counted, unreached };
}

// dist/report/show-counter.js
function nameCounter({ interface: name, direction, expected }) {
  return `counter of ${name}: ${direction} ${/^\d/.test(expected) ? `= ${expected}` : expected}`;
}
function showCounted({ observed }) {
  return observed === null ? "no such interface" : countNoun(observed, "packet");
}

// dist/report/get-more.js
function getMore({ status, cause }) {
  return `loopfw explain ${status === "failed" && cause !== null ? cause : status}`;
}

// dist/report/get-rule-set.js
function getRuleSet({ rules, probes }, phase) {
  const bringers = [...new Set(rules.map((rule) => rule.phase))];
  const earlier = getOrder(bringers, [...new Set(probes.map((probe) => probe.phase))]);
  const bringer = earlier.slice(0, earlier.indexOf(phase) + 1).findLast((name) => bringers.includes(name));
  return rules.filter((rule) => rule.phase === bringer);
}
function getOrder(bringers, probers) {
  const order = /* @__PURE__ */ new Set();
  for (const name of bringers) {
    for (const before of probers.slice(0, probers.indexOf(name) + 1)) {
      order.add(before);
    }
    order.add(name);
  }
  return [.../* @__PURE__ */ new Set([...order, ...probers])];
}

// dist/report/name-rule.js
function nameRule({ index, name, line }) {
  return `rule ${index}${name === null ? "" : ` ${name}`}${line === null ? "" : ` (line ${line})`}`;
}

// dist/report/name-scenario.js
function nameScenario({ name, backend }) {
  return backend === "nft" ? name : `${name} (${backend})`;
}

// dist/report/list-unreached.js
var MOST = 10;
function listUnreached({ unreached }) {
  return unreached.map(({ scenario, rules }) => {
    const more = rules.length > MOST ? [`and ${rules.length - MOST} more`] : [];
    return makeHarmless(`${nameScenario(scenario)}: ${[...rules.slice(0, MOST).map(describe), ...more].join("; ")}`);
  });
}
function describe(rule) {
  const phase = rule.phase === null ? "" : ` of ${rule.phase}`;
  return `${nameRule(rule)}${phase}${rule.name === null ? `: ${rule.text}` : ""}`;
}

// dist/report/gather-repeats.js
function gatherRepeats(journey) {
  const found = /* @__PURE__ */ new Map();
  for (const packet of journey) {
    const key = JSON.stringify(packet);
    const first = found.get(key);
    if (first === void 0) {
      found.set(key, { ...packet, times: 1 });
    } else {
      first.times += 1;
    }
  }
  return [...found.values()];
}

// dist/report/show-journey.js
function showJourney(journey, rules, indent, paint) {
  const steps = journey.flatMap((packet) => packet.steps);
  const hookWidth = Math.max(0, ...steps.map(({ hook }) => hook.length));
  const placeWidth = Math.max(0, ...steps.map((step) => getPlace(step).length));
  return gatherRepeats(journey).flatMap(({ packet, steps: met, times }) => [
    `${indent}${makeHarmless(packet)}${times === 1 ? "" : ` (${times} times)`}`,
    ...met.map((step) => `${indent}  ${step.hook.padEnd(hookWidth)}  ${getPlace(step).padEnd(placeWidth)}  ${showVerdict(step, paint)}  ${paint.dim(getText(step, rules))}`.trimEnd())
  ]);
}
function getPlace({ table, chain }) {
  return `${table} ${chain}`;
}
function showVerdict({ verdict }, paint) {
  const padded = verdict.padEnd(8);
  return verdict === "drop" || verdict === "reject" ? paint.fail(padded) : padded;
}
function getText({ rule, verdict }, rules) {
  if (rule === null) {
    return verdict === "return" ? "end of chain" : "policy";
  }
  const { name, text, line } = (rules[rule]?.index === rule ? rules[rule] : rules.find(({ index }) => index === rule)) ?? {
    name: null,
    text: "",
    line: null
  };
  return makeHarmless(`${nameRule({ index: rule, name, line })}: ${text}`);
}

// dist/report/describe-cell.js
var SEVERITY = ["passed", "inconclusive", "failed", "error"];
function describeCell(probes) {
  const status = SEVERITY[Math.max(0, ...probes.map((probe2) => SEVERITY.indexOf(probe2.status)))] ?? "error";
  const worst = probes.filter((probe2) => probe2.status === status);
  const [probe] = worst;
  if (probe === void 0) {
    return { text: "", status };
  }
  const mark = status === "passed" ? "" : `${getMark(status)} `;
  const expected = status === "failed" ? ` (expected ${describeExpected(probe.expected)})` : "";
  return { text: `${mark}${describeObserved(probe)}${describeTimes(worst.length, probes.length)}${expected}`, status };
}
function describeTimes(times, all) {
  return all === 1 ? "" : ` \xD7${times}${times === all ? "" : ` of ${all}`}`;
}
function describeObserved({ expected, observed, cause }) {
  if (observed === null) {
    return "error";
  }
  const isClosed = isClosedAsked(expected) && observed.outcome === "refused" && cause === "no-listener";
  const isCauseAsked = expected.cause !== void 0 && (expected.outcome === void 0 || expected.outcome === observed.outcome);
  return isClosed ? "closed" : isCauseAsked ? cause ?? observed.outcome : observed.outcome;
}
function describeExpected(expected) {
  const { outcome, cause, rule, icmp, reply, afterMs, withinMs } = expected;
  if (isClosedAsked(expected)) {
    return "closed";
  }
  const parts = [
    ...outcome === void 0 ? [] : [outcome],
    ...cause === void 0 ? [] : [cause],
    ...rule === void 0 ? [] : [`rule ${rule}`],
    ...icmp === void 0 ? [] : [icmp],
    ...reply === void 0 ? [] : ["a reply"],
    ...afterMs === void 0 ? [] : [`after ${afterMs} ms`],
    ...withinMs === void 0 ? [] : [`within ${withinMs} ms`]
  ];
  return parts.join(", ");
}
function isClosedAsked({ outcome, cause }) {
  return outcome === "refused" && cause === "no-listener";
}

// dist/report/show-matrix.js
var GAP = "  ";
var NOTHING = { text: "\xB7", status: null };
var LEGEND = {
  failed: "not what the scenario says",
  inconclusive: "the evidence does not carry a verdict",
  error: "loopfw could not do its work"
};
function showMatrix(probes, indent, paint) {
  const rows = [...new Set(probes.flatMap(({ matrix }) => matrix?.client ?? []))];
  const columns = getColumns(probes, rows);
  const width = Math.max(0, ...rows.map((row) => makeHarmless(row).length));
  const parts = split(columns, WIDTH - width);
  return [
    ...parts.flatMap((part) => showPart(part, rows, width, paint).map((line) => `${indent}${line}`)),
    ...showLegend(columns, indent, paint)
  ];
}
function getColumns(probes, rows) {
  const cells = /* @__PURE__ */ new Map();
  for (const probe of probes) {
    const key = getKey(probe.matrix?.client, probe.matrix?.server);
    cells.set(key, [...cells.get(key) ?? [], probe]);
  }
  return [...new Set(probes.flatMap(({ matrix }) => matrix?.server ?? []))].map((name) => {
    const server = makeHarmless(name);
    const own = rows.map((row) => cells.get(getKey(row, name)) ?? []).map((cell) => cell.length === 0 ? NOTHING : describeCell(cell));
    return { server, cells: own, width: Math.max(server.length, ...own.map(({ text }) => text.length)) };
  });
}
function getKey(client, server) {
  return JSON.stringify([client, server]);
}
function split(columns, width) {
  const parts = [];
  let left = 0;
  for (const column of columns) {
    left -= GAP.length + column.width;
    const part = parts.at(-1);
    if (part === void 0 || left < 0) {
      parts.push([column]);
      left = width - GAP.length - column.width;
    } else {
      part.push(column);
    }
  }
  return parts;
}
function showPart(columns, rows, width, paint) {
  const head = [" ".repeat(width), ...columns.map((column) => column.server.padEnd(column.width))];
  return [
    paint.dim(head.join(GAP).trimEnd()),
    ...rows.map((row, place) => [makeHarmless(row).padEnd(width), ...columns.map((column) => showCell(column, place, paint))].join(GAP).trimEnd())
  ];
}
function showCell({ cells, width }, place, paint) {
  const { text, status } = cells[place] ?? NOTHING;
  const padded = text.padEnd(width);
  return status === null ? paint.dim(padded) : paint.status(status, padded);
}
function showLegend(columns, indent, paint) {
  const seen = new Set(columns.flatMap(({ cells }) => cells.map(({ status }) => status)));
  const meanings = Object.keys(LEGEND).filter((status) => seen.has(status));
  return meanings.length === 0 ? [] : [`${indent}${meanings.map((status) => `${paint.mark(status)} ${paint.dim(LEGEND[status])}`).join(GAP)}`];
}

// dist/report/show-outcome.js
function showOutcome({ observed, cause, rule, decided }, rules) {
  const outcome = observed?.outcome ?? "nothing observed";
  const when = decided === "proved" ? " (proved)" : ` after ${observed?.elapsedMs ?? "?"} ms`;
  return `${outcome}${when}, ${cause}${rule === null ? "" : ` by ${makeHarmless(describeDecider(rule, rules))}`}`;
}
function describeDecider({ index, name, chain, text }, rules) {
  if (text.startsWith("-P ")) {
    return `the policy ${text}`;
  }
  if (index === null) {
    return `the ${text} of ${chain}`;
  }
  const line = rules.find((rule) => rule.index === index && rule.text === text)?.line ?? null;
  return `${nameRule({ index, name, line })}: ${text}`;
}

// dist/report/human.js
var DETAIL = "      ";
var reportHuman = (result, { color }) => {
  const paint = makePaint(color);
  const blocks = result.scenarios.map((scenario) => showScenario(scenario, paint));
  return `${[...blocks, showEnd(result, paint)].join("\n\n")}
`;
};
function showScenario(scenario, paint) {
  const { name, file, backend, status, durationMs, error } = scenario;
  const place = paint.dim(`${makeHarmless(file)} \xB7 ${backend} \xB7 ${Math.round(durationMs)} ms`);
  const head = `${paint.mark(status)} ${paint.bold(makeHarmless(name))}  ${place}`;
  if (error !== null) {
    const lines = error.message.split("\n").map((line) => `  ${paint.fail(makeHarmless(line))}`);
    return [head, ...lines, `  ${paint.bold("more:")} ${getMore({ status, cause: null })}`].join("\n");
  }
  const phases = [...new Set(scenario.probes.map(({ phase }) => phase))];
  const counters = scenario.counters.map((counter) => showCounter(counter, paint));
  return [head, ...phases.flatMap((phase) => showPhase(phase, scenario, paint)), ...counters].join("\n");
}
function showPhase(phase, scenario, paint) {
  const probes = scenario.probes.filter((probe) => probe.phase === phase);
  const cells = probes.filter(({ matrix }) => matrix !== null);
  const stories = cells.filter(({ status }) => status !== "passed");
  return [
    ...phase === null ? [] : [`  ${paint.bold("phase:")} ${makeHarmless(phase)}`],
    ...probes.filter(({ matrix }) => matrix === null).map((probe) => showProbe(probe, scenario, paint)),
    ...showMatrix(cells, "  ", paint),
    ...stories.map((probe) => showProbe(probe, scenario, paint))
  ];
}
function showProbe(probe, scenario, paint) {
  const route = `${probe.from} \u2192 ${probe.to}/${probe.protocol}`;
  const title = `${makeHarmless(probe.name)}  ${paint.dim(route)}`;
  if (probe.status === "passed") {
    return `  ${paint.mark("passed")} ${title}  ${showOutcome(probe, scenario.rules)}`;
  }
  const place = `${makeHarmless(scenario.file)}:${probe.line}:${probe.column}`;
  return [
    `  ${paint.mark(probe.status)} ${title}  ${paint.status(probe.status)}`,
    `${DETAIL}${paint.dim(place)}`,
    wrap(makeHarmless(probe.explanation), DETAIL),
    ...showJourney(probe.journey, getRuleSet(scenario, probe.phase), DETAIL, paint),
    ...showNote("advice", probe.advice, paint),
    ...showNote("hint", probe.hint, paint),
    ...showNote("more", getMore(probe), paint)
  ].join("\n");
}
function showCounter(counter, paint) {
  const title = `${paint.mark(counter.status)} ${makeHarmless(nameCounter(counter))}`;
  return `  ${title}  ${counter.status === "passed" ? "" : `${paint.status(counter.status)}: `}${showCounted(counter)}`;
}
function showNote(label, text, paint) {
  return text === null ? [] : [wrap(`${paint.bold(`${label}:`)} ${makeHarmless(text)}`, DETAIL)];
}
function showEnd(result, paint) {
  const { summary, aborted } = result;
  const parts = [
    `${countNoun(summary.scenarios, "scenario")}, ${countNoun(summary.probes, "probe")}: ${summary.passed} passed`,
    ...showCount(summary, "failed", paint.fail),
    ...showCount(summary, "inconclusive", paint.warn),
    ...summary.errors === 0 ? [] : [paint.fail(countNoun(summary.errors, "error"))],
    ...showFailedCounters(result, paint)
  ];
  const end = `${parts.join(", ")} ${paint.dim(`(${(summary.durationMs / 1e3).toFixed(2)} s)`)}`;
  return [...showUnreached(result, paint), end, ...aborted ? [paint.warn("aborted: what had not finished is left out")] : []].join("\n");
}
function showCount(summary, key, color) {
  return summary[key] === 0 ? [] : [color(`${summary[key]} ${key}`)];
}
function showFailedCounters({ scenarios }, paint) {
  const failed = scenarios.flatMap(({ counters }) => counters).filter(({ status }) => status === "failed").length;
  return failed === 0 ? [] : [paint.fail(`${countNoun(failed, "counter")} failed`)];
}
function showUnreached(result, paint) {
  const lines = listUnreached(getCoverage(result));
  return lines.length === 0 ? [] : [paint.warn("rules that no probe reached:"), ...lines.map((line) => wrap(line, "  ")), ""];
}

// dist/report/json.js
var reportJson = (result) => `${JSON.stringify(result, null, 2)}
`;

// dist/report/diagnose.js
function diagnoseProbe(probe, scenario) {
  const { file } = scenario;
  const { status, line, column, expected, observed, cause, rule, explanation, advice, hint, journey } = probe;
  const lines = showJourney(journey, getRuleSet(scenario, probe.phase), "", makePaint(false));
  return leaveOutNulls({
    ...{ status, file, line, column, expected: { ...expected }, observed: observed && { ...observed }, cause, rule: rule && { ...rule } },
    ...{ explanation, advice, hint, more: getMore(probe), journey: lines.length === 0 ? null : lines }
  });
}
function diagnoseCounter({ status, expected, observed }, { file }) {
  return leaveOutNulls({ status, file, expected, observed });
}
function diagnoseScenario({ status, file, backend, error }) {
  const detail = error && { ...error, message: splitLines(error.message) };
  return leaveOutNulls({ status, file, backend, error: detail, more: error && getMore({ status, cause: null }) });
}
function splitLines(text) {
  return text.includes("\n") ? text.split("\n") : text;
}
function leaveOutNulls(diagnosis) {
  return Object.fromEntries(Object.entries(diagnosis).filter(([, value]) => value !== null));
}

// dist/report/escape-tap.js
function escapeTap(text) {
  return makeHarmless(text.trim()).replace(/\{$/, "\\u{7b}").replace(/[\\#]/g, (character) => `\\${character}`);
}

// dist/report/print-yaml.js
function printYaml(mapping, indent) {
  return Object.entries(mapping).flatMap(([key, value]) => {
    if (Array.isArray(value)) {
      return [`${indent}${key}: |`, ...value.map((line) => `${indent}  ${makeHarmless(line)}`)];
    }
    if (value !== null && typeof value === "object") {
      return Object.keys(value).length === 0 ? [`${indent}${key}: {}`] : [`${indent}${key}:`, ...printYaml(value, `${indent}  `)];
    }
    return [`${indent}${key}: ${printScalar(value)}`];
  });
}
function printScalar(value) {
  if (value === null) {
    return "~";
  }
  return typeof value === "string" ? JSON.stringify(makeHarmless(value)) : `${value}`;
}

// dist/report/tap.js
var reportTap = ({ scenarios, aborted }, { tapVersion = 14 }) => {
  const points = tapVersion === 14 ? scenarios.map(toPoint) : scenarios.flatMap(toFlatPoints);
  const lines = [
    `TAP version ${tapVersion}`,
    ...printPoints(points, ""),
    ...aborted ? ["Bail out! The run was aborted: what had not finished is left out"] : []
  ];
  return `${lines.join("\n")}
`;
};
function toPoint(scenario) {
  return {
    description: nameScenario(scenario),
    diagnosis: scenario.status === "passed" ? null : diagnoseScenario(scenario),
    // The probes of a scenario that could not run would only repeat its error.
    ...scenario.error === null ? { subtests: toSubtests(scenario) } : {}
  };
}
function toFlatPoints(scenario) {
  const { subtests = [], ...whole } = toPoint(scenario);
  return subtests.length === 0 ? [whole] : subtests.map((point) => ({ ...point, description: `${whole.description}: ${point.description}` }));
}
function toSubtests(scenario) {
  return [
    ...scenario.probes.map((probe) => toProbePoint(probe, scenario)),
    ...scenario.counters.map((counter) => toCounterPoint(counter, scenario))
  ];
}
function toCounterPoint(counter, scenario) {
  return { description: nameCounter(counter), diagnosis: counter.status === "passed" ? null : diagnoseCounter(counter, scenario) };
}
function toProbePoint(probe, scenario) {
  return {
    description: probe.phase === null ? probe.name : `${probe.phase}: ${probe.name}`,
    diagnosis: probe.status === "passed" ? null : diagnoseProbe(probe, scenario)
  };
}
function printPoints(points, indent) {
  return [`${indent}1..${points.length}`, ...points.flatMap((point, index) => printPoint(point, index + 1, indent))];
}
function printPoint({ description, diagnosis, subtests = [] }, number, indent) {
  const name = escapeTap(description);
  return [
    ...subtests.length === 0 ? [] : [`${indent}# Subtest: ${name}`, ...printPoints(subtests, `${indent}    `)],
    `${indent}${diagnosis === null ? "ok" : "not ok"} ${number} - ${name}`,
    ...diagnosis === null ? [] : [`${indent}  ---`, ...printYaml(diagnosis, `${indent}  `), `${indent}  ...`]
  ];
}

// dist/report/reporters.js
var REPORTERS = { human: reportHuman, json: reportJson, tap: reportTap };

export {
  getCoverage,
  getMore,
  getRuleSet,
  listUnreached,
  showJourney,
  showOutcome,
  REPORTERS
};
