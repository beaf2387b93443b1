import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  TRACE_TABLE,
  getUnsupported,
  listNftKeywords,
  printTraceTable,
  readSaveLine,
  splitNftStatements,
  splitRestoreWords,
  tokenizeNft
} from "./chunk-MQ5BWLLD.js";
import {
  printRestore
} from "./chunk-Q63VOEFV.js";
import {
  RuleError,
  TABLES,
  findOptionOf,
  getMatch,
  getTarget,
  layOutChains,
  parseArguments
} from "./chunk-3M3M4GSF.js";
import {
  UsageError
} from "./chunk-PBR43GQL.js";

// dist/rules/is-same-rule.js
import { isDeepStrictEqual } from "node:util";
function isSameRule(a, b) {
  return isDeepStrictEqual(a, b);
}

// dist/rules/parse-save.js
function parseSave(text, family) {
  const chains = /* @__PURE__ */ new Map();
  let table = null;
  for (const line of text.split("\n")) {
    const read = readSaveLine(line);
    if (read.kind === "table") {
      table = findTable(read.name);
    } else if (read.kind === "commit") {
      table = null;
    } else if (read.kind !== "nothing") {
      addLine(read, line, family, table, chains);
    }
  }
  return [...chains.values()];
}
function findTable(name) {
  const table = TABLES.find((known) => known === name);
  if (table === void 0) {
    throw new RuleError(`iptables-save: unknown table ${name}`);
  }
  return table;
}
function addLine(read, line, family, table, chains) {
  if (table === null || read.counters === null) {
    throw new RuleError(`iptables-save: ${table === null ? "a line outside of a table" : "no counters"}: ${line}`);
  }
  if (read.kind === "chain") {
    const { name, policy, counters } = read;
    chains.set(`${table} ${name}`, { table, name, policy: toPolicy(policy), ...counters, rules: [] });
    return;
  }
  const entry = parseArguments(family, () => splitRestoreWords(read.text).map((word) => ({ text: word, key: null })), true);
  const chain = chains.get(`${table} ${entry.chain}`);
  const rule = entry.kind === "append" ? entry.rules[0] : void 0;
  if (rule === void 0 || chain === void 0) {
    throw new RuleError(`iptables-save: not a rule of a known chain: ${line}`);
  }
  chain.rules.push({ rule, ...read.counters });
}
function toPolicy(policy) {
  return policy === "ACCEPT" || policy === "DROP" ? policy : null;
}

// dist/rules/list-nft-rule-statements.js
var COMMANDS = ["add", "insert", "create"];
var FAMILIES = ["ip", "ip6", "inet"];
var DECLARATIONS = ["type", "policy", "comment", "flags"];
function listNftRuleStatements(file) {
  return splitNftStatements(tokenizeNft(file)).map(({ context, tokens }) => {
    if (context === "chain") {
      return DECLARATIONS.includes(tokens[0]?.text ?? "") ? [] : tokens;
    }
    return context === "file" ? getRuleOfCommand(tokens) : [];
  }).filter((tokens) => tokens.length > 0);
}
function getRuleOfCommand(tokens) {
  const words = tokens.map(({ text }) => text);
  const start = COMMANDS.includes(words[0] ?? "") ? 1 : 0;
  if (words[start] !== "rule") {
    return [];
  }
  const body = tokens.slice(start + (FAMILIES.includes(words[start + 1] ?? "") ? 4 : 3));
  return ["handle", "position", "index"].includes(body[0]?.text ?? "") ? body.slice(2) : body;
}

// dist/rules/find-nft-lines.js
function findNftLines(file, rules) {
  const lines = /* @__PURE__ */ new Map();
  for (const tokens of listNftRuleStatements(file)) {
    const key = normalize(tokens);
    lines.set(key, lines.has(key) ? null : tokens[0]?.line ?? null);
  }
  return rules.map((rule) => lines.get(normalize(tokenizeNft(rule))) ?? null);
}
function normalize(tokens) {
  return tokens.map(({ text }) => text).join(" ").replaceAll(/\bcounter packets \d+ bytes \d+/g, "counter");
}

// dist/plan/list-nft-rules.js
var NAME = /^(?=.{1,100}$)[0-9]*[A-Za-z_][A-Za-z0-9_.-]*$/;
function listNftRules({ chains }, file) {
  const rules = chains.flatMap((chain) => chain.rules).filter(({ index }) => index !== null);
  const comments = rules.map(({ comment }) => comment);
  const lines = findNftLines(file, rules.map(({ text }) => text));
  return rules.map(({ index, comment, text }, place) => ({
    index,
    name: isName(comment) && comments.filter((other) => other === comment).length === 1 ? comment : null,
    text,
    line: lines[place] ?? null,
    entries: []
  }));
}
function isName(comment) {
  return comment !== null && NAME.test(comment);
}

// dist/plan/check-nft-evidence.js
function checkNftEvidence({ text }, { native, hits, unattributed, traceLost }) {
  if (native === null) {
    return { rules: [], counters: /* @__PURE__ */ new Map(), contradictions: ["nft was not asked what the kernel holds"] };
  }
  const { applied, found } = native;
  const counters = /* @__PURE__ */ new Map();
  const difference = getDifference(applied, found);
  const contradictions = difference === null ? [] : [difference];
  const before = new Map(listPlaced(applied).map(({ key, rule }) => [key, rule]));
  for (const { key, rule, chain, place } of listPlaced(found)) {
    const traced = sumHits(hits, chain, place);
    const { index, counter } = rule;
    if (index !== null && counter !== null) {
      const start = before.get(key)?.counter ?? { packets: 0, bytes: 0 };
      const [packets, bytes] = [counter.packets - start.packets, counter.bytes - start.bytes];
      counters.set(index, { packets, bytes });
      if (packets < traced.packetsBefore || counter.isLast && packets > traced.packets + unattributed) {
        contradictions.push(`the kernel counted ${packets} packets at rule ${index} (${rule.text}), the trace saw ${traced.packets}`);
      }
    } else if (index !== null && !traceLost) {
      counters.set(index, { packets: traced.packets, bytes: null });
    }
  }
  return { rules: listNftRules(applied, text), counters, contradictions };
}
function sumHits(hits, { family, table, name }, place) {
  const families = { ip: ["ipv4"], ip6: ["ipv6"], inet: ["ipv4", "ipv6"] }[family];
  const own = hits.filter((hit) => hit.table === table && hit.chain === name && hit.place === place && families.includes(hit.family));
  const sum = (count) => own.reduce((total, hit) => total + count(hit), 0);
  return { packets: sum((hit) => hit.packets), packetsBefore: sum((hit) => hit.packetsBefore) };
}
function listPlaced({ chains }) {
  return chains.flatMap((chain) => chain.rules.map((rule, place) => ({ key: `${chain.family} ${chain.table} ${rule.handle}`, rule, chain, place })));
}
function getDifference(applied, found) {
  if (applied.lasting === found.lasting) {
    return null;
  }
  const [before, after] = [applied, found].map(({ lasting }) => lasting.split("\n").map((line) => line.trim()));
  const place = before?.findIndex((line, index) => line !== after?.[index]) ?? 0;
  return `the rule set has changed since it was applied: it said "${before?.[place] ?? ""}", and says "${after?.[place] ?? ""}"`;
}

// dist/plan/check-evidence.js
var NO_HITS = { packets: 0, packetsBefore: 0 };
function checkEvidence(firewalls, evidence) {
  const [first] = firewalls;
  return first?.kind === "nft" ? checkNftEvidence(first, evidence) : checkIptablesEvidence(firewalls.filter((firewall) => firewall.kind === "iptables"), evidence);
}
function checkIptablesEvidence(firewalls, { found, hits, unattributed }) {
  const traced = new Map(hits.map((hit) => [`${getKey(hit.family, hit.table, hit.chain)} ${hit.place}`, hit]));
  const counters = /* @__PURE__ */ new Map();
  const contradictions = [];
  for (const [place, firewall] of firewalls.entries()) {
    const chains = new Map(listFound(found[place], firewall).map((chain) => [`${chain.table} ${chain.name}`, chain]));
    contradictions.push(...[...chains.values()].filter((found2) => isUnplanned(found2, firewall)).map(describeUnplanned));
    for (const chain of firewall.chains) {
      const found2 = chains.get(`${chain.table} ${chain.name}`);
      const difference = getDifference2(chain, found2);
      if (difference !== null) {
        contradictions.push(difference);
      }
      for (const counted of difference === null && found2 !== void 0 ? getCounted(chain, found2) : []) {
        addCounter(counters, counted);
        const { packets, packetsBefore } = traced.get(`${getKey(chain.family, chain.table, chain.name)} ${counted.place}`) ?? NO_HITS;
        if (counted.packets < packetsBefore || counted.packets > packets + unattributed) {
          contradictions.push(`the kernel counted ${counted.packets} packets at entry ${counted.entry} (${counted.text}), the trace saw ${packets}`);
        }
      }
    }
  }
  return { rules: null, counters, contradictions };
}
function listFound(found, { family, chains }) {
  if (found === void 0 || "text" in found) {
    return parseSave(found?.text ?? "", family);
  }
  const byChain = /* @__PURE__ */ new Map();
  for (const { table, name, policy } of chains) {
    byChain.set(`${table} ${name}`, { table, name, policy: policy?.verdict ?? null, packets: 0, bytes: 0, rules: [] });
  }
  for (const { table, chain: name, packets, bytes } of found.rules) {
    const chain = byChain.get(`${table} ${name}`) ?? { table, name, policy: null, packets: 0, bytes: 0, rules: [] };
    byChain.set(`${table} ${name}`, chain);
    chain.rules.push({ rule: null, packets, bytes });
  }
  return [...byChain.values()];
}
function addCounter(counters, { entry, packets, bytes }) {
  const sum = counters.get(entry) ?? { packets: 0, bytes: 0 };
  counters.set(entry, { packets: sum.packets + packets, bytes: (sum.bytes ?? 0) + bytes });
}
function getKey(family, table, chain) {
  return `${family} ${table} ${chain}`;
}
function getCounted(chain, found) {
  const counted = [];
  if (chain.policy?.verdict === "DROP" && chain.policy.entry !== null) {
    counted.push({
      entry: chain.policy.entry,
      text: `-P ${chain.name} DROP`,
      place: null,
      packets: found.packets,
      bytes: found.bytes
    });
  }
  for (const [place, { entry, text }] of chain.lines.entries()) {
    const rule = found.rules[place];
    if (entry !== null && rule !== void 0) {
      counted.push({ entry, text, place, packets: rule.packets, bytes: rule.bytes });
    }
  }
  return counted;
}
function isUnplanned({ table, name, policy, rules }, { chains }) {
  const isPlanned = chains.some((chain) => chain.table === table && chain.name === name);
  return !isPlanned && (rules.length > 0 || policy !== "ACCEPT");
}
function describeUnplanned({ table, name }) {
  return `the kernel holds chain ${name} of table ${table}, which nobody has asked for`;
}
function getDifference2(chain, found) {
  const where = `chain ${chain.name} of table ${chain.table}`;
  if (found === void 0) {
    const isNothing = chain.lines.length === 0 && chain.policy?.verdict === "ACCEPT";
    return isNothing ? null : `the kernel does not hold ${where}`;
  }
  if (chain.policy !== null && found.policy !== chain.policy.verdict) {
    return `${where} should have the policy ${chain.policy.verdict}, and has ${found.policy ?? "none"}`;
  }
  if (found.rules.length !== chain.lines.length) {
    return `${where} should hold ${chain.lines.length} rules, and holds ${found.rules.length}`;
  }
  const different = chain.lines.find((line, place) => !isSameRule(line.rule, found.rules[place]?.rule ?? line.rule));
  return different === void 0 ? null : `${where} does not hold the rule ${different.text} as it was given`;
}

// dist/rules/get-nft-provable.js
var HISTORY = [
  ...["limit", "quota", "numgen", "symhash", "random", "time", "hour", "day"],
  // Sets that packets change.
  ...["dynamic", "update", "timeout", "expires", "meter"]
];
var TRACKED_HISTORY = /\bct (?:(?:original|reply) )?(?:count|status|expiration|bytes|packets|avgpkt|mark|label)\b/;
var STATEFUL = ["ct", "nat", "snat", "dnat", "masquerade", "redirect"];
function getNftProvable(text) {
  const tokens = tokenizeNft(text);
  const words = tokens.flatMap(listNftKeywords);
  const changesSet = tokens.some((token, place) => token.text.startsWith("@") && ["add", "delete"].includes(tokens[place - 1]?.text ?? ""));
  if (changesSet || words.some((word) => HISTORY.includes(word)) || TRACKED_HISTORY.test(words.join(" "))) {
    return "nothing";
  }
  return words.some((word) => STATEFUL.includes(word)) ? "drops" : "all";
}

// dist/rules/is-history-dependent.js
var WITHOUT_EFFECT = ["LOG", "NFLOG"];
function isHistoryDependent({ matches, target }) {
  if (target === null || WITHOUT_EFFECT.includes(target.name)) {
    return false;
  }
  const row = getTarget(target.name);
  return matches.some(({ name, options }) => isDependent(getMatch(name), options)) || row !== null && isDependent(row, target.options);
}
function isDependent(row, options) {
  return row === null || row.dependsOnHistory === true || options.some(({ flag }) => findOptionOf(row, flag)?.dependsOnHistory === true);
}

// dist/rules/own-rules.js
var TRACE = { how: "jump", name: "TRACE", options: [] };
var TRACING_ON_LO = [{ table: "raw", chain: "OUTPUT", rule: makeRule(TRACE) }];
var TRACING_ON_INTERFACES = [
  ...TRACING_ON_LO,
  { table: "raw", chain: "PREROUTING", rule: makeRule(TRACE) },
  { table: "mangle", chain: "INPUT", rule: makeRule(null) },
  { table: "mangle", chain: "FORWARD", rule: makeRule(null) }
];
function makeRule(target) {
  return { source: null, destination: null, inInterface: null, outInterface: null, protocol: null, matches: [], target };
}

// dist/rules/is-plain-rule.js
var MATCHES = ["tcp", "udp", "icmp", "icmp6"];
var TARGETS = ["ACCEPT", "DROP", "RETURN", "REJECT", "TRACE"];
function isPlainRule({ source, destination, inInterface, outInterface, protocol, matches, target }) {
  const options = [...matches, ...target === null ? [] : [target]].flatMap((each) => each.options);
  const values = [source, destination, inInterface, outInterface, protocol, ...options];
  return values.every((value) => value?.negated !== true) && matches.every(({ name }) => MATCHES.includes(name)) && (target === null || TARGETS.includes(target.name) || getTarget(target.name) === null);
}

// dist/plan/firewall-planner.js
var FirewallPlanner = class {
  #backend;
  #families;
  #own;
  /** The chains that earlier rule sets may have left in the kernel, by family; of those of one name the latest. */
  #left = { ipv4: /* @__PURE__ */ new Map(), ipv6: /* @__PURE__ */ new Map() };
  /** @param own loopfw's own rules, which every rule set gets */
  constructor(backend, families, own) {
    this.#backend = backend;
    this.#families = families;
    this.#own = own;
  }
  /** @throws UsageError where the back end, which the command line may have chosen, cannot hold a rule */
  plan(rules) {
    return this.#families.map((family) => {
      const chains = layOutChains(rules, family, this.#own);
      assertSupported(chains, this.#backend);
      const entries = rules.flatMap((rule) => rule.entries).filter((entry) => entry.family === family);
      const restore = printRestore(entries, family, this.#own, [...this.#left[family].values()]);
      this.#noteLeft(family, chains);
      return { kind: "iptables", backend: this.#backend, family, restore, chains, isPlain: chains.every(isPlainChain) };
    });
  }
  /** A native rule set takes the place of all that was there. */
  forget() {
    this.#left.ipv4.clear();
    this.#left.ipv6.clear();
  }
  #noteLeft(family, chains) {
    const left = this.#left[family];
    for (const [key, chain] of left) {
      left.set(key, { ...chain, policy: chain.policy && { verdict: "ACCEPT", entry: null } });
    }
    for (const chain of chains) {
      left.set(`${chain.table} ${chain.name}`, chain);
    }
  }
};
function isPlainChain({ policy, lines }) {
  return policy?.verdict !== "DROP" && lines.every(({ rule }) => isPlainRule(rule));
}
function assertSupported(chains, backend) {
  for (const { rule, text } of chains.flatMap((chain) => chain.lines)) {
    const problem = getUnsupported(rule, backend);
    if (problem !== null) {
      throw new UsageError(`${text}: ${problem}`);
    }
  }
}

// dist/plan/make-flows.js
function makeFlows(batches, scenario, isHistoryDependent2) {
  const mayOverlap = !isHistoryDependent2 && scenario.world.interfaces.length === 0;
  const flows = [];
  for (const probes of batches) {
    const last = flows.at(-1);
    const isAlone = mayOverlap && probes.length === 1 && probes.every((probe) => isIndependent(probe, scenario));
    if (isAlone && last?.isOpen) {
      last.probes.push(...probes);
    } else {
      flows.push({ probes: [...probes], pace: isAlone ? "in turn" : "together", isOpen: isAlone });
    }
  }
  return flows.map(({ probes, pace }) => ({ probes, pace }));
}
function isIndependent({ open, use, clientPort, to }, { servers }) {
  return open === null && use === null && clientPort === null && !servers.some(({ command, port, lastPort }) => {
    return command !== null && port <= to.port && to.port <= lastPort;
  });
}

// dist/plan/make-nft-firewall.js
function makeNftFirewall({ file, text }, { interfaces }) {
  return {
    kind: "nft",
    ...{ backend: "nft", file, text },
    hasRules: listNftRuleStatements(text).length > 0,
    trace: { table: TRACE_TABLE, text: printTraceTable(interfaces.length > 0) }
  };
}

// dist/plan/make-probe-plan.js
import { isIPv6 } from "node:net";
var IS_ANSWER_NEEDED = {
  tcp: ({ send, use }) => send !== null || use !== null,
  udp: () => true,
  icmp: () => true,
  http: () => true
};
function makeProbePlan(scenario, probe, provable, sharedPorts) {
  const { index, protocol, from, via, clientPort, to, blocking, timeoutMs, send, open, use } = probe;
  const server = findServer(scenario, to);
  return {
    ...{ index, protocol, from, via, clientPort, to, blocking, timeoutMs, send, open, use },
    family: getFamily(probe),
    needsAnswer: IS_ANSWER_NEEDED[protocol](probe),
    bannerBytes: protocol === "tcp" ? Buffer.byteLength(server?.banner ?? "") : 0,
    isEcho: protocol === "tcp" && (server?.command ?? null) === null,
    reply: probe.expect.reply ?? null,
    provable: isMeasured(probe, sharedPorts) ? "nothing" : provable
  };
}
function getFamily({ from }) {
  return isIPv6(from) ? "ipv6" : "ipv4";
}
function isMeasured({ expect, from, clientPort }, sharedPorts) {
  return expect.afterMs !== void 0 || expect.withinMs !== void 0 || sharedPorts.has(getClientKey({ from, clientPort }));
}
function findSharedPorts(scenario) {
  const clients = scenario.phases.flatMap(({ batches }) => batches.flat()).filter(({ use, clientPort }) => use === null && clientPort !== null);
  const keys = clients.map(getClientKey);
  const seen = /* @__PURE__ */ new Set();
  return new Set(keys.filter((key) => seen.size === seen.add(key).size));
}
function getClientKey({ from, clientPort }) {
  return `${from} ${clientPort}`;
}
function findServer({ servers }, { address, port }) {
  return servers.find((server) => server.protocol === "tcp" && server.port <= port && port <= server.lastPort && [address, "0.0.0.0", "::"].includes(server.address));
}

// dist/plan/make-plan.js
var FAMILIES2 = ["ipv4", "ipv6"];
var STATEFUL2 = ["conntrack", "state"];
function makePlan(scenario, backend, patience) {
  const planner = new FirewallPlanner(backend, FAMILIES2.filter((family) => isUsed(scenario, family)), scenario.world.interfaces.length === 0 ? TRACING_ON_LO : TRACING_ON_INTERFACES);
  const sharedPorts = findSharedPorts(scenario);
  const phases = [];
  let provable = "nothing";
  for (const { ruleSet, batches } of scenario.phases) {
    const firewalls = ruleSet === null ? null : planRuleSet(ruleSet, scenario, planner);
    if (firewalls !== null) {
      provable = getProvable(firewalls);
    }
    const toPlan = (probe) => makeProbePlan(scenario, probe, patience === "full" ? "nothing" : provable, sharedPorts);
    const planned = batches.map((batch) => batch.map(toPlan));
    phases.push({ firewalls, flows: makeFlows(planned, scenario, provable === "nothing") });
  }
  return { world: scenario.world, servers: scenario.servers, phases };
}
function planRuleSet(ruleSet, { world }, planner) {
  if (ruleSet.kind === "iptables") {
    return planner.plan(ruleSet.rules);
  }
  planner.forget();
  return [makeNftFirewall(ruleSet, world)];
}
function isUsed(scenario, family) {
  return scenario.phases.some(({ ruleSet }) => ruleSet !== null && hasFamily(ruleSet, family)) || scenario.phases.some(({ batches }) => batches.flat().some((probe) => getFamily(probe) === family));
}
function hasFamily(ruleSet, family) {
  return getRules(ruleSet).some(({ entries }) => entries.some((entry) => entry.family === family));
}
function getRules(ruleSet) {
  return ruleSet.kind === "iptables" ? ruleSet.rules : [];
}
function getProvable(firewalls) {
  const [first] = firewalls;
  if (first?.kind === "nft") {
    return getNftProvable(first.text);
  }
  const chains = firewalls.flatMap((firewall) => firewall.kind === "iptables" ? firewall.chains : []);
  const rules = chains.flatMap(({ lines }) => lines.map(({ rule }) => rule));
  if (rules.some(isHistoryDependent)) {
    return "nothing";
  }
  return rules.some(({ matches }) => matches.some(({ name }) => STATEFUL2.includes(name))) ? "drops" : "all";
}

// dist/verdict/judge-counters.js
var COMPARISONS = {
  "=": (observed, wanted) => observed === wanted,
  "<": (observed, wanted) => observed < wanted,
  "<=": (observed, wanted) => observed <= wanted,
  ">": (observed, wanted) => observed > wanted,
  ">=": (observed, wanted) => observed >= wanted
};
function judgeCounters(expected, before, after) {
  return expected.map((counter) => {
    const growth = getGrowth(counter.interface, before, after);
    const isMet = growth !== null && holds(counter, growth);
    return { ...counter, observed: growth?.[counter.direction] ?? null, status: isMet ? "passed" : "failed" };
  });
}
function getGrowth(name, before, after) {
  const [first, last] = [before, after].map((counters) => counters.find((each) => each.interface === name));
  return first === void 0 || last === void 0 ? null : { rx: last.rx - first.rx, tx: last.tx - first.tx };
}
function holds({ direction, expected }, growth) {
  const [operand = "", comparison = "="] = expected.split(" ").reverse();
  const wanted = operand === "rx" || operand === "tx" ? growth[operand] : Number(operand);
  return COMPARISONS[comparison]?.(growth[direction], wanted) ?? false;
}

// dist/verdict/describe-rule.js
function nameRule({ index, name, chain, text }) {
  if (text.startsWith("-P ")) {
    return `the policy ${text}`;
  }
  return index === null ? `the ${text} of ${chain}` : ["rule", index, name].filter((part) => part !== null).join(" ");
}
function describeRule(rule) {
  return isPolicy(rule) ? nameRule(rule) : `${nameRule(rule)}: ${rule.text}`;
}
function isPolicy({ index, text }) {
  return index === null || text.startsWith("-P ");
}

// dist/verdict/advise-on-eaten-answer.js
function adviseOnEatenAnswer({ from, to, rules, rule, journey }) {
  const isRejected = journey[0]?.steps.some(({ verdict }) => verdict === "reject") ?? false;
  const accept = ACCEPTANCE[rules](rule, journey);
  if (from === to.address && isRejected) {
    const shared = `Client and server share ${from}, so the rule that rejects the request matches the answer as well.`;
    const destination = rules === "nft" ? "ip daddr" : "-d";
    const move = `Give the server an address of its own, such as 127.0.0.2, and the rule ${destination} with that address; or `;
    return from.includes(":") ? `${shared} Mend it: ${accept}.` : `${shared} ${move}${accept}.`;
  }
  return `The answer meets ${rule !== null && isPolicy(rule) ? "the policy" : "the rule"} on its way back: ${accept}.`;
}
var ACCEPTANCE = { iptables: getAcceptance, nft: getNftAcceptance };
function getNftAcceptance(rule, journey) {
  const step = findStep(rule, journey);
  const where = step === void 0 ? "" : ` of table ${step.table} at the ${step.hook} hook`;
  return `accept the answers first: ct state established,related accept, at the head of the chain${where} (connection tracking knows them at priorities above -200)`;
}
function findStep(rule, journey) {
  return journey.flatMap(({ steps }) => steps).findLast(({ chain, table }) => chain === rule?.chain && table === rule.table);
}
function getAcceptance(rule, journey) {
  const step = findStep(rule, journey);
  const table = rule?.table ?? "filter";
  if (table === "raw") {
    return "narrow the rule so that it does not match the answers (raw is asked before connection tracking, which could tell them)";
  }
  const chain = step?.hook.toUpperCase() ?? rule?.chain ?? "INPUT";
  return `accept the answers first: ${table === "filter" ? "" : `-t ${table} `}-I ${chain} 1 -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`;
}

// dist/verdict/is-discovery-ended.js
function isDiscoveryEnded(journey) {
  return journey.some(({ packet, steps }) => packet.startsWith("icmpv6 neighbour-") && steps.some(({ verdict }) => verdict === "drop" || verdict === "reject"));
}

// dist/verdict/advise.js
var DISCOVERY_ADVICE = "Accept neighbour discovery, in and out: -p icmpv6 --icmpv6-type neighbour-solicitation, and the same with neighbour-advertisement.";
var FRAGMENT_ADVICE = "The packet was in fragments, of which only the first has ports: the others match no rule that asks for them. With a rule that asks for conntrack the kernel puts them together first.";
var ADVICE = {
  service: () => null,
  "no-listener": ({ to, observed }) => observed.outcome === "unreachable" ? null : `Nothing listens on ${to.address}:${to.port}: give the scenario a server there, or expect "closed".`,
  rejected: adviseOnRejection,
  dropped: adviseOnDrop,
  "answer-eaten": (c) => isDiscoveryEnded(c.journey) ? DISCOVERY_ADVICE : adviseOnEatenAnswer(c),
  silent: adviseOnSilence,
  local: ({ to, observed }) => observed.outcome === "reset" ? null : `Nothing in the world leads to ${to.address}: it must be one of the world's own addresses, stand outside of an interface, or have a route.`,
  unexplained: adviseOnOtherAddress
};
function advise(c) {
  return ADVICE[c.cause](c);
}
function adviseOnRejection({ protocol, from, rules, observed: { outcome, icmp }, journey }) {
  if (outcome !== "timeout" || icmp === null) {
    return null;
  }
  if (protocol === "udp") {
    const unreachable = rules === "nft" ? "reject" : `--reject-with ${from.includes(":") ? "icmp6" : "icmp"}-port-unreachable`;
    return `A UDP client is not told of ${icmp}: ${unreachable} tells it.`;
  }
  const reset = rules === "nft" ? "reject with tcp reset" : "--reject-with tcp-reset";
  const rejected = journey.find(({ steps }) => steps.some(({ verdict }) => verdict === "reject"));
  return rejected?.packet.startsWith("tcp syn ") ? `Such a client acts on an ICMP error only when it has sent its SYN again, after a second: give it more time, or ${reset}.` : `A connection that stands is not ended by an ICMP error: ${reset} ends it.`;
}
function adviseOnDrop({ expected, observed, journey }) {
  if (isDiscoveryEnded(journey)) {
    return DISCOVERY_ADVICE;
  }
  if (journey[0]?.packet.includes(", a fragment)")) {
    return FRAGMENT_ADVICE;
  }
  if (expected.outcome === "refused" || expected.outcome === "unreachable") {
    return "A DROP sends nothing back: a client is told at once by a REJECT only.";
  }
  if (expected.outcome === "timeout" && observed.outcome === "denied") {
    return "In OUTPUT the sender of a datagram is told of a DROP by its own stack: drop it in INPUT to leave it in the dark.";
  }
  return null;
}
function adviseOnSilence({ journey, control }) {
  if (journey[0]?.packet.includes(", rewritten to ")) {
    return "A rule has rewritten the addresses: see that somebody answers at the new one, and that the answer finds its way back.";
  }
  return control?.outcome === "timeout" ? "It is not answered without the rules either: look at the server, and at the address where it listens." : "Without the rules it was answered: look at what they change in the packet, not only at what they end.";
}
function adviseOnOtherAddress({ protocol, to: { address, port }, observed, journey }) {
  const answer = journey.find(({ packet }) => packet.startsWith("udp ") && packet.includes(`:${port} \u2192 `));
  if (protocol !== "udp" || observed.outcome !== "timeout" || answer === void 0 || answer.packet.includes(` ${address}:`)) {
    return null;
  }
  return `The answer did not come from ${address}, and a client hears nobody else: a server on 0.0.0.0 answers from an address that the kernel chooses. Let it listen on ${address}.`;
}

// dist/verdict/explain.js
var RETRANSMISSION_MS = 900;
var STORIES = {
  service: explainService,
  "no-listener": explainNoListener,
  rejected: explainRejected,
  dropped: (c) => `The request was dropped by ${describe(c.rule)}, so nothing ever answered.${explainRetransmission(c)}${explainDiscovery(c)}`,
  "answer-eaten": explainAnswerEaten,
  silent: ({ journey }) => `No rule ended the request, and nothing answered it.${explainLost(journey)}`,
  local: ({ observed: { outcome, errno } }) => outcome === "reset" ? `No packet left the client: its connection had been reset before (${errno ?? "no errno"}).` : `No packet left the client: its own stack said ${errno ?? "no"} (routing, or an address that is not there).`,
  unexplained: () => "The evidence does not show why."
};
function explain(c) {
  const proved = c.decided === "proved" ? ` Decided by this evidence: the client would have waited ${c.timeoutMs} ms for nothing.` : "";
  return `${STORIES[c.cause](c)}${proved}`;
}
function explainService({ rule, observed }) {
  const way = rule === null ? "" : ` (let in by ${nameRule(rule)})`;
  return observed.outcome === "reset" ? `No rule ended what was sent${way}; who received it reset the connection: the server did, or a stack that does not know it (any more).` : `The request reached the server${way}, and its answer reached the client.`;
}
function explainNoListener({ rule, observed: { icmp } }) {
  const way = rule === null ? "" : ` (let in by ${nameRule(rule)})`;
  return icmp === null || icmp === "port-unreachable" ? `The request reached the stack${way}; nothing listens there, so the stack itself answered.` : `No rule ended the request${way}; no way led to where it should go, so a stack on its way answered (${icmp}).`;
}
function explainLost(journey) {
  const hooks = new Set(journey[0]?.steps.map(({ hook }) => hook));
  return hooks.size === 1 && hooks.has("prerouting") ? " It came in and went no further: by its addresses, the world neither takes it for its own nor forwards it (net.ipv4.ip_forward, rp_filter, route_localnet)." : "";
}
function explainDiscovery({ journey }) {
  return isDiscoveryEnded(journey) ? " It asked for a neighbour (RFC 4861): until that is answered, IPv6 sends nothing to it." : "";
}
function explainRejected(c) {
  const { rule, observed } = c;
  const request = `The request was rejected by ${describe(rule)}`;
  if (observed.outcome === "timeout" && observed.icmp !== null && isEstablished(c)) {
    return `${request}, and the answer (${observed.icmp}) came through; but an established TCP connection only notes an ICMP error as a soft error, so the client waited in vain.${explainRetransmission(c)}`;
  }
  if (observed.outcome === "timeout") {
    const answer = observed.icmp === null ? "no answer was seen" : `the answer (${observed.icmp}) came through, but a client of this kind does not act on it`;
    return `${request}; ${answer}, so it waited in vain.`;
  }
  return `${request}, and the answer${observed.icmp === null ? "" : ` (${observed.icmp})`} told the client.${explainDelay(c)}`;
}
function explainRetransmission(c) {
  return isEstablished(c) ? " TCP goes on retransmitting it as long as the connection is open: it arrives by itself once no rule ends it any more." : "";
}
function isEstablished({ journey }) {
  const ended = journey.find(({ steps }) => steps.some(({ verdict }) => verdict === "drop" || verdict === "reject"));
  return ended !== void 0 && ended.packet.startsWith("tcp ") && !ended.packet.startsWith("tcp syn");
}
function explainDelay({ protocol, from, observed: { icmp, elapsedMs } }) {
  if (protocol !== "tcp" || icmp === null || icmp === "tcp-reset" || elapsedMs === null || elapsedMs < RETRANSMISSION_MS) {
    return "";
  }
  const who = from.includes(":") ? "Over IPv6 a TCP client" : "A TCP client whose connect() blocks";
  return ` ${who} only notes the error; the one that answers its next SYN, a second later, ends the call. A tcp-reset would tell it at once.`;
}
function explainAnswerEaten({ rule, journey }) {
  const answer = journey.find(({ steps }, place) => place > 0 && steps.some(({ verdict }) => verdict === "drop" || verdict === "reject"));
  const wasRejected = journey[0]?.steps.some(({ verdict }) => verdict === "reject");
  return `The request was ${wasRejected ? "rejected" : "accepted"}, but its answer${answer === void 0 ? "" : ` (${answer.packet})`} was ended by ${describe(rule)}: the client never learned of it.${explainDiscovery({ journey })}`;
}
function describe(rule) {
  return rule === null ? "a rule" : nameRule(rule);
}

// dist/verdict/describe-what-happened.js
var PHRASES = {
  service: "the server answered",
  "no-listener": "nothing listens there",
  rejected: "rejected",
  dropped: "dropped",
  "answer-eaten": "answer eaten",
  silent: "the request arrived, no answer was sent",
  local: "no packet left",
  unexplained: "no evidence why"
};
function describeWhatHappened({ cause, rule, observed }) {
  const byRule = rule === null || cause === "service" || cause === "no-listener" ? "" : ` by ${describeRule(rule)}`;
  return ` (${getPhrase(cause, observed.outcome)}${byRule})`;
}
function getPhrase(cause, outcome) {
  if (cause === "service" && outcome === "reset") {
    return "by no rule";
  }
  return cause === "no-listener" && outcome === "unreachable" ? "no way leads there" : PHRASES[cause];
}

// dist/verdict/judge.js
var BLOCKED = ["refused", "unreachable", "denied", "timeout"];
function judge(c) {
  if (c.doubts.length > 0) {
    return { status: "inconclusive", reasons: c.doubts };
  }
  const seen = getClientMismatches(c);
  if (seen.length > 0) {
    return { status: "failed", reasons: seen };
  }
  const missing = getMissingEvidence(c);
  if (missing.length > 0) {
    return { status: "inconclusive", reasons: missing };
  }
  const explained = getEvidenceMismatches(c);
  return explained.length > 0 ? { status: "failed", reasons: explained } : { status: "passed", reasons: [] };
}
function getClientMismatches(c) {
  const { expected, observed } = c;
  const reasons = [];
  if (expected.outcome !== void 0 && expected.outcome !== observed.outcome) {
    reasons.push(`expected ${expected.outcome}, observed ${observed.outcome}${describeWhatHappened(c)}`);
  }
  if (expected.reply !== void 0 && !(observed.reply ?? "").includes(expected.reply)) {
    reasons.push(`expected a reply with ${JSON.stringify(expected.reply)}, observed ${observed.reply === null ? "none" : JSON.stringify(observed.reply)}`);
  }
  const elapsedMs = observed.elapsedMs ?? c.timeoutMs;
  if (expected.afterMs !== void 0 && elapsedMs < expected.afterMs) {
    reasons.push(`expected after ${expected.afterMs} ms at the earliest, observed after ${elapsedMs} ms`);
  }
  if (expected.withinMs !== void 0 && elapsedMs > expected.withinMs) {
    reasons.push(`expected within ${expected.withinMs} ms, observed after ${elapsedMs} ms`);
  }
  return reasons;
}
function getMissingEvidence({ expected, observed, control, evidence }) {
  const asksForEvidence = expected.cause !== void 0 || expected.rule !== void 0 || expected.icmp !== void 0;
  if (asksForEvidence && evidence === "none") {
    return [`${observed.outcome} was observed, but nothing in the evidence explains it`];
  }
  const isBlockedAnyway = expected.outcome !== void 0 && BLOCKED.includes(expected.outcome) && control?.outcome === expected.outcome;
  if (isBlockedAnyway && !asksForEvidence) {
    return [`${observed.outcome} would be observed without the rules as well: expect "closed", "local" or the cause that is meant`];
  }
  return [];
}
function getEvidenceMismatches(c) {
  const { expected, observed, cause, rule } = c;
  const reasons = [];
  if (expected.cause !== void 0 && expected.cause !== cause) {
    reasons.push(`expected the cause ${expected.cause}, observed ${observed.outcome}${describeWhatHappened(c)}`);
  }
  if (expected.rule !== void 0 && expected.rule !== rule?.index && expected.rule !== rule?.name) {
    reasons.push(`expected rule ${expected.rule} to decide, ${rule === null ? "no rule did" : `observed ${describeWhatHappened(c).trim()}`}`);
  }
  if (expected.icmp !== void 0 && expected.icmp !== observed.icmp) {
    reasons.push(`expected ${expected.icmp}, observed ${observed.icmp ?? "no such answer"}`);
  }
  return reasons;
}

// dist/run/make-probe-result.js
function makeProbeResult(probe, phase, { kind, rules }, control, reply, contradictions) {
  if (reply === void 0 || "problem" in reply) {
    return makeProbeError(probe, phase, reply?.problem ?? "the sandbox gave no answer", control);
  }
  const { report } = reply;
  const { observed, decided, cause, evidence, journey, traceLost } = report;
  const c = {
    ...{ observed, decided, cause, evidence, journey },
    protocol: probe.protocol,
    from: probe.from,
    to: probe.to,
    timeoutMs: probe.timeoutMs,
    expected: probe.expect,
    control: control === void 0 ? null : { outcome: control },
    rules: kind,
    rule: nameRule2(rules, report.rule),
    doubts: [...traceLost ? ["the kernel had to throw trace messages away"] : [], ...contradictions]
  };
  const { status, reasons } = judge(c);
  return {
    ...describeProbe(probe, phase),
    ...{ observed, decided, control: c.control, cause, rule: c.rule, evidence, journey, status },
    explanation: [...reasons.length > 0 ? [`${capitalize(reasons.join("; "))}.`] : [], explain(c)].join(" "),
    advice: status === "passed" && Object.keys(probe.expect).length > 0 ? null : advise(c)
  };
}
function makeProbeError(probe, phase, message, control) {
  return {
    ...describeProbe(probe, phase),
    observed: null,
    decided: null,
    control: control === void 0 ? null : { outcome: control },
    cause: null,
    rule: null,
    evidence: "none",
    journey: [],
    status: "error",
    explanation: message,
    advice: null
  };
}
function describeProbe({ index, name, matrix, position, from, to, protocol, expect, hint }, phase) {
  return { index, name, phase, matrix, ...position, from, to: showTarget(protocol, to), protocol, expected: expect, hint };
}
function showTarget(protocol, { address, port }) {
  const host = address.includes(":") ? `[${address}]` : address;
  return protocol === "icmp" ? address : `${host}:${port}`;
}
function nameRule2(rules, rule) {
  if (rule === null) {
    return null;
  }
  const { entry, table, chain, text } = rule;
  const name = entry === null ? null : rules.find(({ index }) => index === entry)?.name ?? null;
  return { index: entry, name, table, chain, text };
}
function capitalize(text) {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

// dist/run/make-scenario-result.js
var SEVERITY = ["passed", "inconclusive", "failed", "error"];
var UNCHECKED = { rules: null, counters: /* @__PURE__ */ new Map(), contradictions: [] };
function makeScenarioResult(scenario, backend, { controls, replies, counters: counted }, checked, durationMs) {
  const judged = [];
  const probes = [];
  for (const { name: phase, ruleSet, batches } of scenario.phases) {
    if (ruleSet !== null) {
      const own2 = checked[judged.length] ?? UNCHECKED;
      judged.push({ phase, kind: ruleSet.kind, rules: own2.rules ?? getRules2(ruleSet), checked: own2 });
    }
    const { kind = "iptables", rules: own = [], checked: evidence } = judged.at(-1) ?? {};
    for (const probe of batches.flat()) {
      const doubts = evidence?.contradictions ?? [];
      probes.push(makeProbeResult(probe, phase, { kind, rules: own }, controls.get(probe.index), replies[probe.index], doubts));
    }
  }
  const counters = judgeCounters(scenario.counters, counted.before, counted.after);
  return {
    ...describeScenario(scenario, backend),
    status: getWorst([...probes, ...counters]),
    durationMs,
    error: null,
    rules: judged.flatMap(describeRules),
    probes,
    counters
  };
}
function makeErrorResult(scenario, backend, error, durationMs) {
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error && (error.code === "environment" || error.code === "usage") ? error.code : "internal";
  return {
    ...describeScenario(scenario, backend),
    status: "error",
    durationMs,
    error: { code, message },
    rules: scenario.phases.flatMap(({ name: phase, ruleSet }) => ruleSet === null ? [] : describeRules({ phase, kind: ruleSet.kind, rules: getRules2(ruleSet), checked: UNCHECKED })),
    probes: scenario.phases.flatMap(({ name, batches }) => batches.flat().map((probe) => makeProbeError(probe, name, message))),
    counters: []
  };
}
function describeScenario({ name, file }, backend) {
  return { name, file, backend };
}
function getRules2(ruleSet) {
  return ruleSet.kind === "iptables" ? ruleSet.rules : [];
}
function describeRules({ phase, rules, checked }) {
  return rules.flatMap(({ index, name, text, line }) => {
    if (index === null) {
      return [];
    }
    const counter = checked.counters.get(index);
    return [{ index, name, text, phase, line, packets: counter?.packets ?? null, bytes: counter?.bytes ?? null }];
  });
}
function getWorst(judged) {
  return SEVERITY[Math.max(0, ...judged.map(({ status }) => SEVERITY.indexOf(status)))] ?? "error";
}

// dist/run/run-scenario.js
var NO_EVIDENCE = { found: [], native: null, hits: [], unattributed: 0, traceLost: true };
async function runScenario(scenario, backend, session, { patience, isCaptured = false }) {
  const started = performance.now();
  const getDurationMs = () => Math.round((performance.now() - started) * 1e3) / 1e3;
  try {
    const plan = makePlan(scenario, backend, patience);
    const observed = await observe(plan, session, { isCaptured, isCounting: scenario.counters.length > 0 });
    const ruleSets = plan.phases.flatMap(({ firewalls }) => firewalls === null ? [] : [firewalls]);
    const checked = ruleSets.map((firewalls, place) => checkEvidence(firewalls, observed.evidence[place] ?? NO_EVIDENCE));
    const result = makeScenarioResult(scenario, backend, observed, checked, getDurationMs());
    return { result, capture: observed.capture };
  } catch (error) {
    return { result: makeErrorResult(scenario, backend, error, getDurationMs()), capture: null };
  }
}
async function observe({ world, servers, phases }, session, { isCaptured, isCounting }) {
  const observed = { controls: /* @__PURE__ */ new Map(), replies: [], evidence: [], capture: null, counters: { before: [], after: [] } };
  const asked = [];
  const ask = (request, take = () => {
  }) => {
    asked.push(session.request(request).then(take));
  };
  const askIf = (isAsked, request, take) => isAsked ? ask(request, take) : void 0;
  const askEvidence = (isLast) => ask({ type: "evidence", isLast }, (evidence) => observed.evidence.push(evidence));
  ask({ type: "open", world, servers });
  const controlled = phases.flatMap(({ flows }) => flows.flatMap(({ probes }) => probes)).filter(({ use }) => use === null);
  ask({ type: "control", probes: controlled }, (outcomes) => {
    observed.controls = new Map(controlled.flatMap(({ index }, place) => toEntries(index, outcomes[place])));
  });
  askIf(isCaptured, { type: "capture" });
  for (const [place, { firewalls, flows }] of phases.entries()) {
    if (firewalls !== null) {
      if (place > 0) {
        askEvidence(false);
      }
      ask({ type: "apply", firewalls });
    }
    askIf(isCounting && place === 0, { type: "counters" }, (before) => observed.counters.before = before);
    for (const flow of flows) {
      ask({ type: "probe", ...flow }, (replies) => observed.replies.push(...replies));
    }
  }
  askIf(isCounting, { type: "counters" }, (after) => observed.counters.after = after);
  askIf(isCaptured, { type: "capture-end" }, ({ base64, ...rest }) => {
    observed.capture = { pcap: Buffer.from(base64, "base64"), ...rest };
  });
  askEvidence(true);
  ask({ type: "close" });
  await Promise.all(asked);
  return observed;
}
function toEntries(index, outcome) {
  return outcome === void 0 ? [] : [[index, outcome]];
}

export {
  runScenario
};
