import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  didYouMean
} from "./chunk-KXRMXOJA.js";
import {
  require_ipaddr
} from "./chunk-CC6INTEV.js";
import {
  __toESM
} from "./chunk-LL3SQHP3.js";

// dist/spec/describe-value.js
var LONGEST = 60;
function quote(text) {
  return `"${text.length > LONGEST ? `${text.slice(0, LONGEST)}\u2026` : text}"`;
}
function describeValue(value) {
  if (typeof value === "string") {
    return quote(value);
  }
  if (Array.isArray(value)) {
    return "an array";
  }
  return typeof value === "object" && value !== null ? "an object" : String(value);
}
function listWords(words, last = "or") {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;
}

// dist/spec/get-address-problem.js
var import_ipaddr3 = __toESM(require_ipaddr(), 1);

// dist/spec/get-spelling-problem.js
var import_ipaddr = __toESM(require_ipaddr(), 1);
import { isIP } from "node:net";
function getSpellingProblem(address2) {
  if (isIP(address2) === 0) {
    return `expected a numeric address, found ${quote(address2)}`;
  }
  const parsed = import_ipaddr.default.parse(address2);
  if (!(parsed instanceof import_ipaddr.default.IPv6)) {
    return null;
  }
  if (address2.includes("%")) {
    return `expected an address without a zone, found ${quote(address2)}`;
  }
  if (parsed.isIPv4MappedAddress()) {
    return `expected the IPv4 address itself, found ${quote(address2)}`;
  }
  return parsed.toString() === address2 ? null : `expected the address as it is usually written, ${parsed.toString()}, found ${quote(address2)}`;
}

// dist/spec/network.js
var import_ipaddr2 = __toESM(require_ipaddr(), 1);
var LO_ALONE = { interfaces: [], addresses: [], routes: [], isSound: true };
var LOOPBACK = ["127.0.0.0/8", "::1/128"];
function getOwnPrefixes({ interfaces, addresses, routes }) {
  return [
    ...LOOPBACK,
    ...interfaces.flatMap((each) => each.addresses.map(toSingle)),
    ...addresses.map(({ address: address2, interface: name2 }) => name2 === "lo" && !address2.includes(":") ? address2 : toSingle(address2)),
    ...routes.filter(({ type: type3 }) => type3 === "local").map(({ prefix: prefix2 }) => prefix2)
  ];
}
function hasAddress(network, address2) {
  return getOwnPrefixes(network).some((prefix2) => isIn(address2, prefix2));
}
function findBroadcaster({ interfaces, addresses }, address2) {
  const all = [
    ["lo", "127.0.0.1/8"],
    ...interfaces.flatMap(({ name: name2, addresses: own }) => own.map((prefix2) => [name2, prefix2])),
    ...addresses.map(({ address: prefix2, interface: name2 }) => [name2, prefix2])
  ];
  return all.find(([, prefix2 = ""]) => getBroadcast(prefix2) === address2)?.[0] ?? null;
}
function getBroadcast(prefix2) {
  return prefix2.includes(":") || Number(prefix2.split("/")[1]) > 30 ? null : import_ipaddr2.default.IPv4.broadcastAddressFromCIDR(prefix2).toString();
}
function isIn(address2, prefix2) {
  const [parsed, [network, length4]] = [import_ipaddr2.default.parse(address2), import_ipaddr2.default.parseCIDR(prefix2)];
  return parsed.kind() === network.kind() && parsed.match(network, length4);
}
function toSingle(prefix2) {
  return `${prefix2.split("/")[0]}/${prefix2.includes(":") ? 128 : 32}`;
}

// dist/spec/get-address-problem.js
var WILDCARDS = ["0.0.0.0", "::"];
var MOST = 8;
function getAddressProblem(address2, role, network = LO_ALONE, via = null) {
  const spelling = getSpellingProblem(address2);
  if (spelling !== null) {
    return spelling;
  }
  if (role === "destination") {
    return getDestinationProblem(address2);
  }
  return via === null ? getOwnProblem(address2, role, network) : getOutsideProblem(address2, via, network);
}
function getDestinationProblem(address2) {
  return WILDCARDS.includes(address2) ? `expected a destination, found ${quote(address2)}` : getUnicastProblem(address2);
}
function getUnicastProblem(address2) {
  const isOne = !["multicast", "unspecified"].includes(import_ipaddr3.default.parse(address2).range()) && address2 !== "255.255.255.255";
  return isOne ? null : `expected a unicast address, found ${quote(address2)}`;
}
function getOwnProblem(address2, role, network) {
  if (role === "server" && WILDCARDS.includes(address2)) {
    return null;
  }
  const broadcaster = findBroadcaster(network, address2);
  if (broadcaster !== null) {
    return `no client can ${role === "server" ? "connect to" : "send from"} ${address2}, the broadcast address of ${broadcaster}`;
  }
  if (import_ipaddr3.default.parse(address2).range() === "linkLocal" && address2.includes(":")) {
    return `expected an address that is good without a zone, found ${quote(address2)}`;
  }
  return hasAddress(network, address2) || !network.isSound ? null : describeOwn(address2, role, network);
}
function describeOwn(address2, role, network) {
  const own = getOwnPrefixes(network).map((prefix2) => prefix2.replace(/\/(32|128)$/, ""));
  const named3 = [...own.slice(0, MOST), ...own.length > MOST ? [`${own.length - MOST} more`] : []];
  const also = role === "server" ? "; or 0.0.0.0 or :: for all" : "";
  const elsewhere = network.interfaces.length > 0 ? ' (whoever stands outside needs "via")' : "";
  return `expected an address that the world has, ${listWords(named3)}${also}, found ${quote(address2)}${elsewhere}`;
}
function getOutsideProblem(address2, via, network) {
  const problem = getUnicastProblem(address2);
  if (problem !== null) {
    return problem;
  }
  if (import_ipaddr3.default.parse(address2).range() === "linkLocal" && address2.includes(":")) {
    return `expected an address that is good without a zone, found ${quote(address2)}`;
  }
  if (hasAddress(network, address2)) {
    return `expected an address of somebody outside of ${via}, found ${quote(address2)}, which is the world's own`;
  }
  return findBroadcaster(network, address2) === null ? null : `expected an address of one party, found ${quote(address2)}, a broadcast address`;
}

// dist/spec/parse-ports.js
var PORT = /^[1-9][0-9]{0,4}$/;
var LAST = 65535;
function parsePorts(text) {
  const [first = "", last = first, ...more] = text.split("-");
  if (more.length > 0 || ![first, last].every((port3) => PORT.test(port3) && Number(port3) <= LAST)) {
    return { problem: `expected a port from 1 to ${LAST}, or a range such as 8000-8010, found ${quote(text)}` };
  }
  if (Number(first) > Number(last)) {
    return { problem: `expected a range from the lower port to the higher one, found ${quote(text)}` };
  }
  return { first: Number(first), last: Number(last) };
}

// dist/spec/parse-url.js
var SCHEMES = {
  tcp: { hasPort: true },
  udp: { hasPort: true },
  http: { hasPort: true },
  icmp: { hasPort: false }
};
var FORMS = "tcp://ADDRESS:PORT (or udp://, http://), or icmp://ADDRESS";
var EXTRAS = { "/": "a path", "?": "a query", "#": "a fragment", "@": "a user" };
function parseUrl(text, role, network = LO_ALONE) {
  const [, scheme = "", rest = ""] = /^([^:/]*):\/\/(.*)$/s.exec(text) ?? [];
  if (!isProtocol(scheme)) {
    const hint = scheme === "" ? "" : didYouMean(scheme, Object.keys(SCHEMES));
    return { problem: `expected ${FORMS}, found ${quote(text)}${hint}` };
  }
  if (scheme === "icmp" && role === "server") {
    return { problem: "no server is needed for icmp: the kernel itself answers" };
  }
  const { hasPort } = SCHEMES[scheme];
  const form = `${scheme}://ADDRESS${hasPort ? ":PORT" : ""}`;
  const extra = /[/?#@]/.exec(rest);
  if (extra !== null) {
    return { problem: `expected ${form} without ${EXTRAS[extra[0]]}, found ${quote(text)}` };
  }
  const [, bracketed, plain = "", colon, port3 = ""] = /^(?:\[([^\]]*)\]|(.*?))(:([^:\]]*))?$/s.exec(rest) ?? [];
  if (bracketed === void 0 && plain.includes(":")) {
    return { problem: `an IPv6 address stands in brackets: expected ${form.replace("ADDRESS", "[ADDRESS]")}, found ${quote(text)}` };
  }
  if (bracketed !== void 0 && !bracketed.includes(":")) {
    return { problem: `only an IPv6 address stands in brackets: expected ${form}, found ${quote(text)}` };
  }
  const address2 = bracketed ?? plain;
  const problem = getAddressProblem(address2, role, network);
  if (problem !== null) {
    return { problem };
  }
  if (!hasPort) {
    return colon === void 0 ? { protocol: scheme, address: address2, port: 0, lastPort: 0 } : { problem: `icmp has no port: expected ${form}, found ${quote(text)}` };
  }
  if (colon === void 0) {
    return { problem: `missing port: expected ${form}, found ${quote(text)}` };
  }
  const ports = parsePorts(port3);
  return "problem" in ports ? ports : { protocol: scheme, address: address2, port: ports.first, lastPort: ports.last };
}
function isProtocol(scheme) {
  return Object.hasOwn(SCHEMES, scheme);
}

// dist/rules/rule-names.js
var BUILT_IN_CHAINS = {
  raw: ["PREROUTING", "OUTPUT"],
  mangle: ["PREROUTING", "INPUT", "FORWARD", "OUTPUT", "POSTROUTING"],
  nat: ["PREROUTING", "INPUT", "OUTPUT", "POSTROUTING"],
  filter: ["INPUT", "FORWARD", "OUTPUT"]
};
var TABLES = Object.keys(BUILT_IN_CHAINS);
function isBuiltInChain(table, chain) {
  return BUILT_IN_CHAINS[table].includes(chain);
}
function getTablesWithChain(chain) {
  return TABLES.filter((table) => isBuiltInChain(table, chain));
}

// dist/rules/quote-word.js
var PLAIN = /^[A-Za-z0-9_./:,+@%=^-]+$|^!$/;
function quoteRestoreWord(word) {
  return PLAIN.test(word) ? word : `"${word.replace(/["\\]/g, "\\$&")}"`;
}
function quoteShellWord(word) {
  if (PLAIN.test(word)) {
    return word;
  }
  if (!/["\\$`]/.test(word)) {
    return `"${word}"`;
  }
  if (!word.includes("'")) {
    return `'${word}'`;
  }
  return `"${word.replace(/["\\$`]/g, "\\$&")}"`;
}

// dist/rules/to-arguments.js
function toArguments(rule) {
  return [
    ...withValue("-s", rule.source),
    ...withValue("-d", rule.destination),
    ...withValue("-i", rule.inInterface),
    ...withValue("-o", rule.outInterface),
    ...withValue("-p", rule.protocol),
    ...rule.matches.flatMap(({ name: name2, options }) => ["-m", name2, ...options.flatMap(fromOption)]),
    ...rule.target === null ? [] : [rule.target.how === "goto" ? "-g" : "-j", rule.target.name],
    ...(rule.target?.options ?? []).flatMap(fromOption)
  ];
}
function withValue(flag2, given) {
  if (given === null) {
    return [];
  }
  return given.negated ? ["!", flag2, given.value] : [flag2, given.value];
}
function fromOption({ flag: flag2, negated, values }) {
  return [...negated ? ["!"] : [], flag2, ...values];
}

// dist/rules/print-rule.js
function printRule(rule) {
  return toArguments(rule).map(quoteRestoreWord).join(" ");
}

// dist/rules/lay-out-chains.js
function layOutChains(rules, family, own) {
  const chains = /* @__PURE__ */ new Map();
  const placed = rules.flatMap(({ entries, ...rest }) => entries.map((entry) => ({ ...rest, entry })));
  for (const { index, text, entry } of placed.filter((rule) => rule.entry.family === family)) {
    const chain = getOrAddChain(chains, entry);
    if (entry.kind === "policy") {
      chain.policy = { verdict: entry.policy, entry: index };
    }
    if (entry.kind === "append") {
      append(chain.lines, entry.rules.map((rule) => ({ entry: index, text, rule })));
    }
    if (entry.kind === "insert") {
      chain.lines.splice(entry.position - 1, 0, ...entry.rules.map((rule) => ({ entry: index, text, rule })).reverse());
    }
  }
  for (const { table, chain, rule } of own) {
    const text = `-t ${table} -I ${chain} 1 ${printRule(rule)}`.trimEnd();
    getOrAddChain(chains, { family, table, chain }).lines.unshift({ entry: null, text, rule });
  }
  return sortChains([...chains.values()]);
}
function append(lines, more) {
  for (const line of more) {
    lines.push(line);
  }
}
function getOrAddChain(chains, place) {
  const { family, table, chain: name2 } = place;
  const key = `${table} ${name2}`;
  const policy2 = isBuiltInChain(table, name2) ? { verdict: "ACCEPT", entry: null } : null;
  const chain = chains.get(key) ?? { family, table, name: name2, policy: policy2, lines: [] };
  chains.set(key, chain);
  return chain;
}
function sortChains(chains) {
  return TABLES.flatMap((table) => {
    const own = chains.filter((chain) => chain.table === table);
    const builtIn = BUILT_IN_CHAINS[table].flatMap((name2) => own.filter((chain) => chain.name === name2));
    return [...builtIn, ...own.filter(({ policy: policy2 }) => policy2 === null)];
  });
}

// dist/rules/parse-arguments.js
import { isIPv6 as isIPv63 } from "node:net";

// dist/rules/rule-error.js
var RuleError = class extends Error {
  key;
  constructor(message, key = null) {
    super(message);
    this.name = "RuleError";
    this.key = key;
  }
};

// dist/rules/argument-reader.js
var ArgumentReader = class {
  #arguments;
  #position = 0;
  constructor(args) {
    this.#arguments = args;
  }
  /** The next argument, without taking it. */
  peek() {
    return this.#arguments[this.#position] ?? null;
  }
  /** Takes the next argument. */
  next() {
    const argument = this.peek();
    this.#position += 1;
    return argument;
  }
  /** Takes the value of an option; whatever stands there is the value, even where it looks like an option. */
  value(option) {
    const argument = this.next();
    if (argument === null) {
      throw new RuleError(`${option} needs a value`);
    }
    return argument.text;
  }
  /** Takes the next argument if it is neither an option nor a "!". */
  optionalValue() {
    const argument = this.peek();
    if (argument === null || /^[-!]/.test(argument.text)) {
      return null;
    }
    return this.next()?.text ?? null;
  }
};

// dist/rules/draft.js
function makeDraft(family, allowsReserved) {
  return {
    family,
    command: null,
    table: null,
    given: /* @__PURE__ */ new Set(),
    sources: [null],
    destinations: [null],
    inInterface: null,
    outInterface: null,
    protocol: null,
    matches: [],
    target: null,
    allowsReserved
  };
}
function getExtensions(draft) {
  const target = draft.target?.extension ?? null;
  return target === null ? draft.matches : [...draft.matches, target];
}

// dist/rules/values/protocol.js
var OWN_NAMES = [
  [1, "icmp"],
  [6, "tcp"],
  [17, "udp"],
  [50, "esp"],
  [51, "ah"],
  [58, "ipv6-icmp"],
  [58, "icmpv6"],
  [132, "sctp"],
  [135, "mh"],
  [135, "ipv6-mh"],
  [136, "udplite"]
];
var FILE_NAMES = [
  [2, "igmp"],
  [3, "ggp"],
  [4, "ipencap"],
  [5, "st"],
  [8, "egp"],
  [9, "igp"],
  [12, "pup"],
  [20, "hmp"],
  [22, "xns-idp"],
  [27, "rdp"],
  [29, "iso-tp4"],
  [33, "dccp"],
  [36, "xtp"],
  [37, "ddp"],
  [38, "idpr-cmtp"],
  [41, "ipv6"],
  [43, "ipv6-route"],
  [44, "ipv6-frag"],
  [45, "idrp"],
  [46, "rsvp"],
  [47, "gre"],
  [57, "skip"],
  [59, "ipv6-nonxt"],
  [60, "ipv6-opts"],
  [73, "rspf"],
  [81, "vmtp"],
  [88, "eigrp"],
  [89, "ospf"],
  [93, "ax.25"],
  [94, "ipip"],
  [97, "etherip"],
  [98, "encap"],
  [103, "pim"],
  [108, "ipcomp"],
  [112, "vrrp"],
  [115, "l2tp"],
  [124, "isis"],
  [133, "fc"],
  [135, "mobility-header"],
  [137, "mpls-in-ip"],
  [138, "manet"],
  [139, "hip"],
  [140, "shim6"],
  [141, "wesp"],
  [142, "rohc"],
  [143, "ethernet"]
];
var ANY = /* @__PURE__ */ new Map([
  ["all", 0],
  ["ip", 0],
  ["hopopt", 0]
]);
var NUMBERS = new Map([...ANY, ...[...OWN_NAMES, ...FILE_NAMES].map(([number6, name2]) => [name2, number6])]);
function protocolNumber(text) {
  const number6 = /^(0|[1-9]\d{0,2})$/.test(text) ? Number(text) : NUMBERS.get(text.toLowerCase());
  if (number6 !== void 0 && number6 <= 255) {
    return String(number6);
  }
  throw new RuleError(`"${text}" is not a protocol${didYouMean(text, [...NUMBERS.keys()])}: a name, or a number from 0 to 255`);
}
function getProtocolName(number6) {
  return OWN_NAMES.find(([own]) => own === Number(number6))?.[1] ?? number6;
}
function showProtocol(name2) {
  return FILE_NAMES.find(([number6]) => String(number6) === name2)?.[1] ?? name2;
}
var EXTENSION_HEADERS = { 43: "-m rt", 44: "-m frag", 51: "a match for it", 60: "a match for it" };
function protocol(text, negated, family) {
  const number6 = protocolNumber(text);
  const instead = EXTENSION_HEADERS[number6];
  if (family === "ipv6" && !negated && instead !== void 0) {
    throw new RuleError(`-p ${text} never matches in IPv6, where it is an extension header: use ${instead}`);
  }
  if (number6 !== "0") {
    return { negated, value: getProtocolName(number6) };
  }
  if (negated) {
    throw new RuleError(`! -p ${text} would never match`);
  }
  return null;
}

// dist/rules/assert-protocol.js
function assertProtocol({ protocol: protocol2 }, { name: name2, row, key }, when = "") {
  if (row.protocols === void 0) {
    return;
  }
  if (protocol2 !== null && !protocol2.negated && row.protocols.includes(protocol2.value)) {
    return;
  }
  throw new RuleError(`-m ${name2} needs -p ${row.protocols.map(showProtocol).join(" or -p ")}${when}`, key);
}

// dist/rules/option-of.js
function getFlags({ flag: flag2, aliases = [] }) {
  return [flag2, ...aliases];
}
function findOptionOf(row, flag2) {
  return row.options.find((option) => option.flag === flag2 || option.aliases?.includes(flag2)) ?? null;
}

// dist/rules/refused-extensions.js
var TARGETS = {
  AUDIT: "it writes to the audit log of the whole machine",
  IDLETIMER: "its label is global to the whole machine",
  LED: "it switches the machine's own LEDs",
  NFQUEUE: "without a program that listens to its queue it drops every packet",
  QUEUE: "without a program that listens to its queue it drops every packet",
  SECMARK: "it reaches the security policy of the whole machine",
  CONNSECMARK: "it reaches the security policy of the whole machine",
  SET: "it needs an ipset, and a world has none yet; ipsets take memory of the whole machine",
  CLUSTERIP: "Linux no longer has it",
  ULOG: "Linux no longer has it: use NFLOG",
  NAT: "it is only what nftables calls its own NAT: use SNAT or DNAT",
  TEE: "its copies are packets that no probe has sent: loopfw could not tell whose they are",
  TPROXY: "it needs a server that listens transparently, and a world has none",
  SYNPROXY: "it answers in the place of the server, so that what the client sees says nothing about the rules",
  ...toUnsupported("DNPT HMARK RATEEST SNPT TCPOPTSTRIP ERROR standard")
};
var MATCHES = {
  bpf: "its --object-pinned reads files of the machine",
  cgroup: "its --path looks into the machine's own control groups",
  connlabel: "its names come from a file of the machine",
  ipvs: "it needs the virtual server of the machine",
  nfacct: "it needs an accounting object, and a world has none",
  osf: "it needs fingerprints that a program of the machine loads",
  rateest: "it needs an estimator of -j RATEEST",
  realm: "its names come from a file of the machine",
  set: "it needs an ipset, and a world has none yet; ipsets take memory of the whole machine",
  ...toUnsupported("cluster devgroup dst hbh ipv6header mh srh")
};
var OPTIONS = {
  "--object-pinned": "it reads files of the machine",
  "--path": "it looks into the machine's own control groups",
  "--nflog-range": "it never had an effect: use --nflog-size",
  "--next": "a policy with several elements is not supported"
};
function toUnsupported(...names) {
  return Object.fromEntries(names.join(" ").split(" ").map((name2) => [name2, null]));
}
var OTHER_TARGETS = Object.keys(TARGETS);
var OTHER_MATCHES = Object.keys(MATCHES);
function assertNotRefusedTarget(name2) {
  if (Object.hasOwn(TARGETS, name2)) {
    throw makeError(`target ${name2}`, TARGETS[name2] ?? null);
  }
}
function assertNotRefusedMatch(name2) {
  if (Object.hasOwn(MATCHES, name2)) {
    throw makeError(`-m ${name2}`, MATCHES[name2] ?? null);
  }
}
function assertNotRefusedOption(flag2) {
  if (Object.hasOwn(OPTIONS, flag2)) {
    throw makeError(flag2, OPTIONS[flag2] ?? null);
  }
}
function makeError(what, reason) {
  return new RuleError(reason === null ? `${what} is not supported yet` : `${what} is refused: ${reason}`);
}

// dist/rules/targets/checksum.js
var checksum = {
  least: 1,
  most: 1,
  place: { tables: ["mangle"] },
  options: [{ flag: "--checksum-fill", values: [], negatable: false }]
};

// dist/rules/targets/classify.js
function trafficClass(text) {
  if (!/^[\da-f]{1,4}:[\da-f]{1,4}$/i.test(text)) {
    throw new RuleError(`"${text}" is not a class: write MAJOR:MINOR in hexadecimal`);
  }
  return text.toLowerCase().split(":").map((half) => half.padStart(4, "0")).join(":");
}
var classify = {
  least: 1,
  most: 1,
  place: { chains: ["FORWARD", "OUTPUT", "POSTROUTING"] },
  options: [{ flag: "--set-class", values: [trafficClass], negatable: false }]
};

// dist/rules/values/hex.js
function readNumber(what, text, most) {
  const number6 = /^(0|[1-9]\d{0,9}|0x[\da-f]{1,8})$/i.test(text) ? Number(text) : NaN;
  if (number6 <= most) {
    return number6;
  }
  throw new RuleError(`"${text}" is not ${what}: a number from 0 to ${most}, or in hexadecimal to ${toHex(most)}`);
}
function toHex(number6, digits = 1) {
  return `0x${(number6 >>> 0).toString(16).padStart(digits, "0")}`;
}
function hex(what, most, digits = 1) {
  return (text) => toHex(readNumber(what, text, most), digits);
}

// dist/rules/values/masked.js
var ALL_BITS = 4294967295;
function readMasked(text) {
  const [value = "", mask2, ...rest] = text.split("/");
  if (rest.length > 0) {
    throw new RuleError(`"${text}": write VALUE or VALUE/MASK`);
  }
  return { value: readNumber("a mark", value, ALL_BITS), mask: mask2 === void 0 ? ALL_BITS : readNumber("a mask", mask2, ALL_BITS) };
}
function printMasked({ value, mask: mask2 }) {
  return `${toHex(value)}/${toHex(mask2)}`;
}
var mark = (text) => {
  const { value, mask: mask2 } = readMasked(text);
  return mask2 === ALL_BITS ? toHex(value) : printMasked({ value, mask: mask2 });
};
var markToSet = (text) => printMasked(readMasked(text));

// dist/rules/values/set-mark.js
function toXmark(flag2, transform) {
  return {
    flag: flag2,
    values: [(text) => printMasked(transform(readMasked(text)))],
    negatable: false,
    simplify: (option) => ({ ...option, flag: "--set-xmark" })
  };
}
var setMarkOptions = [
  { flag: "--set-xmark", values: [markToSet], negatable: false },
  toXmark("--set-mark", ({ value, mask: mask2 }) => ({ value, mask: (value | mask2) >>> 0 })),
  toXmark("--and-mark", ({ value }) => ({ value: 0, mask: ~value >>> 0 })),
  toXmark("--or-mark", ({ value }) => ({ value, mask: value })),
  toXmark("--xor-mark", ({ value }) => ({ value, mask: 0 }))
];

// dist/rules/with-defaults.js
function withDefaults(defaults) {
  const all = Object.entries(defaults).map(([flag2, value]) => ({ flag: flag2, negated: false, values: [value] }));
  return (options) => [...options, ...all.filter(({ flag: flag2 }) => options.every((option) => option.flag !== flag2))];
}
function unlessDefault(value) {
  return (option) => option.values[0] === value && !option.negated ? null : option;
}

// dist/rules/targets/connmark.js
var mask = hex("a mask", 4294967295);
var COMMANDS = [...setMarkOptions.map(({ flag: flag2 }) => flag2), "--save-mark", "--restore-mark"];
var withMasks = withDefaults({ "--nfmask": "0xffffffff", "--ctmask": "0xffffffff" });
function isCopy(options) {
  return options.some(({ flag: flag2 }) => flag2 === "--save-mark" || flag2 === "--restore-mark");
}
var connmark = {
  dependsOnHistory: true,
  least: 1,
  most: 3,
  alternatives: [COMMANDS, ["--mask", "--nfmask"], ["--mask", "--ctmask"]],
  options: [
    ...setMarkOptions,
    { flag: "--save-mark", values: [], negatable: false },
    { flag: "--restore-mark", values: [], negatable: false },
    { flag: "--nfmask", values: [mask], negatable: false },
    { flag: "--ctmask", values: [mask], negatable: false },
    { flag: "--mask", values: [mask], negatable: false }
  ],
  complete(options) {
    const [both] = options.filter(({ flag: flag2 }) => flag2 === "--mask");
    const split = both === void 0 ? [] : ["--nfmask", "--ctmask"].map((flag2) => ({ ...both, flag: flag2 }));
    const given = [...options.filter(({ flag: flag2 }) => flag2 !== "--mask"), ...split];
    return isCopy(options) ? withMasks(given) : given;
  },
  assertFits(options) {
    if (!options.some(({ flag: flag2 }) => COMMANDS.includes(flag2))) {
      throw new RuleError(`CONNMARK needs one of ${COMMANDS.join(", ")}`);
    }
    if (options.length > 1 && !isCopy(options)) {
      throw new RuleError("masks go with --save-mark and --restore-mark only: write VALUE/MASK");
    }
  }
};

// dist/rules/assert-has-helper.js
var HELPERS = {
  amanda: { protocols: ["udp"] },
  ftp: { protocols: ["tcp"] },
  irc: { protocols: ["tcp"], isIPv4: true },
  "netbios-ns": { protocols: ["udp"], isIPv4: true },
  pptp: { protocols: ["tcp"], isIPv4: true },
  "Q.931": { protocols: ["tcp"] },
  RAS: { protocols: ["udp"] },
  sane: { protocols: ["tcp"] },
  sip: { protocols: ["tcp", "udp"] },
  snmp: { protocols: ["udp"], isIPv4: true },
  snmp_trap: { protocols: ["udp"], isIPv4: true },
  tftp: { protocols: ["udp"] }
};
function assertHasHelper({ values }, { protocol: protocol2, family }) {
  const [name2 = ""] = values;
  const { protocols = [], isIPv4: isIPv43 = false } = HELPERS[name2] ?? {};
  if (isIPv43 && family === "ipv6") {
    throw new RuleError(`--helper ${name2} is for IPv4 only`);
  }
  if (protocol2 === null || protocol2.negated || !protocols.includes(protocol2.value)) {
    throw new RuleError(`--helper ${name2} needs -p ${protocols.map(showProtocol).join(" or -p ")}`);
  }
}

// dist/rules/values/choice.js
function choice(what, words) {
  return (text) => {
    const found = words.find((word) => word.toLowerCase() === text.toLowerCase());
    if (found === void 0) {
      throw new RuleError(`"${text}" is not ${what}${didYouMean(text, words)}: ${words.join(", ")}`);
    }
    return found;
  };
}

// dist/rules/values/integer.js
function integer(what, least, most) {
  return (text) => {
    if (/^(0|[1-9]\d{0,15})$/.test(text) && Number(text) >= least && Number(text) <= most) {
      return text;
    }
    throw new RuleError(`"${text}" is not ${what}: a decimal number from ${least} to ${most}`);
  };
}

// dist/rules/values/name-list.js
function nameList(what, names, alone = []) {
  return (text) => {
    const given = text.split(",").map((name2) => {
      const upper = name2.toUpperCase();
      if (names.includes(upper)) {
        return upper;
      }
      throw new RuleError(`"${name2}" is not ${what}${didYouMean(name2, names)}: ${names.join(", ")}`);
    });
    const lonely = alone.find((name2) => given.includes(name2));
    if (lonely !== void 0 && given.some((name2) => name2 !== lonely)) {
      throw new RuleError(`${lonely} adds nothing to a list: leave it out, or give it alone`);
    }
    return names.filter((name2) => given.includes(name2)).join(",");
  };
}

// dist/rules/targets/ct.js
var EVENTS = ["NEW", "RELATED", "DESTROY", "REPLY", "ASSURED", "PROTOINFO", "HELPER", "MARK", "NATSEQINFO", "SECMARK"];
var events = nameList("an event", EVENTS);
var number = integer("a zone", 0, 65535);
function zone(text) {
  return text === "mark" ? text : number(text);
}
var ct = {
  least: 0,
  most: 4,
  place: { tables: ["raw"] },
  alternatives: [
    ["--zone", "--zone-orig", "--zone-reply"],
    ["--notrack", "--helper"],
    ["--notrack", "--ctevents"],
    ["--notrack", "--expevents"],
    ...["--zone", "--zone-orig", "--zone-reply"].map((flag2) => ["--notrack", flag2])
  ],
  options: [
    { flag: "--notrack", values: [], negatable: false },
    { flag: "--helper", values: [choice("a helper", Object.keys(HELPERS))], negatable: false },
    { flag: "--ctevents", values: [(text) => events(text).toLowerCase()], negatable: false },
    { flag: "--expevents", values: [(text) => nameList("an event", ["NEW"])(text).toLowerCase()], negatable: false },
    { flag: "--zone-orig", values: [zone], negatable: false, simplify: unlessDefault("0") },
    { flag: "--zone-reply", values: [zone], negatable: false, simplify: unlessDefault("0") },
    { flag: "--zone", values: [zone], negatable: false, simplify: unlessDefault("0") }
  ],
  assertFits(options, surroundings) {
    const helper2 = options.find(({ flag: flag2 }) => flag2 === "--helper");
    if (helper2 !== void 0) {
      assertHasHelper(helper2, surroundings);
    }
  }
};
var notrack = { least: 0, most: 0, place: { tables: ["raw"] }, options: [] };

// dist/rules/values/dscp.js
var CLASSES = {
  ...Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`CS${index}`, index << 3])),
  BE: 0,
  ...Object.fromEntries([1, 2, 3, 4].flatMap((x) => [1, 2, 3].map((y) => [`AF${x}${y}`, x << 3 | y << 1]))),
  EF: 46
};
var name = choice("a DiffServ class", Object.keys(CLASSES));
var dscpClass = (text) => toHex(CLASSES[name(text)] ?? 0, 2);
function dscpOptions(flag2, negatable) {
  return [
    { flag: flag2, values: [hex("a DSCP", 63, 2)], negatable },
    { flag: `${flag2}-class`, values: [dscpClass], negatable, simplify: (option) => ({ ...option, flag: flag2 }) }
  ];
}

// dist/rules/targets/dscp.js
var dscp = { least: 1, most: 1, place: { tables: ["mangle"] }, options: dscpOptions("--set-dscp", false) };

// dist/rules/targets/ecn.js
var ecn = {
  families: ["ipv4"],
  protocols: ["tcp"],
  least: 1,
  most: 1,
  place: { tables: ["mangle"] },
  options: [{ flag: "--ecn-tcp-remove", values: [], negatable: false }]
};

// dist/rules/targets/hl.js
var change = integer("a change", 1, 255);
var hl = {
  families: ["ipv6"],
  least: 1,
  most: 1,
  place: { tables: ["mangle"] },
  options: [
    { flag: "--hl-set", values: [integer("a hop limit", 0, 255)], negatable: false },
    { flag: "--hl-dec", values: [change], negatable: false },
    { flag: "--hl-inc", values: [change], negatable: false }
  ]
};

// dist/rules/values/prefix-text.js
function prefixText(longest) {
  return (text) => {
    if (Buffer.byteLength(text) > longest) {
      throw new RuleError(`the prefix has ${Buffer.byteLength(text)} bytes: at most ${longest} fit`);
    }
    return text;
  };
}

// dist/rules/targets/log.js
var LEVELS = ["emerg", "alert", "crit", "error", "warning", "notice", "info", "debug"];
var ALIASES = { panic: "emerg", err: "error", warn: "warning" };
var named = choice("a level of syslog", LEVELS);
function level(text) {
  return /^[0-7]$/.test(text) ? text : String(LEVELS.indexOf(named(ALIASES[text.toLowerCase()] ?? text)));
}
var log = {
  least: 0,
  most: 7,
  options: [
    { flag: "--log-prefix", values: [prefixText(29)], negatable: false, simplify: unlessDefault("") },
    { flag: "--log-level", values: [level], negatable: false, simplify: unlessDefault("4") },
    ...["--log-tcp-sequence", "--log-tcp-options", "--log-ip-options", "--log-uid", "--log-macdecode"].map((flag2) => ({
      flag: flag2,
      values: [],
      negatable: false
    }))
  ]
};

// dist/rules/targets/mark.js
var mark2 = { least: 1, most: 1, options: setMarkOptions };

// dist/rules/assert-has-ports.js
var WITH_PORTS = ["tcp", "udp", "udplite", "sctp", "33"];
function assertHasPorts({ flag: flag2, values }, { protocol: protocol2 }) {
  if (protocol2 === null || protocol2.negated || !WITH_PORTS.includes(protocol2.value)) {
    throw new RuleError(`${flag2} ${values.join(" ")} has a port: it needs -p tcp, udp, udplite, sctp or dccp`);
  }
}

// dist/rules/values/address-range.js
var import_ipaddr5 = __toESM(require_ipaddr(), 1);

// dist/rules/values/address.js
var import_ipaddr4 = __toESM(require_ipaddr(), 1);
import { isIPv4, isIPv6 } from "node:net";

// dist/rules/other-family-error.js
var OtherFamilyError = class extends RuleError {
};

// dist/rules/values/address.js
function address(text, family, whole = text) {
  if (isIPv4(text)) {
    if (family === "ipv6") {
      throw new OtherFamilyError(`${whole} is an IPv4 address, and the rule is IPv6: one rule has one family`);
    }
    return text;
  }
  const bare = text.replace(/^\[(.*)\]$/, "$1");
  if (isIPv6(bare)) {
    return readIPv6(text, bare, family, whole);
  }
  if (/^[\d.]+$/.test(text)) {
    throw new RuleError(`"${whole}" is not an IPv4 address: write all four numbers, 0 to 255, without leading zeros`);
  }
  throw new RuleError(`"${whole}" is not an address: only numeric addresses can be used, names are not looked up`);
}
function readIPv6(text, bare, family, whole) {
  if (bare.includes("%")) {
    throw new RuleError(`${whole} has a zone (%): iptables knows none, name the interface with -i or -o`);
  }
  const parsed = parseIPv6(bare);
  if (parsed.isIPv4MappedAddress()) {
    throw new RuleError(`${whole} is an IPv4 address in IPv6 form, which no packet carries: write ${parsed.toIPv4Address().toString()}`);
  }
  if (family === "ipv4") {
    throw new OtherFamilyError(`${whole} is an IPv6 address, and the rule is IPv4: one rule has one family`);
  }
  if (text !== bare) {
    throw new RuleError(`write ${bare} without brackets`);
  }
  return parsed.toRFC5952String();
}
function parseIPv6(text) {
  const groups = text.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...parts) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });
  return import_ipaddr4.default.IPv6.parse(groups);
}

// dist/rules/values/address-range.js
function addressRange(text, family) {
  const [first, last, ...rest] = text.split("-");
  if (first === void 0 || rest.length > 0) {
    throw new RuleError(`"${text}" is not a range of addresses: write FIRST-LAST`);
  }
  const from = address(first, family, text);
  const to = address(last ?? first, family, text);
  if (isBefore(to, from)) {
    throw new RuleError(`"${text}" is reversed and would never match`);
  }
  return `${from}-${to}`;
}
function isBefore(one, other) {
  return Buffer.compare(Buffer.from(import_ipaddr5.default.parse(one).toByteArray()), Buffer.from(import_ipaddr5.default.parse(other).toByteArray())) < 0;
}

// dist/rules/values/nat-range.js
var port = integer("a port", 1, 65535);
function natRange(text, family) {
  const { addresses, ports } = (family === "ipv4" ? splitIPv4 : splitIPv6)(text);
  const printed = addresses === "" ? "" : printAddresses(addresses, family);
  if (ports === "") {
    return printed;
  }
  const bracketed = family === "ipv6" && printed !== "" ? `[${printed}]` : printed;
  return `${bracketed}:${ports}`;
}
function printAddresses(text, family) {
  const [from, to] = addressRange(text, family).split("-");
  return from === to ? from ?? "" : `${from}-${to}`;
}
function splitIPv4(text) {
  const colon = text.indexOf(":");
  if (colon === -1 || text.indexOf(":", colon + 1) !== -1) {
    return { addresses: text.replace(/[[\]]/g, ""), ports: "" };
  }
  return { addresses: text.slice(0, colon), ports: natPorts(text.slice(colon + 1)) };
}
function splitIPv6(text) {
  if (/^:\d+(-|$)/.test(text)) {
    return { addresses: "", ports: natPorts(text.slice(1)) };
  }
  const [, addresses = text, ports] = /^\[([^\]]*)\](?::(.*))?$/.exec(text) ?? [];
  return { addresses, ports: ports === void 0 ? "" : natPorts(ports) };
}
function natPorts(text) {
  const [first = "", last = first, ...rest] = text.split("-");
  const [from, to] = [port(first), port(last)];
  if (rest.length > 0 || Number(from) > Number(to)) {
    throw new RuleError(`"${text}" is not a range of ports: write FIRST-LAST`);
  }
  return from === to ? from : `${from}-${to}`;
}

// dist/rules/targets/nat.js
var flag = (name2) => ({ flag: name2, values: [], negatable: false });
function assertRange([range2], surroundings) {
  const [text = ""] = range2?.values ?? [];
  if (range2 !== void 0 && (surroundings.family === "ipv4" ? text.includes(":") : /\]:|^:\d+(-\d+)?$/.test(text))) {
    assertHasPorts(range2, surroundings);
  }
}
function assertPorts(options, surroundings) {
  const ports = options.find((option) => option.flag === "--to-ports");
  if (ports !== void 0) {
    assertHasPorts(ports, surroundings);
  }
}
var toPorts = { flag: "--to-ports", values: [natPorts], negatable: false };
var snat = {
  least: 1,
  most: 4,
  place: { tables: ["nat"], chains: ["INPUT", "POSTROUTING"] },
  options: [{ flag: "--to-source", values: [natRange], negatable: false }, flag("--random"), flag("--random-fully"), flag("--persistent")],
  assertFits: assertRange
};
var dnat = {
  least: 1,
  most: 3,
  place: { tables: ["nat"], chains: ["PREROUTING", "OUTPUT"] },
  options: [{ flag: "--to-destination", values: [natRange], negatable: false }, flag("--random"), flag("--persistent")],
  assertFits: assertRange
};
var masquerade = {
  least: 0,
  most: 3,
  place: { tables: ["nat"], chains: ["POSTROUTING"] },
  options: [toPorts, flag("--random"), flag("--random-fully")],
  assertFits: assertPorts
};
var redirect = {
  least: 0,
  most: 2,
  place: { tables: ["nat"], chains: ["PREROUTING", "OUTPUT"] },
  options: [toPorts, flag("--random")],
  assertFits: assertPorts
};

// dist/rules/values/prefix.js
var import_ipaddr6 = __toESM(require_ipaddr(), 1);
import { isIPv4 as isIPv42, isIPv6 as isIPv62 } from "node:net";
var BITS = { ipv4: 32, ipv6: 128 };
function prefix(text, family) {
  const slash = text.indexOf("/");
  const host = address(slash === -1 ? text : text.slice(0, slash), family, text);
  const length4 = slash === -1 ? BITS[family] : getLength(text.slice(slash + 1), family, text);
  const network = address(getNetwork(`${host}/${length4}`, family), family);
  if (network !== host) {
    throw new RuleError(`${text} has bits below its prefix: write ${network}/${length4} (or ${host})`);
  }
  return `${host}/${length4}`;
}
function clearHostBits(text, family) {
  const [host = "", mask2] = text.split("/");
  if (mask2 === void 0 || !(family === "ipv4" ? isIPv42(host) : isIPv62(host))) {
    return text;
  }
  return `${getNetwork(`${host}/${getLength(mask2, family, text)}`, family)}/${mask2}`;
}
function getNetwork(cidr, family) {
  return (family === "ipv4" ? import_ipaddr6.default.IPv4 : import_ipaddr6.default.IPv6).networkAddressFromCIDR(cidr).toString();
}
function getLength(mask2, family, text) {
  if (/^(0|[1-9]\d{0,2})$/.test(mask2) && Number(mask2) <= BITS[family]) {
    return Number(mask2);
  }
  const length4 = toPrefixLength(mask2, family);
  if (length4 !== null) {
    return length4;
  }
  throw new RuleError(`"${text}": /${mask2} is neither a prefix length from 0 to ${BITS[family]} nor a contiguous mask`);
}
function toPrefixLength(mask2, family) {
  if (family === "ipv4") {
    return isIPv42(mask2) ? import_ipaddr6.default.IPv4.parse(mask2).prefixLengthFromSubnetMask() : null;
  }
  return isIPv62(mask2) ? parseIPv6(mask2).prefixLengthFromSubnetMask() : null;
}

// dist/rules/targets/netmap.js
var netmap = {
  least: 1,
  most: 1,
  place: { tables: ["nat"] },
  options: [{ flag: "--to", values: [prefix], negatable: false }]
};

// dist/rules/targets/nflog.js
var nflog = {
  least: 0,
  most: 4,
  options: [
    { flag: "--nflog-prefix", values: [prefixText(63)], negatable: false, simplify: unlessDefault("") },
    { flag: "--nflog-group", values: [integer("a group", 0, 65535)], negatable: false },
    { flag: "--nflog-size", values: [integer("a number of bytes", 1, 65535)], negatable: false },
    { flag: "--nflog-threshold", values: [integer("a number of packets", 1, 65535)], negatable: false, simplify: unlessDefault("1") }
  ],
  assertFits(options) {
    if (!options.some(({ flag: flag2, values }) => flag2 === "--nflog-group" && values[0] !== "0")) {
      throw new RuleError("NFLOG to group 0 is refused: loopfw's own trace of the legacy back end comes there; give --nflog-group 1 or more");
    }
  }
};

// dist/rules/assert-family.js
var NAMES = { ipv4: "IPv4", ipv6: "IPv6" };
function assertFamily(what, { families }, family) {
  const [only] = families ?? [];
  if (only !== void 0 && only !== family) {
    throw new OtherFamilyError(explainFamily(what, only));
  }
}
function explainFamily(what, only) {
  const hint = only === "ipv6" ? 'begin with ip6tables, or say "family": "ipv6"' : "the rule is IPv6";
  return `${what} is for ${NAMES[only]} only: ${hint}`;
}

// dist/rules/values/reject-type.js
var TYPES = {
  ipv4: {
    "icmp-net-unreachable": "net-unreach",
    "icmp-host-unreachable": "host-unreach",
    "icmp-proto-unreachable": "proto-unreach",
    "icmp-port-unreachable": "port-unreach",
    "icmp-net-prohibited": "net-prohib",
    "icmp-host-prohibited": "host-prohib",
    "icmp-admin-prohibited": "admin-prohib",
    "tcp-reset": "tcp-rst"
  },
  ipv6: {
    "icmp6-no-route": "no-route",
    "icmp6-adm-prohibited": "adm-prohibited",
    "icmp6-addr-unreachable": "addr-unreach",
    "icmp6-port-unreachable": "port-unreach",
    "icmp6-policy-fail": "policy-fail",
    "icmp6-reject-route": "reject-route",
    "tcp-reset": "tcp-rst"
  }
};
var ANSWERS = { ipv4: Object.keys(TYPES.ipv4), ipv6: Object.keys(TYPES.ipv6) };
var ANSWER_PREFIXES = { ipv4: "icmp-", ipv6: "icmp6-" };
function rejectType(text, family) {
  const found = findType(text, family);
  if (found !== null) {
    return found;
  }
  const other = family === "ipv4" ? "ipv6" : "ipv4";
  const foreign = findType(text, other) ?? findType(`${ANSWER_PREFIXES[other]}${text}`, other);
  if (foreign !== null && findType(`${ANSWER_PREFIXES[family]}${text}`, family) === null) {
    throw new OtherFamilyError(explainFamily(foreign, other));
  }
  throw new RuleError(`"${text}" is not an answer of REJECT${didYouMean(text, ANSWERS[family])}: ${ANSWERS[family].join(", ")}`);
}
function findType(text, family) {
  const lower = text.toLowerCase();
  return Object.entries(TYPES[family]).find(([name2, alias]) => lower === name2 || lower === alias)?.[0] ?? null;
}

// dist/rules/targets/reject.js
var withAnswer = {
  ipv4: withDefaults({ "--reject-with": "icmp-port-unreachable" }),
  ipv6: withDefaults({ "--reject-with": "icmp6-port-unreachable" })
};
var reject = {
  least: 0,
  most: 1,
  place: { tables: ["filter"] },
  options: [{ flag: "--reject-with", values: [rejectType], negatable: false }],
  complete: (options, family) => withAnswer[family](options),
  assertFits(options, { protocol: protocol2 }) {
    const isReset = options.some(({ values }) => values[0] === "tcp-reset");
    if (isReset && (protocol2?.value !== "tcp" || protocol2.negated)) {
      throw new RuleError("--reject-with tcp-reset answers TCP only: add -p tcp");
    }
  }
};

// dist/rules/targets/tcpmss.js
function seesOnlySyn({ matches }) {
  const flags2 = matches.filter(({ name: name2 }) => name2 === "tcp").flatMap(({ options }) => options);
  return flags2.some(({ flag: flag2, negated, values }) => flag2 === "--tcp-flags" && !negated && values[1]?.split(",").includes("SYN") === true);
}
var tcpmss = {
  protocols: ["tcp"],
  least: 1,
  most: 1,
  options: [
    { flag: "--set-mss", values: [integer("a segment size", 1, 65475)], negatable: false },
    { flag: "--clamp-mss-to-pmtu", values: [], negatable: false }
  ],
  place: ([option]) => option?.flag === "--clamp-mss-to-pmtu" ? { chains: ["FORWARD", "OUTPUT", "POSTROUTING"] } : {},
  getUnsupported: (_options, rule, backend) => backend === "legacy" && !seesOnlySyn(rule) ? "TCPMSS on the legacy back end needs --tcp-flags with SYN, such as --syn" : null
};

// dist/rules/values/tos.js
var NAMES2 = {
  "minimize-delay": 16,
  "maximize-throughput": 8,
  "maximize-reliability": 4,
  "minimize-cost": 2,
  "normal-service": 0
};
var tos = (text) => {
  const named3 = NAMES2[text.toLowerCase()];
  if (named3 !== void 0) {
    return `${toHex(named3, 2)}/0x3f`;
  }
  const [value = "", mask2 = "0xff"] = text.split("/", 2);
  return `${toHex(readNumber("a type of service", value, 255), 2)}/${toHex(readNumber("a mask", mask2, 255), 2)}`;
};

// dist/rules/targets/tos.js
function toSet(flag2, transform) {
  return {
    flag: flag2,
    values: [
      (text) => transform(readNumber("a type of service", text, 255)).map((bits) => toHex(bits & 255, 2)).join("/")
    ],
    negatable: false,
    simplify: (option) => ({ ...option, flag: "--set-tos" })
  };
}
var tos2 = {
  least: 1,
  most: 1,
  place: { tables: ["mangle"] },
  options: [
    { flag: "--set-tos", values: [tos], negatable: false },
    toSet("--and-tos", (bits) => [0, ~bits]),
    toSet("--or-tos", (bits) => [bits, bits]),
    toSet("--xor-tos", (bits) => [bits, 0])
  ]
};

// dist/rules/targets/trace.js
var trace = {
  options: [],
  least: 0,
  most: 0,
  place: { tables: ["raw"] },
  reserved: "loopfw places its own TRACE: leave the rule out"
};

// dist/rules/targets/ttl.js
var change2 = integer("a change", 1, 255);
var ttl = {
  families: ["ipv4"],
  least: 1,
  most: 1,
  place: { tables: ["mangle"] },
  options: [
    { flag: "--ttl-set", values: [integer("a time to live", 0, 255)], negatable: false },
    { flag: "--ttl-dec", values: [change2], negatable: false },
    { flag: "--ttl-inc", values: [change2], negatable: false }
  ]
};

// dist/rules/targets/verdicts.js
var accept = { options: [], least: 0, most: 0 };
var drop = { ...accept, place: { tables: ["raw", "mangle", "filter"] } };
var returnTarget = { ...accept };

// dist/rules/target-table.js
var TARGETS2 = {
  ACCEPT: accept,
  CHECKSUM: checksum,
  CLASSIFY: classify,
  CONNMARK: connmark,
  CT: ct,
  DNAT: dnat,
  DROP: drop,
  DSCP: dscp,
  ECN: ecn,
  HL: hl,
  LOG: log,
  MARK: mark2,
  MASQUERADE: masquerade,
  NETMAP: netmap,
  NFLOG: nflog,
  NOTRACK: notrack,
  REDIRECT: redirect,
  REJECT: reject,
  RETURN: returnTarget,
  SNAT: snat,
  TCPMSS: tcpmss,
  TOS: tos2,
  TRACE: trace,
  TTL: ttl
};
function getTarget(name2) {
  return Object.hasOwn(TARGETS2, name2) ? TARGETS2[name2] : null;
}

// dist/rules/with-key.js
function withKey(key, action) {
  try {
    return action();
  } catch (error) {
    if (error instanceof RuleError) {
      error.key ??= key;
    }
    throw error;
  }
}

// dist/rules/finish-entry.js
var MOST_MATCHES = 16;
var MOST_ARGUMENTS = 240;
var MOST_RULES = 1024;
function finishEntry(draft) {
  const { family, command: command2 } = draft;
  if (command2 === null) {
    throw new RuleError("no command: begin with -A CHAIN, -I CHAIN, -P CHAIN or -N CHAIN");
  }
  const place = { family, table: draft.table ?? "filter", chain: command2.chain };
  if (command2.kind === "policy" || command2.kind === "new-chain") {
    assertBare(draft);
    if (command2.kind === "policy") {
      return { ...place, kind: "policy", policy: command2.policy };
    }
    if (getTarget(command2.chain) !== null || OTHER_TARGETS.includes(command2.chain)) {
      throw new RuleError(`a chain cannot be called ${command2.chain}: that is a target`);
    }
    return { ...place, kind: "new-chain" };
  }
  for (const extension of getExtensions(draft)) {
    assertComplete(extension);
    assertProtocol(draft, extension);
  }
  const rules = expand(draft);
  if (command2.kind === "append") {
    return { ...place, kind: "append", rules };
  }
  return { ...place, kind: "insert", position: command2.position, rules };
}
function assertBare({ given, command: command2 }) {
  const extra = [...given].find((short) => !["-A", "-I", "-P", "-N", "-t", "-w", "-v", "-4", "-6"].includes(short));
  if (extra !== void 0) {
    throw new RuleError(`${extra} does not go with ${command2?.kind === "policy" ? "-P" : "-N"}`);
  }
}
function assertComplete({ name: name2, row, options, key }) {
  if (options.length < row.least) {
    throw new RuleError(`${name2} needs ${row.options.length > 1 ? "one of " : ""}${row.options.map(({ flag: flag2 }) => flag2).join(", ")}`, key);
  }
}
function expand(draft) {
  const { sources, destinations, inInterface, outInterface, protocol: protocol2 } = draft;
  if (sources.length * destinations.length > MOST_RULES) {
    throw new RuleError(`the lists of -s and -d make ${sources.length * destinations.length} rules: at most ${MOST_RULES}`);
  }
  if (sources.length * destinations.length > 1 && [...sources, ...destinations].some((address2) => address2?.negated)) {
    throw new RuleError("! before an address does not go with a list of addresses: iptables refuses it");
  }
  if (draft.matches.length > MOST_MATCHES) {
    throw new RuleError(`${draft.matches.length} matches in one rule: at most ${MOST_MATCHES}`);
  }
  const matches = draft.matches.map((match) => ({
    name: match.name,
    options: finishOptions(match, draft)
  }));
  const target = finishTarget(draft);
  const rest = { inInterface, outInterface, protocol: protocol2, matches, target };
  const count2 = toArguments({ source: sources[0] ?? null, destination: destinations[0] ?? null, ...rest }).length;
  if (count2 > MOST_ARGUMENTS) {
    throw new RuleError(`the rule has ${count2} arguments: at most ${MOST_ARGUMENTS} fit`);
  }
  return sources.flatMap((source) => destinations.map((destination) => ({ source, destination, ...rest })));
}
function finishTarget(draft) {
  const { target } = draft;
  if (target === null) {
    return null;
  }
  const { how, name: name2, extension } = target;
  return { how, name: name2, options: extension === null ? [] : finishOptions(extension, draft) };
}
function finishOptions(extension, { protocol: protocol2, family }) {
  const { row, key } = extension;
  return withKey(key, () => {
    const simplified = extension.options.map((option) => {
      const simplify = findOptionOf(row, option.flag)?.simplify;
      return simplify === void 0 ? option : simplify(option, family);
    });
    const given = simplified.filter((option) => option !== null);
    const options = row.complete?.(given, family) ?? given;
    row.assertFits?.(options, { protocol: protocol2, family });
    return row.options.flatMap(({ flag: flag2 }) => options.filter((option) => option.flag === flag2));
  });
}

// dist/rules/values/chain-name.js
var LONGEST2 = 28;
function chainName(text) {
  if (/^[-!]/.test(text)) {
    throw new RuleError(`a chain's name cannot begin with "${text[0]}": "${text}"`);
  }
  if (!/^[^\s"'\\]+$/.test(text)) {
    throw new RuleError(`"${text}" is not a chain's name: no spaces, quotes or backslashes`);
  }
  if (Buffer.byteLength(text) > LONGEST2) {
    throw new RuleError(`chain "${text}" has a name longer than ${LONGEST2} characters`);
  }
  return text;
}

// dist/rules/commands.js
var NOT_EMPTY = "a scenario's rules start from empty chains: leave the rule out instead";
var POLICIES = ["ACCEPT", "DROP"];
var COMMANDS2 = [
  command("-A", ["--append"], (chain) => ({ kind: "append", chain })),
  command("-I", ["--insert"], (chain, reader) => ({ kind: "insert", chain, position: readPosition(reader) })),
  command("-P", ["--policy"], (chain, reader) => ({ kind: "policy", chain, policy: readPolicy(reader) })),
  command("-N", ["--new-chain", "--new"], (chain) => ({ kind: "new-chain", chain })),
  { short: "-D", long: ["--delete"], read: NOT_EMPTY },
  { short: "-R", long: ["--replace"], read: NOT_EMPTY },
  { short: "-F", long: ["--flush"], read: NOT_EMPTY },
  { short: "-Z", long: ["--zero"], read: NOT_EMPTY },
  { short: "-X", long: ["--delete-chain"], read: NOT_EMPTY },
  { short: "-E", long: ["--rename-chain"], read: NOT_EMPTY },
  { short: "-L", long: ["--list"], read: NOT_EMPTY },
  { short: "-S", long: ["--list-rules"], read: NOT_EMPTY },
  { short: "-C", long: ["--check"], read: NOT_EMPTY }
];
function command(short, long, make) {
  const read = (draft, reader) => {
    if (draft.command !== null) {
      throw new RuleError(`${short}: a rule has one command, -A, -I, -P or -N`);
    }
    draft.command = make(chainName(reader.value(short)), reader);
  };
  return { short, long, repeatable: true, read };
}
function readPosition(reader) {
  const text = reader.optionalValue();
  if (text === null) {
    return 1;
  }
  if (/^[1-9]\d{0,8}$/.test(text)) {
    return Number(text);
  }
  throw new RuleError(`"${text}" is not a position: -I CHAIN counts from 1`);
}
function readPolicy(reader) {
  const text = reader.value("-P");
  const policy2 = POLICIES.find((name2) => name2 === text);
  if (policy2 === void 0) {
    throw new RuleError(`"${text}" is not a policy${didYouMean(text, POLICIES)}: ACCEPT or DROP`);
  }
  return policy2;
}

// dist/rules/matches/addrtype.js
var IPV6_TYPES = ["UNSPEC", "UNICAST", "LOCAL", "ANYCAST", "MULTICAST", "UNREACHABLE"];
var TYPES2 = ["UNSPEC", "UNICAST", "LOCAL", "BROADCAST", "ANYCAST", "MULTICAST", "BLACKHOLE", "UNREACHABLE", "PROHIBIT", "THROW"];
var types = {
  ipv4: nameList("a type of address", TYPES2),
  ipv6: nameList("a type of IPv6 address", IPV6_TYPES)
};
var type = (text, family) => types[family](text, family);
function has(options, flag2) {
  return options.some((option) => option.flag === flag2);
}
var addrtype = {
  least: 1,
  most: 3,
  alternatives: [["--limit-iface-in", "--limit-iface-out"]],
  options: [
    { flag: "--src-type", values: [type], negatable: true },
    { flag: "--dst-type", values: [type], negatable: true },
    { flag: "--limit-iface-in", values: [], negatable: false },
    { flag: "--limit-iface-out", values: [], negatable: false }
  ],
  assertFits(options) {
    if (!has(options, "--src-type") && !has(options, "--dst-type")) {
      throw new RuleError("addrtype needs --src-type or --dst-type");
    }
  },
  place(options) {
    if (has(options, "--limit-iface-in")) {
      return { chains: ["PREROUTING", "INPUT", "FORWARD"] };
    }
    return has(options, "--limit-iface-out") ? { chains: ["FORWARD", "OUTPUT", "POSTROUTING"] } : {};
  }
};

// dist/rules/values/range.js
function range(what, least, most) {
  const number6 = integer(what, least, most);
  return (text) => {
    if (/^\d+-\d+$/.test(text)) {
      throw new RuleError(`"${text}": a range is written ${text.replace("-", ":")}`);
    }
    const parts = text.split(":");
    const [first, last] = parts;
    if (parts.length === 1 || first === void 0 || last === void 0) {
      return number6(text);
    }
    if (parts.length > 2 || text === ":") {
      throw new RuleError(`"${text}" is not a range: write FIRST:LAST`);
    }
    const from = number6(first || String(least));
    const to = number6(last || String(most));
    if (Number(from) > Number(to)) {
      throw new RuleError(`"${text}" is empty: its first number is the larger one`);
    }
    return from === to ? from : `${from}:${to}`;
  };
}

// dist/rules/values/port-range.js
var portRange = range("a port", 0, 65535);

// dist/rules/port-options.js
var LAST2 = 65535;
function simplifyPorts(option) {
  const [from = 0, to = from] = (option.values[0] ?? "").split(":").map(Number);
  if (from === 0 && to === LAST2) {
    return dropUnlessNegated(option);
  }
  if (!option.negated || from === to || from > 0 && to < LAST2) {
    return option;
  }
  const [first, last] = from === 0 ? [to + 1, LAST2] : [0, from - 1];
  return { ...option, negated: false, values: [first === last ? String(first) : `${first}:${last}`] };
}
function dropUnlessNegated({ flag: flag2, negated, values }) {
  if (negated) {
    throw new RuleError(`! ${flag2} ${values.join(" ")} would never match`);
  }
  return null;
}
function unlessAll(most) {
  return (option) => option.values[0] === `0:${most}` ? dropUnlessNegated(option) : option;
}
var PORT_OPTIONS = [
  { flag: "--sport", aliases: ["--source-port"], values: [portRange], negatable: true, simplify: simplifyPorts },
  { flag: "--dport", aliases: ["--destination-port"], values: [portRange], negatable: true, simplify: simplifyPorts }
];

// dist/rules/matches/ah.js
var MOST2 = 4294967295;
var ah = {
  families: ["ipv4"],
  protocols: ["ah"],
  isImplied: true,
  least: 0,
  most: 1,
  options: [{ flag: "--ahspi", values: [range("an SPI", 0, MOST2)], negatable: true, simplify: unlessAll(MOST2) }]
};

// dist/rules/values/comment.js
var LONGEST3 = 255;
function comment(text) {
  const bytes = Buffer.byteLength(text);
  if (bytes > LONGEST3) {
    throw new RuleError(`the comment has ${bytes} bytes: at most ${LONGEST3} fit`);
  }
  return text;
}

// dist/rules/matches/comment.js
var comment2 = {
  least: 1,
  most: 1,
  options: [{ flag: "--comment", values: [comment], negatable: false }]
};

// dist/rules/matches/connbytes.js
var number2 = integer("a number", 0, Number.MAX_SAFE_INTEGER);
function counts(text) {
  const [first = "", last = ""] = text.split(":", 2);
  const from = number2(first);
  if (last === "") {
    return from;
  }
  const to = number2(text.slice(first.length + 1));
  if (Number(from) > Number(to)) {
    throw new RuleError(`"${text}" is empty: its first number is the larger one`);
  }
  return to === "0" ? from : `${from}:${to}`;
}
var connbytes = {
  dependsOnHistory: true,
  least: 3,
  most: 3,
  options: [
    { flag: "--connbytes", values: [counts], negatable: true },
    { flag: "--connbytes-mode", values: [choice("a mode", ["packets", "bytes", "avgpkt"])], negatable: false },
    { flag: "--connbytes-dir", values: [choice("a direction", ["original", "reply", "both"])], negatable: false }
  ],
  // A negation is written by swapping the ends, which two equal ends do not show: iptables would match the opposite.
  assertFits(options) {
    const range2 = options.find(({ flag: flag2 }) => flag2 === "--connbytes");
    const [from, to] = range2?.values[0]?.split(":") ?? [];
    if (range2?.negated && from === to) {
      throw new RuleError(`iptables loses the ! of --connbytes ${range2.values[0]}, whose ends are the same`);
    }
  }
};

// dist/rules/matches/connlimit.js
var count = integer("a number of connections", 0, 4294967295);
var BITS2 = { ipv4: 32, ipv6: 128 };
var length = (text, family) => integer("a prefix length", 0, BITS2[family])(text);
var OPPOSITES = { "--connlimit-upto": "--connlimit-above", "--connlimit-above": "--connlimit-upto" };
function simplifyCount(option) {
  return option.negated ? { ...option, negated: false, flag: OPPOSITES[option.flag] ?? option.flag } : option;
}
var connlimit = {
  dependsOnHistory: true,
  least: 1,
  most: 3,
  alternatives: [
    ["--connlimit-upto", "--connlimit-above"],
    ["--connlimit-saddr", "--connlimit-daddr"]
  ],
  options: [
    { flag: "--connlimit-upto", values: [count], negatable: true, simplify: simplifyCount },
    { flag: "--connlimit-above", values: [count], negatable: true, simplify: simplifyCount },
    { flag: "--connlimit-mask", values: [length], negatable: false },
    { flag: "--connlimit-saddr", values: [], negatable: false },
    { flag: "--connlimit-daddr", values: [], negatable: false }
  ],
  complete(options, family) {
    const masked = withDefaults({ "--connlimit-mask": String(BITS2[family]) })(options);
    const hasSide = options.some(({ flag: flag2 }) => flag2.endsWith("addr"));
    return hasSide ? masked : [...masked, { flag: "--connlimit-saddr", negated: false, values: [] }];
  },
  assertFits(options) {
    if (!options.some(({ flag: flag2 }) => Object.hasOwn(OPPOSITES, flag2))) {
      throw new RuleError("connlimit needs --connlimit-upto or --connlimit-above");
    }
  }
};

// dist/rules/matches/connmark.js
var connmark2 = {
  dependsOnHistory: true,
  least: 1,
  most: 1,
  options: [{ flag: "--mark", values: [mark], negatable: true }]
};

// dist/rules/matches/conntrack.js
var STATES = ["INVALID", "NEW", "RELATED", "ESTABLISHED", "UNTRACKED", "SNAT", "DNAT"];
var STATUSES = ["NONE", "EXPECTED", "SEEN_REPLY", "ASSURED", "CONFIRMED"];
var seconds = range("a number of seconds", 0, 4294967295);
var conntrack = {
  least: 1,
  most: 13,
  options: [
    { flag: "--ctstate", values: [nameList("a connection state", STATES)], negatable: true },
    { flag: "--ctproto", values: [protocolNumber], negatable: true },
    { flag: "--ctorigsrc", values: [prefix], negatable: true },
    { flag: "--ctorigdst", values: [prefix], negatable: true },
    { flag: "--ctreplsrc", values: [prefix], negatable: true },
    { flag: "--ctrepldst", values: [prefix], negatable: true },
    { flag: "--ctorigsrcport", values: [portRange], negatable: true },
    { flag: "--ctorigdstport", values: [portRange], negatable: true },
    { flag: "--ctreplsrcport", values: [portRange], negatable: true },
    { flag: "--ctrepldstport", values: [portRange], negatable: true },
    { flag: "--ctstatus", values: [nameList("a connection status", STATUSES, ["NONE"])], negatable: true, dependsOnHistory: true },
    { flag: "--ctexpire", values: [seconds], negatable: true, dependsOnHistory: true },
    { flag: "--ctdir", values: [nameList("a direction", ["ORIGINAL", "REPLY"])], negatable: false }
  ]
};

// dist/rules/matches/cpu.js
var cpu = {
  dependsOnHistory: true,
  least: 1,
  most: 1,
  options: [{ flag: "--cpu", values: [integer("a processor", 0, 65535)], negatable: true }]
};

// dist/rules/matches/dccp.js
var TYPES3 = ["REQUEST", "RESPONSE", "DATA", "ACK", "DATAACK", "CLOSEREQ", "CLOSE", "RESET", "SYNC", "SYNCACK", "INVALID"];
var dccp = {
  protocols: ["33"],
  isImplied: true,
  least: 0,
  most: 4,
  options: [
    ...PORT_OPTIONS,
    { flag: "--dccp-types", values: [nameList("a type of DCCP", TYPES3)], negatable: true },
    { flag: "--dccp-option", values: [integer("a DCCP option", 1, 255)], negatable: true }
  ]
};

// dist/rules/matches/dscp.js
var dscp2 = { least: 1, most: 1, options: dscpOptions("--dscp", true) };

// dist/rules/matches/ecn.js
var ecn2 = {
  least: 1,
  most: 3,
  options: [
    { flag: "--ecn-tcp-ece", values: [], negatable: true },
    { flag: "--ecn-tcp-cwr", values: [], negatable: true },
    { flag: "--ecn-ip-ect", values: [integer("a codepoint", 0, 3)], negatable: true }
  ],
  assertFits(options, { protocol: protocol2 }) {
    const ofTcp = options.find(({ flag: flag2 }) => flag2.startsWith("--ecn-tcp"));
    if (ofTcp !== void 0 && (protocol2?.value !== "tcp" || protocol2.negated)) {
      throw new RuleError(`${ofTcp.flag} needs -p tcp`);
    }
  }
};

// dist/rules/matches/esp.js
var MOST3 = 4294967295;
var esp = {
  protocols: ["esp"],
  isImplied: true,
  least: 0,
  most: 1,
  options: [{ flag: "--espspi", values: [range("an SPI", 0, MOST3)], negatable: true, simplify: unlessAll(MOST3) }]
};

// dist/rules/matches/eui64.js
var eui64 = {
  families: ["ipv6"],
  least: 0,
  most: 0,
  place: { chains: ["PREROUTING", "INPUT", "FORWARD"] },
  options: []
};

// dist/rules/matches/frag.js
var MOST4 = 4294967295;
var flags = ["--fragres", "--fragfirst", "--fragmore", "--fraglast"];
var frag = {
  families: ["ipv6"],
  least: 0,
  most: 5,
  alternatives: [["--fragmore", "--fraglast"]],
  options: [
    { flag: "--fragid", values: [range("an id of a fragment", 0, MOST4)], negatable: true, simplify: unlessAll(MOST4) },
    { flag: "--fraglen", values: [integer("a length", 0, 4294967295)], negatable: true },
    ...flags.map((flag2) => ({ flag: flag2, values: [], negatable: false }))
  ]
};

// dist/rules/values/object-name.js
function objectName(what, longest) {
  return (text) => {
    if (/^[\w%][\w%.-]*$/.test(text) && text.length <= longest) {
      return text;
    }
    throw new RuleError(`"${text}" is not a name for ${what}: letters, digits, _ % . and -, at most ${longest}`);
  };
}

// dist/rules/values/rate.js
var SECONDS = { day: 86400n, hour: 3600n, min: 60n, sec: 1n };
var UNITS = Object.entries(SECONDS);
function rate(scale) {
  return (text) => {
    const [, count2 = "", unit = "second"] = /^([1-9]\d{0,8})(?:\/([a-z]+))?$/i.exec(text) ?? [];
    const long = unit.toLowerCase();
    const seconds2 = UNITS.find(([name2]) => LONG[name2]?.startsWith(long) === true)?.[1];
    if (count2 === "" || seconds2 === void 0) {
      throw new RuleError(`"${text}" is not a rate: write a number with /second, /minute, /hour or /day`);
    }
    const period = seconds2 * scale / BigInt(count2);
    if (period === 0n) {
      throw new RuleError(`"${text}" is too fast a rate: at most ${scale}/second`);
    }
    return settle(period, scale);
  };
}
var LONG = { day: "day", hour: "hour", min: "minute", sec: "second" };
function settle(period, scale) {
  const { count: count2, name: name2, seconds: seconds2 } = getNearest(period, scale);
  const again = seconds2 * scale / count2;
  return again === period ? `${count2}/${name2}` : settle(again, scale);
}
function getNearest(period, scale) {
  let nearest = UNITS[0] ?? ["day", SECONDS.day];
  for (const unit of UNITS.slice(1)) {
    const most = unit[1] * scale;
    if (period > most || most / period < most % period) {
      break;
    }
    nearest = unit;
  }
  const [name2, seconds2] = nearest;
  return { count: seconds2 * scale / period, name: name2, seconds: seconds2 };
}
var LONGEST_BURST_SECONDS = 86400;
function getBurstSeconds(options, ...flags2) {
  const get = (isWanted) => options.find(({ flag: flag2 }) => isWanted(flag2))?.values[0];
  const [count2, unit = ""] = get((flag2) => flags2.includes(flag2))?.split("/") ?? [];
  const burst = Number(get((flag2) => flag2.endsWith("-burst")) ?? 5);
  return burst * Number(UNITS.find(([name2]) => name2 === unit)?.[1] ?? 1n) / Number(count2);
}

// dist/rules/matches/hashlimit.js
var packets = rate(1000000n);
var number3 = integer("a number", 1, 4294967295);
var BITS3 = { ipv4: 32, ipv6: 128 };
var length2 = (text, family) => integer("a prefix length", 0, BITS3[family])(text);
var unlessWhole = (option, family) => unlessDefault(String(BITS3[family]))(option);
var modes = nameList("a mode", ["SRCIP", "SRCPORT", "DSTIP", "DSTPORT"]);
var hashlimit = {
  dependsOnHistory: true,
  least: 2,
  most: 10,
  alternatives: [["--hashlimit-upto", "--hashlimit-above"]],
  options: [
    { flag: "--hashlimit-upto", aliases: ["--hashlimit"], values: [packets], negatable: false },
    { flag: "--hashlimit-above", values: [packets], negatable: false },
    { flag: "--hashlimit-burst", values: [integer("a number of packets", 1, 1e4)], negatable: false },
    {
      flag: "--hashlimit-mode",
      // The parser of lists has names in capitals, iptables-save in small letters, in this order.
      values: [(text) => modes(text).toLowerCase()],
      negatable: false
    },
    { flag: "--hashlimit-name", values: [objectName("the table", 14)], negatable: false },
    { flag: "--hashlimit-htable-size", values: [integer("a number", 1, 65536)], negatable: false },
    { flag: "--hashlimit-htable-max", values: [integer("a number", 1, 1e6)], negatable: false },
    { flag: "--hashlimit-htable-gcinterval", values: [number3], negatable: false, simplify: unlessDefault("1000") },
    { flag: "--hashlimit-htable-expire", values: [number3], negatable: false },
    { flag: "--hashlimit-srcmask", values: [length2], negatable: false, simplify: unlessWhole },
    { flag: "--hashlimit-dstmask", values: [length2], negatable: false, simplify: unlessWhole }
  ],
  complete: withDefaults({ "--hashlimit-burst": "5" }),
  assertFits(options) {
    const flags2 = options.map(({ flag: flag2 }) => flag2);
    if (!flags2.includes("--hashlimit-upto") && !flags2.includes("--hashlimit-above")) {
      throw new RuleError("hashlimit needs --hashlimit-upto or --hashlimit-above");
    }
    if (getBurstSeconds(options, "--hashlimit-upto", "--hashlimit-above") > LONGEST_BURST_SECONDS) {
      throw new RuleError("hashlimit cannot hold a burst that takes more than a day: give a faster rate or a smaller --hashlimit-burst");
    }
    if (!flags2.includes("--hashlimit-name")) {
      throw new RuleError("hashlimit needs --hashlimit-name");
    }
  }
};

// dist/rules/matches/helper.js
var helper = {
  least: 1,
  most: 1,
  options: [{ flag: "--helper", values: [objectName("a helper", 28)], negatable: true }]
};

// dist/rules/matches/hl.js
var number4 = integer("a hop limit", 0, 255);
var hl2 = {
  families: ["ipv6"],
  least: 1,
  most: 1,
  options: [
    { flag: "--hl-eq", aliases: ["--hl"], values: [number4], negatable: true },
    { flag: "--hl-lt", values: [number4], negatable: false },
    { flag: "--hl-gt", values: [number4], negatable: false }
  ]
};

// dist/rules/values/icmp-type.js
var type2 = integer("an ICMP type", 0, 255);
var code = integer("an ICMP code", 0, 255);
function icmpType(names) {
  const known = new Map(Object.entries(names).map(([name2, value]) => [name2.toLowerCase(), value]));
  return (text) => {
    const named3 = known.get(text.toLowerCase());
    if (named3 !== void 0) {
      return named3;
    }
    if (!/^\d/.test(text)) {
      throw new RuleError(`"${text}" is not an ICMP type${didYouMean(text, Object.keys(names))}: a name, TYPE or TYPE/CODE`);
    }
    const [first = "", second] = text.split("/", 2);
    return second === void 0 ? type2(first) : `${type2(first)}/${code(text.slice(first.length + 1))}`;
  };
}

// dist/rules/matches/icmp.js
var NAMES3 = {
  any: "any",
  "echo-reply": "0",
  pong: "0",
  "destination-unreachable": "3",
  "network-unreachable": "3/0",
  "host-unreachable": "3/1",
  "protocol-unreachable": "3/2",
  "port-unreachable": "3/3",
  "fragmentation-needed": "3/4",
  "source-route-failed": "3/5",
  "network-unknown": "3/6",
  "host-unknown": "3/7",
  "network-prohibited": "3/9",
  "host-prohibited": "3/10",
  "TOS-network-unreachable": "3/11",
  "TOS-host-unreachable": "3/12",
  "communication-prohibited": "3/13",
  "host-precedence-violation": "3/14",
  "precedence-cutoff": "3/15",
  "source-quench": "4",
  redirect: "5",
  "network-redirect": "5/0",
  "host-redirect": "5/1",
  "TOS-network-redirect": "5/2",
  "TOS-host-redirect": "5/3",
  "echo-request": "8",
  ping: "8",
  "router-advertisement": "9",
  "router-solicitation": "10",
  "time-exceeded": "11",
  "ttl-exceeded": "11",
  "ttl-zero-during-transit": "11/0",
  "ttl-zero-during-reassembly": "11/1",
  "parameter-problem": "12",
  "ip-header-bad": "12/0",
  "required-option-missing": "12/1",
  "timestamp-request": "13",
  "timestamp-reply": "14",
  "address-mask-request": "17",
  "address-mask-reply": "18"
};
function simplifyAny(option) {
  const [type3 = ""] = option.values;
  if (type3 !== "any" && !/^255(\/|$)/.test(type3)) {
    return option;
  }
  if (option.negated) {
    throw new RuleError(`! --icmp-type ${type3} would never match`);
  }
  return { ...option, values: ["any"] };
}
var icmp = {
  families: ["ipv4"],
  protocols: ["icmp"],
  isImplied: true,
  least: 1,
  most: 1,
  options: [{ flag: "--icmp-type", values: [icmpType(NAMES3)], negatable: true, simplify: simplifyAny }]
};

// dist/rules/matches/icmp6.js
var NAMES4 = {
  "destination-unreachable": "1",
  "no-route": "1/0",
  "communication-prohibited": "1/1",
  "beyond-scope": "1/2",
  "address-unreachable": "1/3",
  "port-unreachable": "1/4",
  "failed-policy": "1/5",
  "reject-route": "1/6",
  "packet-too-big": "2",
  "time-exceeded": "3",
  "ttl-exceeded": "3",
  "ttl-zero-during-transit": "3/0",
  "ttl-zero-during-reassembly": "3/1",
  "parameter-problem": "4",
  "bad-header": "4/0",
  "unknown-header-type": "4/1",
  "unknown-option": "4/2",
  "echo-request": "128",
  ping: "128",
  "echo-reply": "129",
  pong: "129",
  "router-solicitation": "133",
  "router-advertisement": "134",
  "neighbour-solicitation": "135",
  "neighbor-solicitation": "135",
  "neighbour-advertisement": "136",
  "neighbor-advertisement": "136",
  redirect: "137"
};
var icmp6 = {
  families: ["ipv6"],
  protocols: ["ipv6-icmp"],
  isImplied: true,
  least: 1,
  most: 1,
  options: [{ flag: "--icmpv6-type", values: [icmpType(NAMES4)], negatable: true }]
};

// dist/rules/matches/ipcomp.js
var MOST5 = 4294967295;
var ipcomp = {
  protocols: ["108"],
  least: 0,
  most: 1,
  options: [{ flag: "--ipcompspi", values: [range("a CPI", 0, MOST5)], negatable: true, simplify: unlessAll(MOST5) }]
};

// dist/rules/matches/iprange.js
var iprange = {
  least: 1,
  most: 2,
  options: [
    { flag: "--src-range", values: [addressRange], negatable: true },
    { flag: "--dst-range", values: [addressRange], negatable: true }
  ]
};

// dist/rules/matches/length.js
var length3 = {
  least: 1,
  most: 1,
  options: [{ flag: "--length", values: [range("a length", 0, 65535)], negatable: true }]
};

// dist/rules/matches/limit.js
var limit = {
  dependsOnHistory: true,
  least: 0,
  most: 2,
  options: [
    { flag: "--limit", values: [rate(10000n)], negatable: false },
    { flag: "--limit-burst", values: [integer("a number of packets", 1, 1e4)], negatable: false, simplify: unlessDefault("5") }
  ],
  // nf_tables keeps the time in 64 bits.
  getUnsupported: (options, _rule, backend) => backend === "legacy" && getBurstSeconds(options, "--limit") > LONGEST_BURST_SECONDS ? "the legacy back end cannot hold a limit whose burst takes more than a day" : null,
  complete: withDefaults({ "--limit": "3/hour" })
};

// dist/rules/matches/mac.js
function macAddress(text) {
  if (/^[\da-f]{2}(:[\da-f]{2}){5}$/i.test(text)) {
    return text.toLowerCase();
  }
  throw new RuleError(`"${text}" is not a MAC address: write XX:XX:XX:XX:XX:XX`);
}
var mac = {
  least: 1,
  most: 1,
  place: { chains: ["PREROUTING", "INPUT", "FORWARD"] },
  options: [{ flag: "--mac-source", values: [macAddress], negatable: true }]
};

// dist/rules/matches/mark.js
var mark3 = { least: 1, most: 1, options: [{ flag: "--mark", values: [mark], negatable: true }] };

// dist/rules/values/port-list.js
var SLOTS = 15;
function portList(text) {
  const elements = text.split(",").map((element) => {
    if (/^:|:$/.test(element)) {
      throw new RuleError(`"${element}": a range in a list of ports needs both ends`);
    }
    return portRange(element);
  });
  const slots = elements.join(":").split(":").length;
  if (slots > SLOTS) {
    throw new RuleError(`${slots} ports: a list has at most ${SLOTS}, and a range counts as two`);
  }
  return elements.join(",");
}

// dist/rules/matches/multiport.js
var multiport = {
  protocols: ["tcp", "udp", "udplite", "sctp", "33"],
  wantsProtocolFirst: true,
  least: 1,
  most: 1,
  options: [
    { flag: "--sports", aliases: ["--source-ports"], values: [portList], negatable: true },
    { flag: "--dports", aliases: ["--destination-ports"], values: [portList], negatable: true },
    { flag: "--ports", values: [portList], negatable: true }
  ]
};

// dist/rules/values/id-range.js
var id = integer("a user or group by number, for names depend on the machine", 0, 4294967294);
function idRange(text) {
  const [first = "", last = first, ...rest] = text.split("-");
  const [from, to] = [id(first), id(last)];
  if (rest.length > 0 || Number(from) > Number(to)) {
    throw new RuleError(`"${text}" is not a range: write FIRST-LAST`);
  }
  return from === to ? from : `${from}-${to}`;
}

// dist/rules/matches/owner.js
var owner = {
  least: 1,
  most: 4,
  place: { chains: ["OUTPUT", "POSTROUTING"] },
  options: [
    { flag: "--socket-exists", values: [], negatable: true },
    { flag: "--uid-owner", values: [idRange], negatable: true },
    { flag: "--gid-owner", values: [idRange], negatable: true },
    { flag: "--suppl-groups", values: [], negatable: false }
  ],
  assertFits(options) {
    const flags2 = options.map(({ flag: flag2 }) => flag2);
    if (flags2.includes("--suppl-groups") && !flags2.includes("--gid-owner")) {
      throw new RuleError("--suppl-groups needs --gid-owner");
    }
  }
};

// dist/rules/values/interface-name.js
var LONGEST4 = 15;
function interfaceName(text, negated) {
  if (text.length > LONGEST4) {
    throw new RuleError(`interface "${text}" is longer than ${LONGEST4} characters`);
  }
  if (text.includes(":")) {
    throw new RuleError(`"${text}" is an alias: iptables sees only the interface, ${text.split(":")[0] || "without a colon"}`);
  }
  if (!/^[A-Za-z0-9_.@+][A-Za-z0-9_.@+-]*$/.test(text)) {
    throw new RuleError(`"${text}" is not an interface's name`);
  }
  if (text !== "+") {
    return { negated, value: text };
  }
  if (negated) {
    throw new RuleError("! + would never match");
  }
  return null;
}

// dist/rules/matches/physdev.js
function port2(text) {
  const name2 = interfaceName(text, false);
  if (name2 === null) {
    throw new RuleError("+ alone says nothing: use --physdev-is-in or --physdev-is-out");
  }
  return name2.value;
}
var physdev = {
  least: 1,
  most: 5,
  options: [
    { flag: "--physdev-in", values: [port2], negatable: true },
    { flag: "--physdev-is-in", values: [], negatable: true },
    { flag: "--physdev-out", values: [port2], negatable: true },
    { flag: "--physdev-is-out", values: [], negatable: true },
    { flag: "--physdev-is-bridged", values: [], negatable: true }
  ],
  place: (options) => options.some(({ flag: flag2 }) => flag2.endsWith("out")) ? { chains: ["PREROUTING", "INPUT", "FORWARD", "POSTROUTING"] } : {}
};

// dist/rules/matches/pkttype.js
var pkttype = {
  least: 1,
  most: 1,
  options: [{ flag: "--pkt-type", values: [choice("a type of packet", ["unicast", "broadcast", "multicast"])], negatable: true }]
};

// dist/rules/matches/policy.js
var ELEMENT = ["--reqid", "--spi", "--proto", "--mode", "--tunnel-dst", "--tunnel-src"];
var policy = {
  least: 2,
  most: 9,
  options: [
    { flag: "--dir", values: [choice("a direction", ["in", "out"])], negatable: false },
    { flag: "--pol", values: [choice("a policy", ["none", "ipsec"])], negatable: false },
    { flag: "--strict", values: [], negatable: false },
    { flag: "--reqid", values: [integer("a number", 0, 4294967295)], negatable: true },
    { flag: "--spi", values: [hex("an SPI", 4294967295)], negatable: true },
    { flag: "--proto", values: [choice("a protocol of IPsec", ["ah", "esp", "ipcomp"])], negatable: true },
    { flag: "--mode", values: [choice("a mode", ["transport", "tunnel"])], negatable: true },
    { flag: "--tunnel-dst", values: [prefix], negatable: true },
    { flag: "--tunnel-src", values: [prefix], negatable: true }
  ],
  assertFits(options) {
    const find = (flag2) => options.find((option) => option.flag === flag2);
    if (find("--dir") === void 0 || find("--pol") === void 0) {
      throw new RuleError("policy needs --dir and --pol");
    }
    const extra = ["--strict", ...ELEMENT].find((flag2) => find(flag2) !== void 0);
    if (find("--pol")?.values[0] === "none" && extra !== void 0) {
      throw new RuleError(`${extra} does not go with --pol none`);
    }
    if (find("--strict") !== void 0 && !ELEMENT.some((flag2) => find(flag2) !== void 0)) {
      throw new RuleError(`--strict needs one of ${ELEMENT.join(", ")}`);
    }
    const tunnel = find("--tunnel-src") ?? find("--tunnel-dst");
    const mode = find("--mode");
    if (tunnel !== void 0 && (mode?.values[0] !== "tunnel" || mode.negated)) {
      throw new RuleError(`${tunnel.flag} needs --mode tunnel`);
    }
  },
  place: (options) => ({
    chains: options.find(({ flag: flag2 }) => flag2 === "--dir")?.values[0] === "in" ? ["PREROUTING", "INPUT", "FORWARD"] : ["FORWARD", "OUTPUT", "POSTROUTING"]
  })
};

// dist/rules/matches/quota.js
var quota = {
  dependsOnHistory: true,
  least: 1,
  most: 1,
  options: [{ flag: "--quota", values: [integer("a number of bytes", 0, Number.MAX_SAFE_INTEGER)], negatable: true }]
};

// dist/rules/values/mask-address.js
function maskAddress(text, family) {
  if (toPrefixLength(text, family) === null) {
    throw new RuleError(`"${text}" is not a contiguous mask, such as ${family === "ipv4" ? "255.255.255.0" : "ffff:ffff::"}`);
  }
  return address(text, family);
}

// dist/rules/matches/recent.js
var ALL_BITS2 = { ipv4: "255.255.255.255", ipv6: "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff" };
var COMMANDS3 = ["--set", "--rcheck", "--update", "--remove"];
var SIDES = ["--rsource", "--rdest"];
var recent = {
  dependsOnHistory: true,
  least: 1,
  most: 8,
  alternatives: [COMMANDS3, SIDES],
  options: [
    ...COMMANDS3.map((flag2) => ({ flag: flag2, values: [], negatable: true })),
    { flag: "--seconds", values: [integer("a number of seconds", 1, 4294967295)], negatable: false },
    { flag: "--reap", values: [], negatable: false },
    { flag: "--hitcount", values: [integer("a number of packets", 1, 255)], negatable: false },
    { flag: "--rttl", values: [], negatable: false },
    { flag: "--name", values: [objectName("a list", 199)], negatable: false },
    { flag: "--mask", values: [maskAddress], negatable: false },
    ...SIDES.map((flag2) => ({ flag: flag2, values: [], negatable: false }))
  ],
  complete(options, family) {
    const named3 = withDefaults({ "--name": "DEFAULT", "--mask": ALL_BITS2[family] })(options);
    const hasSide = options.some(({ flag: flag2 }) => SIDES.includes(flag2));
    return hasSide ? named3 : [...named3, { flag: "--rsource", negated: false, values: [] }];
  },
  assertFits(options) {
    const flags2 = options.map(({ flag: flag2 }) => flag2);
    if (!COMMANDS3.some((flag2) => flags2.includes(flag2))) {
      throw new RuleError(`recent needs one of ${COMMANDS3.join(", ")}`);
    }
    const asks = flags2.includes("--rcheck") || flags2.includes("--update");
    const extra = ["--seconds", "--hitcount", "--rttl", "--reap"].find((flag2) => flags2.includes(flag2));
    if (extra !== void 0 && !asks) {
      throw new RuleError(`${extra} goes with --rcheck or --update only`);
    }
    if (flags2.includes("--reap") && !flags2.includes("--seconds")) {
      throw new RuleError("--reap needs --seconds");
    }
  }
};

// dist/rules/matches/rpfilter.js
var rpfilter = {
  least: 0,
  most: 4,
  place: { tables: ["raw", "mangle"], chains: ["PREROUTING"] },
  options: ["--loose", "--validmark", "--accept-local", "--invert"].map((flag2) => ({ flag: flag2, values: [], negatable: false }))
};

// dist/rules/matches/rt.js
var MOST6 = 4294967295;
var rt = {
  families: ["ipv6"],
  least: 0,
  most: 3,
  options: [
    { flag: "--rt-type", values: [integer("a type of routing header", 0, 255)], negatable: true },
    { flag: "--rt-segsleft", values: [range("a number of segments", 0, MOST6)], negatable: true, simplify: unlessAll(MOST6) },
    { flag: "--rt-len", values: [integer("a length", 0, 4294967295)], negatable: true }
  ]
};

// dist/rules/values/sctp-chunks.js
var CHUNKS = [
  ...["DATA", "INIT", "INIT_ACK", "SACK", "HEARTBEAT", "HEARTBEAT_ACK", "ABORT", "SHUTDOWN", "SHUTDOWN_ACK", "ERROR"],
  ...["COOKIE_ECHO", "COOKIE_ACK", "ECN_ECNE", "ECN_CWR", "SHUTDOWN_COMPLETE", "I_DATA", "RE_CONFIG", "PAD", "ASCONF_ACK", "ASCONF"],
  "FORWARD_TSN"
];
var FLAGS = { DATA: "IUBE", ABORT: "T", SHUTDOWN_COMPLETE: "T" };
function sctpChunks(text) {
  if (["ALL", "NONE"].includes(text.toUpperCase())) {
    return text.toUpperCase();
  }
  const chunks = text.split(",").map(readChunk);
  if (new Set(chunks.map(({ name: name2 }) => name2)).size < chunks.length) {
    throw new RuleError(`"${text}" names a chunk twice`);
  }
  const sorted = CHUNKS.flatMap((name2) => chunks.filter((chunk) => chunk.name === name2));
  return sorted.length === CHUNKS.length && sorted.every(({ flags: flags2 }) => flags2 === "") ? "ALL" : sorted.map(print).join(",");
}
function readChunk(text) {
  const [given = "", flags2 = ""] = text.split(":", 2);
  const name2 = given.toUpperCase();
  if (!CHUNKS.includes(name2)) {
    throw new RuleError(`"${given}" is not a chunk of SCTP${didYouMean(given, CHUNKS)}: ${CHUNKS.join(", ")}`);
  }
  const known = FLAGS[name2] ?? "";
  const wrong = [...flags2].find((flag2) => !known.includes(flag2.toUpperCase()));
  if (wrong !== void 0 || new Set(flags2.toUpperCase()).size < flags2.length) {
    throw new RuleError(`"${flags2}" are not flags of ${name2}: ${known === "" ? "it has none" : `each of ${known} once at most`}`);
  }
  return { name: name2, flags: [...flags2].sort((a, b) => known.indexOf(a.toUpperCase()) - known.indexOf(b.toUpperCase())).join("") };
}
function print({ name: name2, flags: flags2 }) {
  return flags2 === "" ? name2 : `${name2}:${flags2}`;
}

// dist/rules/matches/sctp.js
var sctp = {
  protocols: ["sctp"],
  isImplied: true,
  least: 0,
  most: 3,
  options: [
    ...PORT_OPTIONS,
    { flag: "--chunk-types", values: [choice("a way to match chunks", ["any", "all", "only"]), sctpChunks], negatable: true }
  ]
};

// dist/rules/matches/socket.js
var socket = {
  least: 0,
  most: 3,
  place: { chains: ["PREROUTING", "INPUT"] },
  options: ["--transparent", "--nowildcard", "--restore-skmark"].map((flag2) => ({ flag: flag2, values: [], negatable: false }))
};

// dist/rules/matches/state.js
var STATES2 = ["INVALID", "NEW", "RELATED", "ESTABLISHED", "UNTRACKED"];
var state = {
  least: 1,
  most: 1,
  options: [{ flag: "--state", values: [nameList("a connection state", STATES2)], negatable: true }]
};

// dist/rules/matches/statistic.js
var SCALE = 2 ** 31;
function probability(text) {
  if (!/^(0(\.\d{1,20})?|1(\.0{1,20})?|\.\d{1,20})$/.test(text)) {
    throw new RuleError(`"${text}" is not a probability: a decimal number from 0 to 1`);
  }
  return (Math.round(Number(text) * SCALE) / SCALE).toFixed(11);
}
var statistic = {
  dependsOnHistory: true,
  least: 2,
  most: 3,
  alternatives: [
    ["--probability", "--every"],
    ["--probability", "--packet"]
  ],
  options: [
    { flag: "--mode", values: [choice("a mode", ["random", "nth"])], negatable: false },
    { flag: "--probability", values: [probability], negatable: true },
    { flag: "--every", values: [integer("a number of packets", 1, 4294967295)], negatable: true },
    { flag: "--packet", values: [integer("a number of packets", 0, 4294967294)], negatable: false }
  ],
  complete(options) {
    const isNth = options.some(({ flag: flag2 }) => flag2 === "--every");
    return isNth ? withDefaults({ "--packet": "0" })(options) : options;
  },
  assertFits(options) {
    const get = (flag2) => options.find((option) => option.flag === flag2)?.values[0];
    const isRandom = get("--mode") === "random";
    if (get("--mode") === void 0 || get(isRandom ? "--probability" : "--every") === void 0) {
      throw new RuleError("statistic needs --mode random with --probability, or --mode nth with --every");
    }
    if (!isRandom && Number(get("--packet")) >= Number(get("--every"))) {
      throw new RuleError(`--packet counts from 0 and must be less than --every`);
    }
  }
};

// dist/rules/values/pattern.js
var LONGEST5 = 128;
function pattern(text) {
  return print2(Buffer.from(text));
}
function hexPattern(text) {
  const parts = text.split("|");
  if (parts.length % 2 === 0) {
    throw new RuleError(`"${text}": a | has no partner`);
  }
  const bytes = parts.map((part, index) => index % 2 === 0 ? Buffer.from(part) : readHex(part));
  return print2(Buffer.concat(bytes));
}
function readHex(text) {
  const digits = text.replaceAll(" ", "");
  if (!/^([\da-f]{2})+$/i.test(digits)) {
    throw new RuleError(`"|${text}|" are not bytes: two hexadecimal digits each`);
  }
  return Buffer.from(digits, "hex");
}
function print2(bytes) {
  if (bytes.length === 0 || bytes.length > LONGEST5) {
    throw new RuleError(`the pattern has ${bytes.length} bytes: 1 to ${LONGEST5} are possible`);
  }
  const text = bytes.toString("latin1");
  return /^[ -~]*$/.test(text) && !text.endsWith("\\") && !/^\|.*\|$/.test(text) ? text : `|${bytes.toString("hex")}|`;
}

// dist/rules/matches/string.js
var offset = integer("an offset", 0, 65535);
function simplifyPattern(option) {
  const [text = ""] = option.values;
  return { ...option, flag: text.startsWith("|") && text.endsWith("|") && text.length > 2 ? "--hex-string" : "--string" };
}
var string = {
  least: 2,
  most: 5,
  alternatives: [["--string", "--hex-string"]],
  options: [
    { flag: "--string", values: [pattern], negatable: true, simplify: simplifyPattern },
    { flag: "--hex-string", values: [hexPattern], negatable: true, simplify: simplifyPattern },
    { flag: "--algo", values: [choice("an algorithm", ["bm", "kmp"])], negatable: false },
    { flag: "--from", values: [offset], negatable: false, simplify: unlessDefault("0") },
    { flag: "--to", values: [offset], negatable: false, simplify: unlessDefault("65535") },
    { flag: "--icase", values: [], negatable: false }
  ],
  assertFits(options) {
    const get = (flag2) => options.find((option) => option.flag === flag2)?.values[0];
    if (get("--algo") === void 0 || (get("--string") ?? get("--hex-string")) === void 0) {
      throw new RuleError("string needs --algo, and --string or --hex-string");
    }
    if (Number(get("--from") ?? 0) > Number(get("--to") ?? 65535)) {
      throw new RuleError("--from is behind --to: it would never match");
    }
  }
};

// dist/rules/values/tcp-flags.js
var FLAGS2 = ["FIN", "SYN", "RST", "PSH", "ACK", "URG"];
var named2 = nameList("a TCP flag", [...FLAGS2, "ALL", "NONE"], ["ALL", "NONE"]);
function tcpFlags(text) {
  const flags2 = named2(text);
  return flags2 === "ALL" || flags2 === FLAGS2.join(",") ? FLAGS2.join(",") : flags2;
}

// dist/rules/matches/tcp.js
function simplifyFlags(option) {
  const [mask2, set] = option.values;
  if (mask2 !== "NONE") {
    return option;
  }
  if (set !== "NONE") {
    throw new RuleError(`--tcp-flags NONE ${set} examines no flag and would never match`);
  }
  return dropUnlessNegated(option);
}
var tcp = {
  protocols: ["tcp"],
  isImplied: true,
  isMerged: true,
  least: 0,
  most: 4,
  options: [
    ...PORT_OPTIONS,
    { flag: "--tcp-option", values: [integer("a TCP option", 1, 255)], negatable: true },
    { flag: "--tcp-flags", values: [tcpFlags, tcpFlags], negatable: true, simplify: simplifyFlags },
    { flag: "--syn", values: [], negatable: true, standsFor: { flag: "--tcp-flags", values: ["FIN,SYN,RST,ACK", "SYN"] } }
  ]
};

// dist/rules/matches/tcpmss.js
var tcpmss2 = {
  protocols: ["tcp"],
  least: 1,
  most: 1,
  options: [{ flag: "--mss", values: [range("a segment size", 0, 65535)], negatable: true }]
};

// dist/rules/values/time.js
var WEEKDAYS = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
var weekday = nameList("a day of the week", WEEKDAYS);
var monthday = integer("a day of the month", 1, 31);
function timeOfDay(text) {
  const [hours = "", minutes = "", seconds2 = "00"] = text.split(":");
  if (!/^\d{1,2}(:\d{2}){1,2}$/.test(text) || Number(hours) > 23 || Number(minutes) > 59 || Number(seconds2) > 59) {
    throw new RuleError(`"${text}" is not a time: write HH:MM or HH:MM:SS`);
  }
  return `${hours.padStart(2, "0")}:${minutes}:${seconds2}`;
}
function timeDate(text) {
  const full = /^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00` : text;
  const date = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/.test(full) ? /* @__PURE__ */ new Date(`${full}Z`) : null;
  if (date === null || Number.isNaN(date.getTime()) || date.toISOString().slice(0, 19) !== full) {
    throw new RuleError(`"${text}" is not a date: write YYYY-MM-DD or YYYY-MM-DDTHH:MM:SS`);
  }
  if (date.getTime() < 0 || date.getTime() >= 2 ** 31 * 1e3) {
    throw new RuleError(`"${text}" is not within 1970-01-01 and 2038-01-19T03:14:07, which is what the kernel can hold`);
  }
  return full;
}
function weekdays(text) {
  const names = text.split(",").map((day) => /^[1-7]$/.test(day) ? WEEKDAYS[Number(day) - 1] ?? day : day);
  const days = weekday(names.join(",")).split(",");
  if (days.length === WEEKDAYS.length) {
    throw new RuleError("all seven days say nothing: leave the option out");
  }
  return days.map(showWeekday).join(",");
}
function showWeekday(day) {
  return `${day.slice(0, 1)}${day.slice(1).toLowerCase()}`;
}
function otherWeekdays(days) {
  return WEEKDAYS.map(showWeekday).filter((day) => !days.split(",").includes(day)).join(",");
}
function monthdays(text) {
  const days = text.split(",").map((day) => Number(monthday(day)));
  const sorted = [...new Set(days)].sort((a, b) => a - b);
  if (sorted.length === 31) {
    throw new RuleError("all 31 days say nothing: leave the option out");
  }
  return sorted.join(",");
}
function otherMonthdays(days) {
  return Array.from({ length: 31 }, (_, index) => String(index + 1)).filter((day) => !days.split(",").includes(day)).join(",");
}

// dist/rules/matches/time.js
var LAST_DATE = "2038-01-19T03:14:07";
var FIRST_DATE = "1970-01-01T00:00:00";
function toOtherDays(getOthers) {
  return (option) => option.negated ? { ...option, negated: false, values: option.values.map(getOthers) } : option;
}
var time = {
  dependsOnHistory: true,
  least: 0,
  most: 8,
  options: [
    { flag: "--timestart", values: [timeOfDay], negatable: false, simplify: unlessDefault("00:00:00") },
    { flag: "--timestop", values: [timeOfDay], negatable: false, simplify: unlessDefault("23:59:59") },
    { flag: "--monthdays", values: [monthdays], negatable: true, simplify: toOtherDays(otherMonthdays) },
    { flag: "--weekdays", values: [weekdays], negatable: true, simplify: toOtherDays(otherWeekdays) },
    { flag: "--datestart", values: [timeDate], negatable: false, simplify: unlessDefault(FIRST_DATE) },
    { flag: "--datestop", values: [timeDate], negatable: false, simplify: unlessDefault(LAST_DATE) },
    { flag: "--kerneltz", values: [], negatable: false },
    { flag: "--contiguous", values: [], negatable: false }
  ],
  assertFits(options) {
    const get = (flag2) => options.find((option) => option.flag === flag2);
    const first = get("--datestart")?.values[0] ?? FIRST_DATE;
    const last = get("--datestop")?.values[0] ?? LAST_DATE;
    if (last < first || last === FIRST_DATE) {
      throw new RuleError("--datestop is before --datestart: it would never match");
    }
    const start = get("--timestart")?.values[0] ?? "00:00:00";
    const stop = get("--timestop")?.values[0] ?? "23:59:59";
    if (get("--contiguous") !== void 0 && start <= stop) {
      throw new RuleError("--contiguous needs a --timestop that is earlier than --timestart");
    }
  }
};

// dist/rules/matches/tos.js
var tos3 = { least: 1, most: 1, options: [{ flag: "--tos", values: [tos], negatable: true }] };

// dist/rules/matches/ttl.js
var number5 = integer("a time to live", 0, 255);
var ttl2 = {
  families: ["ipv4"],
  least: 1,
  most: 1,
  options: [
    { flag: "--ttl-eq", aliases: ["--ttl"], values: [number5], negatable: true },
    { flag: "--ttl-lt", values: [number5], negatable: false },
    { flag: "--ttl-gt", values: [number5], negatable: false }
  ]
};

// dist/rules/values/u32-tests.js
var MOST7 = 10;
var STEP = /(&|<<|>>|@)/;
function u32Tests(text) {
  const tests = text.replaceAll(" ", "").split("&&");
  assertFew(tests, "tests");
  return tests.map(readTest).join("&&");
}
function readTest(text) {
  const [location = "", values, ...rest] = text.split("=");
  if (values === void 0 || rest.length > 0) {
    throw new RuleError(`"${text}" is not a test: write LOCATION=VALUES`);
  }
  const steps = location.split(STEP);
  const ranges = values.split(",");
  assertFew(steps.filter((_, index) => index % 2 === 0), "steps");
  assertFew(ranges, "ranges");
  return `${steps.map((step, index) => index % 2 === 0 ? readStep(step, steps[index - 1]) : step).join("")}=${ranges.map(readRange).join(",")}`;
}
function readRange(text) {
  const [first = "", last = first, ...rest] = text.split(":");
  const [from, to] = [readWord(first), readWord(last)];
  if (rest.length > 0 || Number(from) > Number(to)) {
    throw new RuleError(`"${text}" is not a range: write FIRST:LAST`);
  }
  return from === to ? from : `${from}:${to}`;
}
function readStep(text, operator = "") {
  return operator === "<<" || operator === ">>" ? toHex(readNumber("a number of bits", text, 31)) : readWord(text);
}
function readWord(text) {
  return toHex(readNumber("a number of 32 bits", text, 4294967295));
}
function assertFew(list, what) {
  if (list.length > MOST7) {
    throw new RuleError(`${list.length} ${what}: at most ${MOST7} are possible`);
  }
}

// dist/rules/matches/u32.js
var u32 = { least: 1, most: 1, options: [{ flag: "--u32", values: [u32Tests], negatable: true }] };

// dist/rules/matches/udp.js
var udp = { protocols: ["udp"], isImplied: true, isMerged: true, least: 0, most: 2, options: PORT_OPTIONS };

// dist/rules/match-table.js
var MATCHES2 = {
  addrtype,
  ah,
  comment: comment2,
  connbytes,
  connlimit,
  connmark: connmark2,
  conntrack,
  cpu,
  dccp,
  dscp: dscp2,
  ecn: ecn2,
  esp,
  eui64,
  frag,
  hashlimit,
  helper,
  hl: hl2,
  icmp,
  icmp6,
  ipcomp,
  iprange,
  length: length3,
  limit,
  mac,
  mark: mark3,
  multiport,
  owner,
  physdev,
  pkttype,
  policy,
  quota,
  recent,
  rpfilter,
  rt,
  sctp,
  socket,
  state,
  statistic,
  string,
  tcp,
  tcpmss: tcpmss2,
  time,
  tos: tos3,
  ttl: ttl2,
  u32,
  udp
};
function getMatch(name2) {
  return Object.hasOwn(MATCHES2, name2) ? MATCHES2[name2] : null;
}
function findImpliedMatch(protocol2) {
  const found = Object.entries(MATCHES2).find(([, row]) => row.isImplied === true && row.protocols?.[0] === protocol2);
  return found?.[0] ?? null;
}

// dist/rules/read-match.js
var ALIASES2 = /* @__PURE__ */ new Map([
  ["icmpv6", "icmp6"],
  ["ipv6-icmp", "icmp6"]
]);
function readMatch(draft, given) {
  const name2 = ALIASES2.get(given) ?? given;
  const row = getMatch(name2);
  if (row === null) {
    assertNotRefusedMatch(name2);
    throw new RuleError(`unknown match "${name2}"${didYouMean(name2, Object.keys(MATCHES2))}`);
  }
  assertFamily(`-m ${name2}`, row, draft.family);
  if (row.isMerged && draft.matches.some((match) => match.name === name2)) {
    return;
  }
  assertNotMisread(draft, name2, row);
  draft.matches.push({ name: name2, row, options: [], key: null });
}
function assertNotMisread({ matches }, name2, row) {
  const first = matches.findIndex((match) => match.name === name2);
  const between = first === -1 ? [] : matches.slice(first + 1).filter((match) => match.name !== name2);
  for (const other of between) {
    const shared = row.options.find(({ flag: flag2 }) => findOptionOf(other.row, flag2) !== null);
    if (shared !== void 0) {
      throw new RuleError(`put both -m ${name2} before -m ${other.name}: iptables would take ${shared.flag} for the latter's`);
    }
  }
}

// dist/rules/read-target.js
function readTarget(draft, how, name2) {
  if (draft.target !== null) {
    throw new RuleError("a rule has one target: -j or -g twice");
  }
  const row = getTarget(name2);
  if (row === null) {
    assertNotRefusedTarget(name2);
    if (getTablesWithChain(name2).length > 0) {
      throw new RuleError(`${name2} is a built-in chain: a rule cannot jump there`);
    }
    draft.target = { how, name: chainName(name2), extension: null };
    return;
  }
  if (how === "goto") {
    throw new RuleError(`-g goes to a chain: write -j ${name2}`);
  }
  assertFamily(`-j ${name2}`, row, draft.family);
  if (row.reserved !== void 0 && !draft.allowsReserved) {
    throw new RuleError(row.reserved);
  }
  draft.target = { how, name: name2, extension: { name: name2, row, options: [], key: null } };
}

// dist/rules/values/address-list.js
var MOST8 = 256;
var ANY_ADDRESS = { ipv4: "0.0.0.0/0", ipv6: "::/0" };
function addressList(text, negated, family) {
  const elements = text.split(",");
  if (elements.length > MOST8) {
    throw new RuleError(`${elements.length} addresses: at most ${MOST8} are supported`);
  }
  return elements.map((element) => {
    const value = prefix(element, family);
    if (value !== ANY_ADDRESS[family]) {
      return { negated, value };
    }
    if (negated) {
      throw new RuleError(`! ${element} would never match`);
    }
    return null;
  });
}

// dist/rules/general-options.js
var NO_LISTING = "it belongs to listing rules, not to a rule";
var GENERAL_OPTIONS = [
  ...COMMANDS2,
  {
    short: "-t",
    long: ["--table"],
    read: (draft, reader) => {
      draft.table = readTable(reader.value("-t"));
    }
  },
  {
    short: "-s",
    long: ["--source", "--src"],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.sources = addressList(reader.value("-s"), negated, draft.family);
    }
  },
  {
    short: "-d",
    long: ["--destination", "--dst"],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.destinations = addressList(reader.value("-d"), negated, draft.family);
    }
  },
  {
    short: "-i",
    long: ["--in-interface"],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.inInterface = interfaceName(reader.value("-i"), negated);
    }
  },
  {
    short: "-o",
    long: ["--out-interface"],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.outInterface = interfaceName(reader.value("-o"), negated);
    }
  },
  {
    short: "-p",
    long: ["--protocol", "--proto"],
    negatable: true,
    read: (draft, reader, negated) => {
      draft.protocol = protocol(reader.value("-p"), negated, draft.family);
    }
  },
  { short: "-m", long: ["--match"], repeatable: true, read: (draft, reader) => readMatch(draft, reader.value("-m")) },
  { short: "-j", long: ["--jump"], repeatable: true, read: (draft, reader) => readTarget(draft, "jump", reader.value("-j")) },
  { short: "-g", long: ["--goto"], repeatable: true, read: (draft, reader) => readTarget(draft, "goto", reader.value("-g")) },
  { short: "-w", long: ["--wait"], repeatable: true, read: skipWait },
  { short: "-4", long: ["--ipv4"], repeatable: true, read: (draft) => assertFamily("-4", { families: ["ipv4"] }, draft.family) },
  { short: "-6", long: ["--ipv6"], repeatable: true, read: (draft) => assertFamily("-6", { families: ["ipv6"] }, draft.family) },
  { short: "-v", long: ["--verbose"], repeatable: true, read: () => void 0 },
  { short: "-f", long: ["--fragments", "--fragment"], read: "fragments are not supported" },
  { short: "-c", long: ["--set-counters"], read: "counters start from zero" },
  { short: "-M", long: ["--modprobe"], read: "it runs a program of the machine" },
  { short: "-W", long: ["--wait-interval"], read: "no lock is waited for" },
  { short: "-n", long: ["--numeric"], read: NO_LISTING },
  { short: "-x", long: ["--exact"], read: NO_LISTING },
  { short: "--line-numbers", long: ["--line-numbers"], read: NO_LISTING },
  { short: "-h", long: ["--help"], read: NO_LISTING },
  { short: "-V", long: ["--version"], read: NO_LISTING }
];
function readTable(text) {
  const table = TABLES.find((name2) => name2 === text);
  if (table === void 0) {
    throw new RuleError(`unknown table "${text}"${didYouMean(text, TABLES)}: ${TABLES.join(", ")}`);
  }
  return table;
}
function skipWait(_draft, reader) {
  if (/^\d+$/.test(reader.peek()?.text ?? "")) {
    reader.next();
  }
}

// dist/rules/find-option.js
var BY_FLAG = new Map(GENERAL_OPTIONS.flatMap((option) => [option.short, ...option.long].map((flag2) => [flag2, option])));
function findGeneralOption(flag2) {
  return BY_FLAG.get(flag2) ?? null;
}
function findGivenOption(draft, flag2) {
  for (const extension of getExtensions(draft).toReversed()) {
    const option = findOptionOf(extension.row, flag2);
    if (option !== null) {
      return { extension, option };
    }
  }
  return null;
}

// dist/rules/explain-unknown-option.js
var GENERAL_FLAGS = GENERAL_OPTIONS.flatMap(({ long }) => long);
var ALL_FLAGS = GENERAL_FLAGS.concat([MATCHES2, TARGETS2].flatMap((table) => Object.values(table).flatMap(({ options }) => options.flatMap(getFlags))));
function assertNotAbbreviated(draft, flag2) {
  if (!/^--./.test(flag2)) {
    return;
  }
  const meant = getCandidates(draft).filter((name2) => name2.startsWith(flag2));
  const [only] = meant;
  if (only === void 0) {
    return;
  }
  const read = meant.length === 1 ? findGeneralOption(only)?.read : void 0;
  if (typeof read === "string") {
    throw new RuleError(`${only} is refused: ${read}`);
  }
  const implied = findOptionOf(MATCHES2.tcp, flag2) === null || draft.protocol?.value !== "tcp" ? "" : ", or put -m tcp before it";
  throw new RuleError(`${flag2} is short for ${meant.join(" or ")}: write it in full${implied}`);
}
function explainUnknownOption(draft, flag2) {
  assertNotRefusedOption(flag2);
  if (findOptionOf(MATCHES2.tcp, flag2) !== null) {
    throw new RuleError(explainPorts(draft, flag2));
  }
  const match = Object.entries(MATCHES2).find(([, row]) => findOptionOf(row, flag2) !== null);
  if (match !== void 0) {
    throw new RuleError(`${flag2} belongs to -m ${match[0]}: put that before it`);
  }
  const target = Object.entries(TARGETS2).find(([, row]) => findOptionOf(row, flag2) !== null);
  if (target !== void 0) {
    throw new RuleError(`${flag2} belongs to -j ${target[0]}: put that before it`);
  }
  const [, short, value] = /^(-[A-Za-z])([^-].*)$/.exec(flag2) ?? [];
  const general = GENERAL_OPTIONS.find((option) => option.short === short);
  if (typeof general?.read === "string") {
    throw new RuleError(`${short} is refused: ${general.read}`);
  }
  if (general !== void 0) {
    throw new RuleError(`write "${short} ${value}" with a space: iptables misreads ${flag2}`);
  }
  throw new RuleError(`unknown option ${flag2}${didYouMean(flag2, ALL_FLAGS)}`);
}
function explainPorts({ protocol: protocol2 }, flag2) {
  const ports = MATCHES2.multiport.options.find((option) => getFlags(option).includes(`${flag2}s`));
  if (protocol2 === null || protocol2.negated) {
    return `${flag2} needs -p tcp before it`;
  }
  if (ports === void 0 || !MATCHES2.multiport.protocols?.includes(protocol2.value)) {
    return `${flag2} cannot be used with -p ${showProtocol(protocol2.value)}`;
  }
  return `${flag2} with -p ${showProtocol(protocol2.value)} is not supported yet: write -m multiport ${ports.flag}`;
}
function getCandidates(draft) {
  return GENERAL_FLAGS.concat(getExtensions(draft).flatMap(({ row }) => row.options.flatMap(getFlags)));
}

// dist/rules/read-extension-option.js
function readExtensionOption(extension, option, negated, attached, reader, family) {
  const { flag: flag2 } = option;
  if (negated && !option.negatable) {
    throw new RuleError(`${flag2} cannot be negated`);
  }
  if (attached !== null && option.values.length === 0) {
    throw new RuleError(`${flag2} takes no value`);
  }
  const values = option.values.map((parse, index) => {
    const text = index === 0 && attached !== null ? attached : reader.value(flag2);
    if (text === "!" && option.negatable) {
      throw new RuleError(`put the ! before ${flag2}`);
    }
    return parseValue(flag2, text, (value) => parse(value, family));
  });
  const meant = option.standsFor ?? { flag: flag2, values };
  if (extension.options.some((given) => given.flag === meant.flag)) {
    throw new RuleError(`${meant.flag} is given twice${meant.flag === flag2 ? "" : ` (${flag2} stands for it)`}`);
  }
  extension.options.push({ ...meant, negated });
  assertNoAlternative(extension, meant.flag);
  if (extension.options.length > extension.row.most) {
    throw new RuleError(`${extension.options.map((given) => given.flag).join(" and ")} cannot stand in one ${extension.name}`);
  }
}
function assertNoAlternative({ name: name2, row, options }, flag2) {
  const excluded = (row.alternatives ?? []).filter((set) => set.includes(flag2)).flat();
  const other = options.find((given) => given.flag !== flag2 && excluded.includes(given.flag));
  if (other !== void 0) {
    throw new RuleError(`${other.flag} and ${flag2} cannot stand in one ${name2}`);
  }
}
function parseValue(flag2, text, parse) {
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof RuleError) {
      error.message = `${flag2}: ${error.message}`;
    }
    throw error;
  }
}

// dist/rules/read-option.js
function readOption(draft, reader, first) {
  const negated = first.text === "!";
  const text = negated ? reader.value("!") : first.text;
  if (!/^-[^-]|^--[^-]/.test(text)) {
    throw new RuleError(`stray argument "${text}": expected an option`);
  }
  const [, flag2 = text, attached = null] = /^(--[^=]+)=(.*)$/.exec(text) ?? [];
  const given = findGivenOption(draft, flag2);
  const general = given === null ? findGeneralOption(flag2) : null;
  if (general !== null) {
    readGeneralOption(draft, reader, general, flag2, negated, attached);
    return;
  }
  const found = given ?? loadProtocolMatch(draft, flag2) ?? explainUnknownOption(draft, flag2);
  if (found.extension.row.wantsProtocolFirst) {
    assertProtocol(draft, found.extension, " before it");
  }
  readExtensionOption(found.extension, found.option, negated, attached, reader, draft.family);
  found.extension.key = first.key;
}
function readGeneralOption(draft, reader, option, flag2, negated, attached) {
  const { short, read } = option;
  if (typeof read === "string") {
    throw new RuleError(`${flag2} is refused: ${read}`);
  }
  if (attached !== null && short !== "-w") {
    throw new RuleError(`write "${flag2} ${attached}" with a space: iptables does not read = here`);
  }
  if (negated && !option.negatable) {
    throw new RuleError(`${flag2} cannot be negated`);
  }
  if (option.negatable && reader.peek()?.text === "!") {
    throw new RuleError(`put the ! before ${flag2}`);
  }
  if (draft.given.has(short) && !option.repeatable) {
    throw new RuleError(`${flag2} is given twice`);
  }
  draft.given.add(short);
  read(draft, reader, negated);
}
function loadProtocolMatch(draft, flag2) {
  assertNotAbbreviated(draft, flag2);
  const { protocol: protocol2 } = draft;
  const name2 = protocol2 === null || protocol2.negated ? null : findImpliedMatch(protocol2.value);
  const row = name2 === null ? null : getMatch(name2);
  if (name2 === null || row === null || findOptionOf(row, flag2) === null) {
    return null;
  }
  readMatch(draft, name2);
  return findGivenOption(draft, flag2);
}

// dist/rules/parse-arguments.js
function parseArguments(family, makeArguments, allowsReserved = false) {
  const args = makeArguments(family ?? "ipv4");
  try {
    return parseAs(family ?? "ipv4", args, allowsReserved);
  } catch (error) {
    if (family !== null || !(error instanceof OtherFamilyError) || !args.some(isOfIPv6)) {
      throw error;
    }
    return parseAs("ipv6", makeArguments("ipv6"), allowsReserved);
  }
}
function isOfIPv6({ text }) {
  return text === "-6" || text === "--ipv6" || text.split(/[,/[\]=-]/).some((part) => isIPv63(part));
}
function parseAs(family, args, allowsReserved) {
  const draft = makeDraft(family, allowsReserved);
  const reader = new ArgumentReader(args);
  for (let argument = reader.next(); argument !== null; argument = reader.next()) {
    readWithKey(draft, reader, argument);
  }
  return finishEntry(draft);
}
function readWithKey(draft, reader, argument) {
  const before = getExtensions(draft).length;
  withKey(argument.key, () => readOption(draft, reader, argument));
  for (const extension of getExtensions(draft).slice(before)) {
    extension.key ??= argument.key;
  }
}

// dist/rules/name-character.js
function nameCharacter(character) {
  const code2 = character.codePointAt(0) ?? 0;
  return `U+${code2.toString(16).toUpperCase().padStart(4, "0")}`;
}

// dist/rules/assert-printable.js
function assertPrintable(text, key = null) {
  const found = /[\p{Cc}\p{Cs}\u2028\u2029]/u.exec(text);
  if (found === null) {
    return;
  }
  throw new RuleError(`control character ${nameCharacter(found[0])} in a rule`, key);
}

// dist/rules/split-shell-words.js
var META = /[$`;|&<>()*?[\]{}~#]/;
var TOKEN = /\\(?<escaped>.)|'(?<single>[^']*)'|"(?<double>(?:[^"\\]|\\.)*)"|(?<bare>[^\s'"\\]+)|(?<space> +)/uy;
function splitShellWords(text) {
  assertPrintable(text);
  const words = [];
  let word = null;
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.length) {
    const rest = text.slice(TOKEN.lastIndex);
    const groups = TOKEN.exec(text)?.groups;
    if (groups === void 0) {
      throw new RuleError(getReason(rest));
    }
    if (groups.space !== void 0) {
      if (word !== null) {
        words.push(word);
      }
      word = null;
    } else {
      word = (word ?? "") + getPiece(groups);
    }
  }
  if (word !== null) {
    words.push(word);
  }
  return words;
}
function getPiece({ escaped, single, double, bare }) {
  if (escaped !== void 0) {
    return escaped;
  }
  if (single !== void 0) {
    return single;
  }
  if (double !== void 0) {
    return unescapeDouble(double);
  }
  const meta = META.exec(bare ?? "");
  if (meta !== null) {
    throw new RuleError(`unquoted ${meta[0]}: a rule is arguments, not a shell command`);
  }
  return bare ?? "";
}
function unescapeDouble(text) {
  const meta = /(?<!\\)(?:\\\\)*([$`])/.exec(text);
  if (meta !== null) {
    throw new RuleError(`${meta[1]} inside "\u2026": a rule is arguments, not a shell command; use '\u2026'`);
  }
  return text.replace(/\\([$`"\\])/g, "$1");
}
function getReason(rest) {
  if (rest.startsWith("\\")) {
    return "nothing follows the backslash at the end";
  }
  if (/^['"]/.test(rest)) {
    return `unclosed ${rest[0]}`;
  }
  return `unusual white space U+${(rest.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}: use a plain space`;
}

// dist/rules/parse-rule-text.js
var PROGRAM = /^(?:\/usr(?:\/local)?)?(?:\/s?bin\/)?(?<name>iptables|iptables-nft|iptables-legacy|ip6tables|ip6tables-nft|ip6tables-legacy)$/;
function parseRuleText(text) {
  const words = splitShellWords(text);
  const start = words[0] === "sudo" ? 1 : 0;
  const name2 = PROGRAM.exec(words[start] ?? "")?.groups?.name ?? null;
  const rest = name2 === null ? words.slice(start) : words.slice(start + 1);
  if (rest.length === 0) {
    throw new RuleError("the rule is empty");
  }
  if (name2 === null && !/^[-!]/.test(rest[0] ?? "")) {
    throw new RuleError(`"${rest[0]}": a rule begins with an option such as -A, or with iptables or ip6tables`);
  }
  return parseArguments(getFamily(name2), () => rest.map((word) => ({ text: word, key: null })));
}
function getFamily(name2) {
  if (name2 === null) {
    return null;
  }
  return name2.startsWith("ip6") ? "ipv6" : "ipv4";
}

export {
  BUILT_IN_CHAINS,
  TABLES,
  isBuiltInChain,
  getTablesWithChain,
  quoteShellWord,
  toArguments,
  printRule,
  layOutChains,
  RuleError,
  protocolNumber,
  getProtocolName,
  findOptionOf,
  prefix,
  clearHostBits,
  ANSWERS,
  ANSWER_PREFIXES,
  TARGETS2 as TARGETS,
  getTarget,
  withKey,
  MATCHES2 as MATCHES,
  getMatch,
  ANY_ADDRESS,
  parseArguments,
  nameCharacter,
  assertPrintable,
  splitShellWords,
  parseRuleText,
  quote,
  describeValue,
  listWords,
  getSpellingProblem,
  hasAddress,
  getBroadcast,
  getAddressProblem,
  getUnicastProblem,
  parsePorts,
  parseUrl
};
