import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  IPTABLES_COMMANDS
} from "./chunk-P7VNGKTN.js";
import {
  EXIT_CODES
} from "./chunk-XGCILRCD.js";
import {
  runScenario
} from "./chunk-J7ARST5W.js";
import {
  parseScenarios
} from "./chunk-MQ5BWLLD.js";
import {
  getVersion
} from "./chunk-GTNQ7HSW.js";
import {
  wrap
} from "./chunk-FB3AVYQH.js";
import {
  makePaint
} from "./chunk-XVINQOOH.js";
import "./chunk-Q63VOEFV.js";
import {
  findRemedies,
  launchSandbox
} from "./chunk-QGEKNBS5.js";
import "./chunk-3M3M4GSF.js";
import "./chunk-KXRMXOJA.js";
import "./chunk-JFR324MA.js";
import {
  adviseToInstall,
  hasCommand
} from "./chunk-VXGCHMP6.js";
import "./chunk-CC6INTEV.js";
import {
  hasIPv6,
  readOpenFilesLimit,
  readSurroundings
} from "./chunk-ATPREQCW.js";
import {
  EnvironmentError,
  InternalError
} from "./chunk-PBR43GQL.js";
import {
  makeHarmless
} from "./chunk-43F4W77O.js";
import "./chunk-LL3SQHP3.js";

// dist/report/doctor.js
var DETAIL = "    ";
var LOSSES = {
  nft: "every scenario, unless it asks for the legacy back end",
  legacy: 'scenarios with "backend": "legacy"',
  native: "scenarios with a rule set for nft itself"
};
var LIMIT_LOSSES = {
  "open files": "a scenario of many probes or servers runs out of them, which looks like a reset or ends it with an error",
  "net.core.rmem_max": "trace messages are lost where many packets come at once, and those probes are inconclusive",
  "user.max_user_namespaces": "loopfw does not start where that many of this user run at the same time",
  "user.max_net_namespaces": "every world takes one: scenarios end with an error when they are used up"
};
var WORDS = {
  namespaces: {
    getTitle: ({ rootless }) => `namespaces (network, pid${rootless ? ", user" : ""})`,
    getLoss: () => "everything: there is no place to apply rules in"
  },
  commands: {
    getTitle: ({ set }) => `commands: ${set === "native" ? "nft itself" : set}`,
    getLoss: ({ set }) => LOSSES[set]
  },
  loopback: { getTitle: () => "loopback", getLoss: () => "everything: no packet goes anywhere" },
  firewall: {
    getTitle: ({ backend, family }) => `${backend}, ${family === "ipv4" ? "IPv4" : "IPv6"}: rules and trace`,
    getLoss: ({ backend, family }) => family === "ipv4" ? LOSSES[backend] : `${LOSSES[backend]}, where it has IPv6 in it`
  },
  native: { getTitle: () => "nft itself: rules and trace", getLoss: () => LOSSES.native },
  icmp: { getTitle: () => "raw ICMP", getLoss: () => "probes to icmp://" },
  veth: { getTitle: () => "veth", getLoss: () => "scenarios with interfaces of their own" },
  limit: { getTitle: ({ name }) => `limit: ${name}`, getLoss: ({ name }) => LIMIT_LOSSES[name] }
};
var LEGACY_NOTE = "may load kernel modules on the host: ip_tables, iptable_raw, xt_TRACE, nfnetlink_log and others";
function reportDoctor(examination, { color }) {
  const paint = makePaint(color);
  return `${[...examination.findings.flatMap((finding) => showFinding(finding, paint)), "", showEnd(examination, paint)].join("\n")}
`;
}
function showFinding(finding, paint) {
  if (finding.kind === "versions") {
    return [`  ${paint.bold("versions")}  loopfw ${finding.loopfw}, Node.js ${finding.node}, Linux ${makeHarmless(finding.kernel)}`];
  }
  const words = WORDS[finding.kind];
  const title = paint.bold(words.getTitle(finding));
  const note = finding.kind === "commands" && finding.set === "legacy" ? [wrap(paint.dim(LEGACY_NOTE), DETAIL)] : [];
  switch (finding.state) {
    case "works":
      return [`${paint.mark("passed")} ${title}  ${paint.dim(makeHarmless(finding.detail))}`, ...note];
    case "untried":
      return [`${paint.dim("\u2013")} ${title}  not tried: ${makeHarmless(finding.cause)}`, ...note];
    case "fails":
      return [
        `${paint.mark(finding.needed ? "failed" : "inconclusive")} ${title}  ${finding.needed ? "" : `${paint.warn("warning:")} `}${makeHarmless(finding.cause)}`,
        wrap(`${paint.bold("lost:")} ${words.getLoss(finding)}`, DETAIL),
        // Not wrapped: a command is there to be copied.
        ...finding.remedies.map((remedy) => `${DETAIL}${paint.bold("remedy:")} ${makeHarmless(remedy)}`),
        ...note
      ];
  }
}
function showEnd({ usable, findings }, paint) {
  const warnings = findings.filter((finding) => finding.kind !== "versions" && !finding.needed && finding.state === "fails").length;
  const more = warnings === 0 ? "" : paint.warn(`, ${warnings} warning${warnings === 1 ? "" : "s"}`);
  return `${usable ? "loopfw works here" : paint.fail("loopfw does not work here")}${more}`;
}

// dist/run/examine.js
import { release } from "node:os";

// dist/sandbox/examine-host.js
function examineHost() {
  return {
    surroundings: readSurroundings(),
    openFiles: readOpenFilesLimit(),
    hasIPv6: hasIPv6(),
    commands: { nft: getNames("nft").map(lookFor), legacy: getNames("legacy").map(lookFor), native: [lookFor("nft")] }
  };
}
function getNames(backend) {
  return Object.values(IPTABLES_COMMANDS[backend]).flatMap(({ restore, save }) => [restore, save]);
}
function lookFor(name) {
  return { name, isThere: hasCommand(name), howToInstall: adviseToInstall(name) };
}

// dist/run/doctor-scenarios.js
var SCENARIOS = {
  ipv4: {
    name: "a REJECT",
    servers: { web: "tcp://127.0.0.2:8000" },
    rules: ["-A INPUT -d 127.0.0.2 -p tcp --dport 8000 -j REJECT"],
    probes: [{ from: "127.0.0.1", to: "web", expect: "rejected" }]
  },
  // With a RST: an ICMPv6 error would take a second to reach the client.
  ipv6: {
    name: "a REJECT",
    servers: { web: "tcp://[::1]:8000" },
    rules: ["-A INPUT -d ::1 -p tcp --dport 8000 -j REJECT --reject-with tcp-reset"],
    probes: [{ from: "::1", to: "web", expect: "rejected" }]
  },
  native: {
    name: "a reject",
    servers: { web: "tcp://127.0.0.2:8000" },
    probes: [{ from: "127.0.0.1", to: "web", expect: "rejected" }]
  },
  icmp: {
    name: "an echo",
    probes: [{ from: "127.0.0.1", to: "icmp://127.0.0.1", expect: "connected" }]
  }
};
var NATIVE = {
  kind: "nft",
  file: "doctor",
  text: "table inet fw {\n  chain in {\n    type filter hook input priority 0;\n    tcp dport 8000 reject\n  }\n}\n"
};
function getDoctorScenario(name) {
  const { scenarios, diagnostics } = parseScenarios(JSON.stringify(SCENARIOS[name]), "doctor");
  const [scenario] = scenarios;
  if (scenario === void 0) {
    throw new InternalError(`the scenario of ${name} has mistakes: ${diagnostics.map(({ message }) => message).join("; ")}`);
  }
  return name === "native" ? { ...scenario, phases: scenario.phases.map((phase) => ({ ...phase, ruleSet: NATIVE })) } : scenario;
}

// dist/run/doctor-steps.js
var MODULES = {
  nft: { ipv4: "nf_tables nft_compat ipt_REJECT xt_tcpudp", ipv6: "nf_tables nft_compat ip6t_REJECT xt_tcpudp" },
  legacy: {
    ipv4: "ip_tables iptable_filter iptable_raw xt_TRACE ipt_REJECT xt_tcpudp nfnetlink_log",
    ipv6: "ip6_tables ip6table_filter ip6table_raw xt_TRACE ip6t_REJECT xt_tcpudp nfnetlink_log"
  }
};
function listSteps(host) {
  return [
    { capability: { kind: "loopback" }, needed: true, commands: null, remedies: findRemedies(host.surroundings), work: bringUpLoopback },
    makeFirewallStep("nft", "ipv4", host),
    makeFirewallStep("nft", "ipv6", host),
    makeFirewallStep("legacy", "ipv4", host),
    makeFirewallStep("legacy", "ipv6", host),
    {
      capability: { kind: "native" },
      needed: false,
      commands: "native",
      remedies: ["modules may be missing: as root on the host, modprobe --all nf_tables nft_reject_inet"],
      work: (session) => runOne("native", "nft", session)
    },
    {
      capability: { kind: "icmp" },
      needed: true,
      commands: "nft",
      remedies: ["a raw socket takes CAP_NET_RAW: in a container, docker run --cap-add NET_RAW \u2026"],
      work: (session) => runOne("icmp", "nft", session)
    },
    {
      capability: { kind: "veth" },
      needed: false,
      commands: null,
      remedies: ["the module may be missing: as root on the host, modprobe veth"],
      work: addVeth
    }
  ];
}
function makeFirewallStep(backend, family, { hasIPv6: hasIPv62 }) {
  const isLacking = family === "ipv6" && !hasIPv62;
  return {
    capability: { kind: "firewall", backend, family },
    // A kernel that was started without IPv6 is no worse for scenarios that have none.
    needed: backend === "nft" && !isLacking,
    commands: backend,
    remedies: [
      isLacking ? "this kernel has no IPv6: start it without ipv6.disable=1" : `modules may be missing: as root on the host, modprobe --all ${MODULES[backend][family]}`
    ],
    work: (session) => runOne(family, backend, session)
  };
}
async function bringUpLoopback(session) {
  await session.request({ type: "open", world: null, servers: [] });
  await session.request({ type: "close" });
  return "lo of a new network namespace is up";
}
async function addVeth(session) {
  await session.request({ type: "open", world: null, servers: [] });
  try {
    await session.request({ type: "veth" });
  } finally {
    await session.request({ type: "close" });
  }
  return "a pair was made";
}
async function runOne(name, backend, session) {
  const scenario = getDoctorScenario(name);
  const { result } = await runScenario(scenario, backend, session, { patience: "proof" });
  const [probe] = result.probes;
  if (result.error !== null || probe === void 0) {
    throw new EnvironmentError(result.error?.message ?? "no probe was made");
  }
  const { status, observed, cause, evidence, explanation } = probe;
  if (status !== "passed" || evidence === "none") {
    throw new EnvironmentError(`${scenario.name}: ${explanation}`);
  }
  const iptables = await session.request({ type: "version", backend });
  return `${scenario.name}: the client saw ${observed?.outcome ?? "nothing"}, the ${evidence} says ${cause}${iptables === null ? "" : `; iptables ${iptables}`}`;
}

// dist/run/examine-limits.js
var LIMITS = {
  "open files": {
    getValue: ({ openFiles }) => openFiles,
    // 200 controls at once, two sockets each, and as many again for servers and what Node itself opens.
    enough: 1024,
    bindsRoot: true,
    remedy: "in the shell that starts loopfw, ulimit -n 4096; for a container, docker run --ulimit nofile=4096"
  },
  "net.core.rmem_max": {
    getValue: ({ surroundings }) => surroundings.settings["net.core.rmem_max"],
    // At 1,280 bytes a message, four messages a dropped SYN: some 400 of those between two looks, for the kernel doubles it.
    enough: 1 << 20,
    bindsRoot: false,
    remedy: "as root on the host, sysctl --write net.core.rmem_max=33554432; or run loopfw as root"
  },
  "user.max_user_namespaces": {
    getValue: ({ surroundings }) => surroundings.settings["user.max_user_namespaces"],
    enough: 16,
    bindsRoot: false,
    remedy: "as root on the host, sysctl --write user.max_user_namespaces=10000"
  },
  "user.max_net_namespaces": {
    getValue: ({ surroundings }) => surroundings.settings["user.max_net_namespaces"],
    enough: 64,
    bindsRoot: true,
    remedy: "as root on the host, sysctl --write user.max_net_namespaces=10000"
  }
};
function examineLimits(host) {
  return Object.entries(LIMITS).filter(([, { bindsRoot }]) => bindsRoot || !host.surroundings.isRoot).map(([name, { getValue, enough, remedy }]) => {
    const value = getValue(host);
    const known = { kind: "limit", name, needed: false };
    if (value === null) {
      return { ...known, state: "untried", cause: "this kernel does not show it here" };
    }
    return value >= enough ? { ...known, state: "works", detail: `${value}` } : { ...known, state: "fails", cause: `${value} is low: ${enough} or more are enough`, remedies: [remedy] };
  });
}

// dist/run/examine.js
async function examine() {
  const host = examineHost();
  const { sandbox, namespaces } = await launch(host);
  const tried = [];
  try {
    for (const step of listSteps(host)) {
      tried.push({ ...step.capability, needed: step.needed, ...await tryStep(step, sandbox, host) });
    }
  } finally {
    await sandbox?.end();
  }
  const findings = [
    { kind: "versions", loopfw: getVersion(), node: process.version, kernel: release() },
    { kind: "namespaces", rootless: !host.surroundings.isRoot, needed: true, ...namespaces },
    examineCommands("nft", host),
    examineCommands("legacy", host),
    examineCommands("native", host),
    ...tried,
    ...examineLimits(host)
  ];
  const usable = findings.every((finding) => finding.kind === "versions" || !finding.needed || finding.state === "works");
  return { usable, findings };
}
async function launch({ surroundings }) {
  try {
    return { sandbox: await launchSandbox(), namespaces: { state: "works", detail: "the sandbox starts" } };
  } catch (error) {
    return { sandbox: null, namespaces: fail(error, error instanceof EnvironmentError ? error.remedies : findRemedies(surroundings)) };
  }
}
function examineCommands(set, { commands }) {
  const missing = commands[set].filter(({ isThere }) => !isThere);
  const known = { kind: "commands", set, needed: set === "nft" };
  return missing.length === 0 ? { ...known, state: "works", detail: commands[set].map(({ name }) => name).join(", ") } : {
    ...known,
    state: "fails",
    cause: `not in PATH, /usr/sbin or /sbin: ${missing.map(({ name }) => name).join(", ")}`,
    remedies: [...new Set(missing.map(({ howToInstall }) => howToInstall))]
  };
}
async function tryStep(step, sandbox, { commands }) {
  if (sandbox === null) {
    return { state: "untried", cause: "the sandbox does not start" };
  }
  if (step.commands !== null && commands[step.commands].some(({ isThere }) => !isThere)) {
    return { state: "untried", cause: "commands are missing" };
  }
  try {
    return { state: "works", detail: await step.work(sandbox.session) };
  } catch (error) {
    return fail(error, step.remedies);
  }
}
function fail(error, remedies) {
  return { state: "fails", cause: error instanceof Error ? error.message : String(error), remedies };
}

// dist/cli/doctor.js
async function doctorCommand(hasColors) {
  const examination = await examine();
  process.stdout.write(reportDoctor(examination, { color: hasColors }));
  return examination.usable ? EXIT_CODES.passed : EXIT_CODES.environment;
}
export {
  doctorCommand
};
