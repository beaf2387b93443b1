import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  ANSWERS,
  ANSWER_PREFIXES,
  ANY_ADDRESS,
  BUILT_IN_CHAINS,
  MATCHES,
  RuleError,
  TABLES,
  TARGETS,
  assertPrintable,
  clearHostBits,
  describeValue,
  getAddressProblem,
  getBroadcast,
  getMatch,
  getProtocolName,
  getSpellingProblem,
  getTablesWithChain,
  getTarget,
  getUnicastProblem,
  hasAddress,
  isBuiltInChain,
  layOutChains,
  listWords,
  nameCharacter,
  parseArguments,
  parsePorts,
  parseRuleText,
  parseUrl,
  prefix,
  protocolNumber,
  quote,
  quoteShellWord,
  splitShellWords,
  toArguments,
  withKey
} from "./chunk-3M3M4GSF.js";
import {
  didYouMean,
  suggestWord
} from "./chunk-KXRMXOJA.js";
import {
  require_ipaddr
} from "./chunk-CC6INTEV.js";
import {
  __commonJS,
  __toESM
} from "./chunk-LL3SQHP3.js";

// node_modules/ajv/dist/runtime/ucs2length.js
var require_ucs2length = __commonJS({
  "node_modules/ajv/dist/runtime/ucs2length.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    function ucs2length(str) {
      const len = str.length;
      let length = 0;
      let pos = 0;
      let value;
      while (pos < len) {
        length++;
        value = str.charCodeAt(pos++);
        if (value >= 55296 && value <= 56319 && pos < len) {
          value = str.charCodeAt(pos);
          if ((value & 64512) === 56320)
            pos++;
        }
      }
      return length;
    }
    exports.default = ucs2length;
    ucs2length.code = 'require("ajv/dist/runtime/ucs2length").default';
  }
});

// node_modules/fast-deep-equal/index.js
var require_fast_deep_equal = __commonJS({
  "node_modules/fast-deep-equal/index.js"(exports, module) {
    "use strict";
    module.exports = function equal(a, b) {
      if (a === b) return true;
      if (a && b && typeof a == "object" && typeof b == "object") {
        if (a.constructor !== b.constructor) return false;
        var length, i, keys;
        if (Array.isArray(a)) {
          length = a.length;
          if (length != b.length) return false;
          for (i = length; i-- !== 0; )
            if (!equal(a[i], b[i])) return false;
          return true;
        }
        if (a.constructor === RegExp) return a.source === b.source && a.flags === b.flags;
        if (a.valueOf !== Object.prototype.valueOf) return a.valueOf() === b.valueOf();
        if (a.toString !== Object.prototype.toString) return a.toString() === b.toString();
        keys = Object.keys(a);
        length = keys.length;
        if (length !== Object.keys(b).length) return false;
        for (i = length; i-- !== 0; )
          if (!Object.prototype.hasOwnProperty.call(b, keys[i])) return false;
        for (i = length; i-- !== 0; ) {
          var key = keys[i];
          if (!equal(a[key], b[key])) return false;
        }
        return true;
      }
      return a !== a && b !== b;
    };
  }
});

// node_modules/ajv/dist/runtime/equal.js
var require_equal = __commonJS({
  "node_modules/ajv/dist/runtime/equal.js"(exports) {
    "use strict";
    Object.defineProperty(exports, "__esModule", { value: true });
    var equal = require_fast_deep_equal();
    equal.code = 'require("ajv/dist/runtime/equal").default';
    exports.default = equal;
  }
});

// dist/spec/list-probes.js
function listProbes({ phases }) {
  return phases.flatMap(({ batches }) => batches.flat());
}

// dist/spec/normalize-expectation.js
var WORDS = {
  connected: { outcome: "connected" },
  refused: { outcome: "refused" },
  unreachable: { outcome: "unreachable" },
  denied: { outcome: "denied" },
  reset: { outcome: "reset" },
  timeout: { outcome: "timeout" },
  service: { cause: "service" },
  "no-listener": { cause: "no-listener" },
  rejected: { cause: "rejected" },
  dropped: { cause: "dropped" },
  "answer-eaten": { cause: "answer-eaten" },
  silent: { cause: "silent" },
  local: { cause: "local" },
  unexplained: { cause: "unexplained" },
  closed: { outcome: "refused", cause: "no-listener" }
};
function normalizeExpectation(expect) {
  return typeof expect === "string" ? { ...WORDS[expect] } : expect;
}
function getWords(key) {
  return Object.entries(WORDS).flatMap(([word, expectation]) => key in expectation && Object.keys(expectation).length === 1 ? [word] : []);
}

// dist/spec/describe-schema-error.js
var TYPES = {
  string: "a string",
  number: "a number",
  integer: "a whole number",
  boolean: "true or false",
  object: "an object",
  array: "an array",
  null: "null"
};
var DESCRIBE = {
  type: describeType,
  enum: describeEnum,
  required: ({ params }) => `missing key ${quote(params["missingProperty"])}`,
  additionalProperties: ({ params, parentSchema }) => {
    const key = params["additionalProperty"];
    return `unknown key ${quote(key)}${didYouMean(key, Object.keys(parentSchema?.["properties"] ?? {}))}`;
  },
  format: ({ data }) => expected("a numeric IPv4 address", data),
  pattern: ({ data }) => expected(`a name ${/^[.-]/.test(data) ? 'that begins with a letter, a digit or "_"' : 'of letters, digits, "_", "." and "-"'}`, data),
  minimum: describeRange,
  maximum: describeRange,
  minLength: ({ data }) => expected("some text", data),
  maxLength: ({ params, data }) => `expected at most ${count(params, "character")}, found ${[...data].length}`,
  minItems: ({ params, data }) => `expected at least ${count(params, "item")}, found ${data.length}`,
  maxItems: ({ params, data }) => `expected at most ${count(params, "item")}, found ${data.length}`,
  minProperties: ({ params, data }) => `expected at least ${count(params, "key")}, found ${Object.keys(data).length}`,
  maxProperties: ({ params, data }) => `expected at most ${count(params, "key")}, found ${Object.keys(data).length}`
};
function describeSchemaError(error) {
  return DESCRIBE[error.keyword]?.(error) ?? error.message ?? error.keyword;
}
function describeType({ params, data, parentSchema }) {
  const isFile = parentSchema?.["title"] === "RulesetInput" && typeof data === "string";
  const types2 = [params["type"]].flat().map((type) => TYPES[type] ?? String(type));
  return expected(isFile ? `an object such as { "file": ${quote(data)} }` : listWords(types2), data);
}
function expected(what, data) {
  return `expected ${what}, found ${describeValue(data)}`;
}
function describeEnum({ params, data, instancePath }) {
  const allowed = params["allowedValues"];
  if (typeof data !== "string" || allowed.length === 1) {
    return expected(listWords(allowed.map(quote)), data);
  }
  if (instancePath.endsWith("/outcome")) {
    return describeWord(data, "an outcome", getWords("outcome"), "a cause", getWords("cause"));
  }
  if (instancePath.endsWith("/cause")) {
    return describeWord(data, "a cause", getWords("cause"), "an outcome", getWords("outcome"));
  }
  return describeUnknown(data, allowed);
}
function describeWord(word, kind, allowed, otherKind, others) {
  const meant = suggestWord(word, [...allowed, ...others]);
  return meant !== null && others.includes(meant) ? `${quote(meant)} is ${otherKind}, not ${kind}` : describeUnknown(word, allowed);
}
function describeUnknown(word, allowed) {
  const suggestion = suggestWord(word, allowed);
  return suggestion === null ? expected(listWords(allowed.map(quote)), word) : `unknown word ${quote(word)} (did you mean ${quote(suggestion)}?)`;
}
function describeRange({ parentSchema, data }) {
  const { minimum, maximum } = parentSchema;
  return expected(maximum === void 0 ? `${minimum} or more` : `a number from ${minimum} to ${maximum}`, data);
}
function count(params, noun) {
  return `${String(params["limit"])} ${noun}${params["limit"] === 1 ? "" : "s"}`;
}

// dist/spec/validator-options.js
import { isIP } from "node:net";
var FORMATS = { ip: (text) => isIP(text) !== 0 };

// dist/spec/find-schema-errors.js
import { createRequire as Ze } from "node:module";
var De = le;
var we = { title: "ScenarioInput", type: "object", additionalProperties: false, required: ["name"], properties: { $schema: { type: "string", maxLength: 1e3, description: "Where this schema is, for an editor; loopfw does not read it." }, name: { type: "string", minLength: 1, maxLength: 200, description: "What the scenario shows, in a few words." }, description: { type: "string", maxLength: 1e4, description: "What a reader learns from it." }, backend: { description: "Whose iptables applies the rules: nft unless said; of a list, the scenario runs once on each.", anyOf: [{ $ref: "#/definitions/backend" }, { type: "array", minItems: 1, maxItems: 2, uniqueItems: true, items: { $ref: "#/definitions/backend" } }] }, tags: { description: "Words to choose scenarios by: loopfw run --tag WORD.", type: "array", maxItems: 100, items: { type: "string", minLength: 1, maxLength: 100 } }, servers: { description: 'Servers by name: "tcp://127.0.0.2:8000" (or udp://, http://), or an object.', type: "object", maxProperties: 1e4, propertyNames: { $ref: "#/definitions/name" }, additionalProperties: { anyOf: [{ type: "string", maxLength: 200 }, { $ref: "#/definitions/server" }] } }, clients: { description: "Clients by name: an address, or an object.", type: "object", maxProperties: 1e4, propertyNames: { $ref: "#/definitions/name" }, additionalProperties: { anyOf: [{ $ref: "#/definitions/address" }, { $ref: "#/definitions/client" }] } }, rules: { $ref: "#/definitions/rules" }, ruleset: { $ref: "#/definitions/ruleset" }, probes: { $ref: "#/definitions/probes" }, matrix: { $ref: "#/definitions/matrix" }, phases: { description: "Further steps in the same world, in order; rules, probes and matrix of the scenario itself are the first.", type: "array", minItems: 1, maxItems: 1e3, items: { $ref: "#/definitions/phase" } }, interfaces: { description: "Interfaces by name, besides lo. Each is one end of a veth; what is said to be `via` it stands at the other end.", type: "object", maxProperties: 100, propertyNames: { $ref: "#/definitions/interfaceName" }, additionalProperties: { $ref: "#/definitions/interface" } }, addresses: { description: "Further addresses of the world, on lo unless said; those in 127.0.0.0/8 are there anyway.", type: "array", maxItems: 1e4, items: { anyOf: [{ type: "string", maxLength: 50 }, { $ref: "#/definitions/extraAddress" }] } }, routes: { description: 'Routes to add, as ip-route(8) takes them: "198.51.100.0/24 via 192.0.2.254".', type: "array", maxItems: 1e3, items: { type: "string", minLength: 1, maxLength: 200 } }, hosts: { description: "Names for addresses, as in hosts(5): for `from`, and in the URLs of `to`.", type: "object", maxProperties: 1e4, propertyNames: { $ref: "#/definitions/name" }, additionalProperties: { $ref: "#/definitions/address" } }, sysctl: { description: "Kernel settings of the world's own network, by their sysctl(8) names.", type: "object", maxProperties: 100, additionalProperties: { anyOf: [{ type: "integer" }, { type: "string", minLength: 1, maxLength: 100 }] } }, loopback: { enum: ["up", "down"], description: "down: lo is never brought up" }, counters: { description: "By how many packets the counters of interfaces must have grown when all probes are done, seen from the world. IPv6's own multicast (neighbour discovery, MLD) is not counted.", type: "object", minProperties: 1, maxProperties: 100, propertyNames: { $ref: "#/definitions/interfaceName" }, additionalProperties: { $ref: "#/definitions/expectedCounters" } } } };
var he = Object.prototype.hasOwnProperty;
var l = require_ucs2length().default;
var Ae = require_equal().default;
var Oe = { enum: ["nft", "legacy"], description: "nft: iptables over nf_tables; legacy: iptables with its own kernel tables" };
function J(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  return t === "nft" || t === "legacy" ? (J.errors = r, e === 0) : (J.errors = [{ instancePath: s, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: Oe.enum } }], false);
}
var ae = new RegExp("^[A-Za-z0-9_][A-Za-z0-9_.-]*$", "u");
function z(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (typeof t == "string") {
    if (l(t) > 100) return z.errors = [{ instancePath: s, schemaPath: "#/maxLength", keyword: "maxLength", params: { limit: 100 } }], false;
    if (!ae.test(t)) return z.errors = [{ instancePath: s, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]*$" } }], false;
  } else return z.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "string" } }], false;
  return z.errors = r, e === 0;
}
var Ie = { title: "ServerInput", type: "object", additionalProperties: false, required: ["protocol", "address", "port"], properties: { protocol: { enum: ["tcp", "udp", "http"], description: "tcp sends its banner, then echoes; udp answers each datagram; http answers with its banner as the body" }, address: { $ref: "#/definitions/address" }, port: { description: 'A port, or a range of them: "8000-8010".', anyOf: [{ $ref: "#/definitions/port" }, { type: "string", minLength: 1, maxLength: 11 }] }, via: { $ref: "#/definitions/via" }, command: { description: "A real program instead of loopfw's own server, with its arguments; it starts in the scenario's folder, without any privilege, and stays in the foreground. Runs only with --allow-commands.", type: "array", minItems: 1, maxItems: 1e3, items: { type: "string", maxLength: 4096 } }, ready: { type: "string", minLength: 1, maxLength: 1e3, description: "Text in the command's output that says that it is ready; unless said, it is when it holds its port, the first one of a range." }, banner: { type: "string", maxLength: 65536, description: "tcp: what the server sends first, before it echoes. udp: the answer to each datagram, instead of an echo. http: the body of each answer." } } };
var je = FORMATS.ip;
function q(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0 && e === 0) if (typeof t == "string") {
    if (l(t) > 45) return q.errors = [{ instancePath: s, schemaPath: "#/maxLength", keyword: "maxLength", params: { limit: 45 } }], false;
    if (!je(t)) return q.errors = [{ instancePath: s, schemaPath: "#/format", keyword: "format", params: { format: "ip" } }], false;
  } else return q.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "string" } }], false;
  return q.errors = r, e === 0;
}
function F(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (!(typeof t == "number" && !(t % 1) && !isNaN(t) && isFinite(t))) return F.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "integer" } }], false;
  if (e === 0 && typeof t == "number" && isFinite(t)) {
    if (t > 65535 || isNaN(t)) return F.errors = [{ instancePath: s, schemaPath: "#/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 } }], false;
    if (t < 1 || isNaN(t)) return F.errors = [{ instancePath: s, schemaPath: "#/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }], false;
  }
  return F.errors = r, e === 0;
}
function V(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (typeof t == "string") {
    if (l(t) > 15) return V.errors = [{ instancePath: s, schemaPath: "#/maxLength", keyword: "maxLength", params: { limit: 15 } }], false;
    if (!ae.test(t)) return V.errors = [{ instancePath: s, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]*$" } }], false;
  } else return V.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "string" } }], false;
  return V.errors = r, e === 0;
}
function S(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    let a;
    if (t.protocol === void 0 && (a = "protocol") || t.address === void 0 && (a = "address") || t.port === void 0 && (a = "port")) return S.errors = [{ instancePath: s, schemaPath: "#/required", keyword: "required", params: { missingProperty: a } }], false;
    {
      const n = e;
      for (const o in t) if (!(o === "protocol" || o === "address" || o === "port" || o === "via" || o === "command" || o === "ready" || o === "banner")) {
        return S.errors = [{ instancePath: s, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: o } }], false;
        break;
      }
      if (n === e) {
        if (t.protocol !== void 0) {
          let o = t.protocol;
          const m = e;
          if (!(o === "tcp" || o === "udp" || o === "http")) return S.errors = [{ instancePath: s + "/protocol", schemaPath: "#/properties/protocol/enum", keyword: "enum", params: { allowedValues: Ie.properties.protocol.enum } }], false;
          var i = m === e;
        } else var i = true;
        if (i) {
          if (t.address !== void 0) {
            const o = e;
            q(t.address, { instancePath: s + "/address", parentData: t, parentDataProperty: "address", rootData: f }) || (r = r === null ? q.errors : r.concat(q.errors), e = r.length);
            var i = o === e;
          } else var i = true;
          if (i) {
            if (t.port !== void 0) {
              let o = t.port;
              const m = e, v = e;
              let P = false;
              const x = e;
              F(o, { instancePath: s + "/port", parentData: t, parentDataProperty: "port", rootData: f }) || (r = r === null ? F.errors : r.concat(F.errors), e = r.length);
              var c = x === e;
              if (P = P || c, !P) {
                const L = e;
                if (e === L) if (typeof o == "string") {
                  if (l(o) > 11) {
                    const E = { instancePath: s + "/port", schemaPath: "#/properties/port/anyOf/1/maxLength", keyword: "maxLength", params: { limit: 11 } };
                    r === null ? r = [E] : r.push(E), e++;
                  } else if (l(o) < 1) {
                    const E = { instancePath: s + "/port", schemaPath: "#/properties/port/anyOf/1/minLength", keyword: "minLength", params: { limit: 1 } };
                    r === null ? r = [E] : r.push(E), e++;
                  }
                } else {
                  const E = { instancePath: s + "/port", schemaPath: "#/properties/port/anyOf/1/type", keyword: "type", params: { type: "string" } };
                  r === null ? r = [E] : r.push(E), e++;
                }
                var c = L === e;
                P = P || c;
              }
              if (P) e = v, r !== null && (v ? r.length = v : r = null);
              else {
                const L = { instancePath: s + "/port", schemaPath: "#/properties/port/anyOf", keyword: "anyOf", params: {} };
                return r === null ? r = [L] : r.push(L), e++, S.errors = r, false;
              }
              var i = m === e;
            } else var i = true;
            if (i) {
              if (t.via !== void 0) {
                const o = e;
                V(t.via, { instancePath: s + "/via", parentData: t, parentDataProperty: "via", rootData: f }) || (r = r === null ? V.errors : r.concat(V.errors), e = r.length);
                var i = o === e;
              } else var i = true;
              if (i) {
                if (t.command !== void 0) {
                  let o = t.command;
                  const m = e;
                  if (e === m) if (Array.isArray(o)) {
                    if (o.length > 1e3) return S.errors = [{ instancePath: s + "/command", schemaPath: "#/properties/command/maxItems", keyword: "maxItems", params: { limit: 1e3 } }], false;
                    if (o.length < 1) return S.errors = [{ instancePath: s + "/command", schemaPath: "#/properties/command/minItems", keyword: "minItems", params: { limit: 1 } }], false;
                    {
                      var y = true;
                      const P = o.length;
                      for (let x = 0; x < P; x++) {
                        let O = o[x];
                        const L = e;
                        if (e === L) if (typeof O == "string") {
                          if (l(O) > 4096) return S.errors = [{ instancePath: s + "/command/" + x, schemaPath: "#/properties/command/items/maxLength", keyword: "maxLength", params: { limit: 4096 } }], false;
                        } else return S.errors = [{ instancePath: s + "/command/" + x, schemaPath: "#/properties/command/items/type", keyword: "type", params: { type: "string" } }], false;
                        var y = L === e;
                        if (!y) break;
                      }
                    }
                  } else return S.errors = [{ instancePath: s + "/command", schemaPath: "#/properties/command/type", keyword: "type", params: { type: "array" } }], false;
                  var i = m === e;
                } else var i = true;
                if (i) {
                  if (t.ready !== void 0) {
                    let o = t.ready;
                    const m = e;
                    if (e === m) if (typeof o == "string") {
                      if (l(o) > 1e3) return S.errors = [{ instancePath: s + "/ready", schemaPath: "#/properties/ready/maxLength", keyword: "maxLength", params: { limit: 1e3 } }], false;
                      if (l(o) < 1) return S.errors = [{ instancePath: s + "/ready", schemaPath: "#/properties/ready/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                    } else return S.errors = [{ instancePath: s + "/ready", schemaPath: "#/properties/ready/type", keyword: "type", params: { type: "string" } }], false;
                    var i = m === e;
                  } else var i = true;
                  if (i) if (t.banner !== void 0) {
                    let o = t.banner;
                    const m = e;
                    if (e === m) if (typeof o == "string") {
                      if (l(o) > 65536) return S.errors = [{ instancePath: s + "/banner", schemaPath: "#/properties/banner/maxLength", keyword: "maxLength", params: { limit: 65536 } }], false;
                    } else return S.errors = [{ instancePath: s + "/banner", schemaPath: "#/properties/banner/type", keyword: "type", params: { type: "string" } }], false;
                    var i = m === e;
                  } else var i = true;
                }
              }
            }
          }
        }
      }
    }
  } else return S.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return S.errors = r, e === 0;
}
var $e = { title: "ClientInput", type: "object", additionalProperties: false, required: ["address"], properties: { address: { $ref: "#/definitions/address" }, port: { $ref: "#/definitions/port" }, via: { $ref: "#/definitions/via" }, connect: { enum: ["nonblocking", "blocking"], description: "How its TCP clients call connect(2): as Node.js, curl and browsers do (nonblocking, unless said), or as plain Python and C programs do." } } };
function K(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    let c;
    if (t.address === void 0 && (c = "address")) return K.errors = [{ instancePath: s, schemaPath: "#/required", keyword: "required", params: { missingProperty: c } }], false;
    {
      const y = e;
      for (const a in t) if (!(a === "address" || a === "port" || a === "via" || a === "connect")) {
        return K.errors = [{ instancePath: s, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: a } }], false;
        break;
      }
      if (y === e) {
        if (t.address !== void 0) {
          const a = e;
          q(t.address, { instancePath: s + "/address", parentData: t, parentDataProperty: "address", rootData: f }) || (r = r === null ? q.errors : r.concat(q.errors), e = r.length);
          var i = a === e;
        } else var i = true;
        if (i) {
          if (t.port !== void 0) {
            const a = e;
            F(t.port, { instancePath: s + "/port", parentData: t, parentDataProperty: "port", rootData: f }) || (r = r === null ? F.errors : r.concat(F.errors), e = r.length);
            var i = a === e;
          } else var i = true;
          if (i) {
            if (t.via !== void 0) {
              const a = e;
              V(t.via, { instancePath: s + "/via", parentData: t, parentDataProperty: "via", rootData: f }) || (r = r === null ? V.errors : r.concat(V.errors), e = r.length);
              var i = a === e;
            } else var i = true;
            if (i) if (t.connect !== void 0) {
              let a = t.connect;
              const n = e;
              if (!(a === "nonblocking" || a === "blocking")) return K.errors = [{ instancePath: s + "/connect", schemaPath: "#/properties/connect/enum", keyword: "enum", params: { allowedValues: $e.properties.connect.enum } }], false;
              var i = n === e;
            } else var i = true;
          }
        }
      }
    }
  } else return K.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return K.errors = r, e === 0;
}
var de = { title: "RuleInput", description: 'One rule. A leading "!" in protocol, source, destination, ports, interfaces and state negates it.', type: "object", additionalProperties: false, required: ["chain", "target"], properties: { name: { $ref: "#/definitions/ruleName" }, family: { enum: ["ipv4", "ipv6", "both"], description: "ipv4 unless said, or unless the rule has an IPv6 address" }, table: { enum: ["filter", "nat", "mangle", "raw"], description: "-t; filter unless said" }, chain: { type: "string", minLength: 1, maxLength: 28, description: "INPUT, OUTPUT, FORWARD, \u2026, or a chain of your own, which a rule -N has made" }, protocol: { type: "string", minLength: 1, maxLength: 4096, description: "-p: tcp, udp, icmp, \u2026" }, source: { type: "string", minLength: 1, maxLength: 4096, description: "-s: an address, a prefix, or several with commas" }, destination: { type: "string", minLength: 1, maxLength: 4096, description: "-d: an address, a prefix, or several with commas" }, sourcePort: { $ref: "#/definitions/ports" }, destinationPort: { $ref: "#/definitions/ports" }, inInterface: { type: "string", minLength: 1, maxLength: 4096, description: "-i: an interface; eth+ is every one that begins with eth" }, outInterface: { type: "string", minLength: 1, maxLength: 4096, description: "-o: an interface; eth+ is every one that begins with eth" }, state: { type: "string", minLength: 1, maxLength: 4096, description: "--ctstate: NEW, ESTABLISHED, RELATED, \u2026, with commas" }, match: { type: "string", minLength: 1, maxLength: 4096, description: "further arguments, as iptables takes them" }, comment: { type: "string", minLength: 1, maxLength: 255, description: "shown in reports with the rule" }, target: { type: "string", minLength: 1, maxLength: 28, description: "ACCEPT, DROP, REJECT, RETURN, another target of iptables, or a chain of your own" }, rejectWith: { type: "string", minLength: 1, maxLength: 40, description: "the answer of a REJECT, with or without its icmp- or icmp6- prefix" }, toDestination: { type: "string", minLength: 1, maxLength: 200, description: "where a DNAT sends packets: ADDRESS, ADDRESS:PORT or :PORT, with ranges by -" }, toSource: { type: "string", minLength: 1, maxLength: 200, description: "what a SNAT makes the source: ADDRESS, ADDRESS:PORT or :PORT, with ranges by -" }, insert: { type: "boolean", description: "put it at the head of its chain (-I) instead of the end (-A)" } } };
var Ne = new RegExp("^[0-9]*[A-Za-z_][A-Za-z0-9_.-]*$", "u");
function Y(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (typeof t == "string") {
    if (l(t) > 100) return Y.errors = [{ instancePath: s, schemaPath: "#/maxLength", keyword: "maxLength", params: { limit: 100 } }], false;
    if (!Ne.test(t)) return Y.errors = [{ instancePath: s, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[0-9]*[A-Za-z_][A-Za-z0-9_.-]*$" } }], false;
  } else return Y.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "string" } }], false;
  return Y.errors = r, e === 0;
}
function G(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  const i = e;
  let c = false;
  const y = e;
  if (!(typeof t == "number" && !(t % 1) && !isNaN(t) && isFinite(t))) {
    const n = { instancePath: s, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "integer" } };
    r === null ? r = [n] : r.push(n), e++;
  }
  if (e === y && typeof t == "number" && isFinite(t)) {
    if (t > 65535 || isNaN(t)) {
      const n = { instancePath: s, schemaPath: "#/anyOf/0/maximum", keyword: "maximum", params: { comparison: "<=", limit: 65535 } };
      r === null ? r = [n] : r.push(n), e++;
    } else if (t < 0 || isNaN(t)) {
      const n = { instancePath: s, schemaPath: "#/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
      r === null ? r = [n] : r.push(n), e++;
    }
  }
  var a = y === e;
  if (c = c || a, !c) {
    const n = e;
    if (e === n) if (typeof t == "string") {
      if (l(t) > 200) {
        const m = { instancePath: s, schemaPath: "#/anyOf/1/maxLength", keyword: "maxLength", params: { limit: 200 } };
        r === null ? r = [m] : r.push(m), e++;
      } else if (l(t) < 1) {
        const m = { instancePath: s, schemaPath: "#/anyOf/1/minLength", keyword: "minLength", params: { limit: 1 } };
        r === null ? r = [m] : r.push(m), e++;
      }
    } else {
      const m = { instancePath: s, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "string" } };
      r === null ? r = [m] : r.push(m), e++;
    }
    var a = n === e;
    c = c || a;
  }
  if (c) e = i, r !== null && (i ? r.length = i : r = null);
  else {
    const n = { instancePath: s, schemaPath: "#/anyOf", keyword: "anyOf", params: {} };
    return r === null ? r = [n] : r.push(n), e++, G.errors = r, false;
  }
  return G.errors = r, e === 0;
}
function g(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    let c;
    if (t.chain === void 0 && (c = "chain") || t.target === void 0 && (c = "target")) return g.errors = [{ instancePath: s, schemaPath: "#/required", keyword: "required", params: { missingProperty: c } }], false;
    {
      const y = e;
      for (const a in t) if (!he.call(de.properties, a)) {
        return g.errors = [{ instancePath: s, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: a } }], false;
        break;
      }
      if (y === e) {
        if (t.name !== void 0) {
          const a = e;
          Y(t.name, { instancePath: s + "/name", parentData: t, parentDataProperty: "name", rootData: f }) || (r = r === null ? Y.errors : r.concat(Y.errors), e = r.length);
          var i = a === e;
        } else var i = true;
        if (i) {
          if (t.family !== void 0) {
            let a = t.family;
            const n = e;
            if (!(a === "ipv4" || a === "ipv6" || a === "both")) return g.errors = [{ instancePath: s + "/family", schemaPath: "#/properties/family/enum", keyword: "enum", params: { allowedValues: de.properties.family.enum } }], false;
            var i = n === e;
          } else var i = true;
          if (i) {
            if (t.table !== void 0) {
              let a = t.table;
              const n = e;
              if (!(a === "filter" || a === "nat" || a === "mangle" || a === "raw")) return g.errors = [{ instancePath: s + "/table", schemaPath: "#/properties/table/enum", keyword: "enum", params: { allowedValues: de.properties.table.enum } }], false;
              var i = n === e;
            } else var i = true;
            if (i) {
              if (t.chain !== void 0) {
                let a = t.chain;
                const n = e;
                if (e === n) if (typeof a == "string") {
                  if (l(a) > 28) return g.errors = [{ instancePath: s + "/chain", schemaPath: "#/properties/chain/maxLength", keyword: "maxLength", params: { limit: 28 } }], false;
                  if (l(a) < 1) return g.errors = [{ instancePath: s + "/chain", schemaPath: "#/properties/chain/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                } else return g.errors = [{ instancePath: s + "/chain", schemaPath: "#/properties/chain/type", keyword: "type", params: { type: "string" } }], false;
                var i = n === e;
              } else var i = true;
              if (i) {
                if (t.protocol !== void 0) {
                  let a = t.protocol;
                  const n = e;
                  if (e === n) if (typeof a == "string") {
                    if (l(a) > 4096) return g.errors = [{ instancePath: s + "/protocol", schemaPath: "#/properties/protocol/maxLength", keyword: "maxLength", params: { limit: 4096 } }], false;
                    if (l(a) < 1) return g.errors = [{ instancePath: s + "/protocol", schemaPath: "#/properties/protocol/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                  } else return g.errors = [{ instancePath: s + "/protocol", schemaPath: "#/properties/protocol/type", keyword: "type", params: { type: "string" } }], false;
                  var i = n === e;
                } else var i = true;
                if (i) {
                  if (t.source !== void 0) {
                    let a = t.source;
                    const n = e;
                    if (e === n) if (typeof a == "string") {
                      if (l(a) > 4096) return g.errors = [{ instancePath: s + "/source", schemaPath: "#/properties/source/maxLength", keyword: "maxLength", params: { limit: 4096 } }], false;
                      if (l(a) < 1) return g.errors = [{ instancePath: s + "/source", schemaPath: "#/properties/source/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                    } else return g.errors = [{ instancePath: s + "/source", schemaPath: "#/properties/source/type", keyword: "type", params: { type: "string" } }], false;
                    var i = n === e;
                  } else var i = true;
                  if (i) {
                    if (t.destination !== void 0) {
                      let a = t.destination;
                      const n = e;
                      if (e === n) if (typeof a == "string") {
                        if (l(a) > 4096) return g.errors = [{ instancePath: s + "/destination", schemaPath: "#/properties/destination/maxLength", keyword: "maxLength", params: { limit: 4096 } }], false;
                        if (l(a) < 1) return g.errors = [{ instancePath: s + "/destination", schemaPath: "#/properties/destination/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                      } else return g.errors = [{ instancePath: s + "/destination", schemaPath: "#/properties/destination/type", keyword: "type", params: { type: "string" } }], false;
                      var i = n === e;
                    } else var i = true;
                    if (i) {
                      if (t.sourcePort !== void 0) {
                        const a = e;
                        G(t.sourcePort, { instancePath: s + "/sourcePort", parentData: t, parentDataProperty: "sourcePort", rootData: f }) || (r = r === null ? G.errors : r.concat(G.errors), e = r.length);
                        var i = a === e;
                      } else var i = true;
                      if (i) {
                        if (t.destinationPort !== void 0) {
                          const a = e;
                          G(t.destinationPort, { instancePath: s + "/destinationPort", parentData: t, parentDataProperty: "destinationPort", rootData: f }) || (r = r === null ? G.errors : r.concat(G.errors), e = r.length);
                          var i = a === e;
                        } else var i = true;
                        if (i) {
                          if (t.inInterface !== void 0) {
                            let a = t.inInterface;
                            const n = e;
                            if (e === n) if (typeof a == "string") {
                              if (l(a) > 4096) return g.errors = [{ instancePath: s + "/inInterface", schemaPath: "#/properties/inInterface/maxLength", keyword: "maxLength", params: { limit: 4096 } }], false;
                              if (l(a) < 1) return g.errors = [{ instancePath: s + "/inInterface", schemaPath: "#/properties/inInterface/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                            } else return g.errors = [{ instancePath: s + "/inInterface", schemaPath: "#/properties/inInterface/type", keyword: "type", params: { type: "string" } }], false;
                            var i = n === e;
                          } else var i = true;
                          if (i) {
                            if (t.outInterface !== void 0) {
                              let a = t.outInterface;
                              const n = e;
                              if (e === n) if (typeof a == "string") {
                                if (l(a) > 4096) return g.errors = [{ instancePath: s + "/outInterface", schemaPath: "#/properties/outInterface/maxLength", keyword: "maxLength", params: { limit: 4096 } }], false;
                                if (l(a) < 1) return g.errors = [{ instancePath: s + "/outInterface", schemaPath: "#/properties/outInterface/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                              } else return g.errors = [{ instancePath: s + "/outInterface", schemaPath: "#/properties/outInterface/type", keyword: "type", params: { type: "string" } }], false;
                              var i = n === e;
                            } else var i = true;
                            if (i) {
                              if (t.state !== void 0) {
                                let a = t.state;
                                const n = e;
                                if (e === n) if (typeof a == "string") {
                                  if (l(a) > 4096) return g.errors = [{ instancePath: s + "/state", schemaPath: "#/properties/state/maxLength", keyword: "maxLength", params: { limit: 4096 } }], false;
                                  if (l(a) < 1) return g.errors = [{ instancePath: s + "/state", schemaPath: "#/properties/state/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                                } else return g.errors = [{ instancePath: s + "/state", schemaPath: "#/properties/state/type", keyword: "type", params: { type: "string" } }], false;
                                var i = n === e;
                              } else var i = true;
                              if (i) {
                                if (t.match !== void 0) {
                                  let a = t.match;
                                  const n = e;
                                  if (e === n) if (typeof a == "string") {
                                    if (l(a) > 4096) return g.errors = [{ instancePath: s + "/match", schemaPath: "#/properties/match/maxLength", keyword: "maxLength", params: { limit: 4096 } }], false;
                                    if (l(a) < 1) return g.errors = [{ instancePath: s + "/match", schemaPath: "#/properties/match/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                                  } else return g.errors = [{ instancePath: s + "/match", schemaPath: "#/properties/match/type", keyword: "type", params: { type: "string" } }], false;
                                  var i = n === e;
                                } else var i = true;
                                if (i) {
                                  if (t.comment !== void 0) {
                                    let a = t.comment;
                                    const n = e;
                                    if (e === n) if (typeof a == "string") {
                                      if (l(a) > 255) return g.errors = [{ instancePath: s + "/comment", schemaPath: "#/properties/comment/maxLength", keyword: "maxLength", params: { limit: 255 } }], false;
                                      if (l(a) < 1) return g.errors = [{ instancePath: s + "/comment", schemaPath: "#/properties/comment/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                                    } else return g.errors = [{ instancePath: s + "/comment", schemaPath: "#/properties/comment/type", keyword: "type", params: { type: "string" } }], false;
                                    var i = n === e;
                                  } else var i = true;
                                  if (i) {
                                    if (t.target !== void 0) {
                                      let a = t.target;
                                      const n = e;
                                      if (e === n) if (typeof a == "string") {
                                        if (l(a) > 28) return g.errors = [{ instancePath: s + "/target", schemaPath: "#/properties/target/maxLength", keyword: "maxLength", params: { limit: 28 } }], false;
                                        if (l(a) < 1) return g.errors = [{ instancePath: s + "/target", schemaPath: "#/properties/target/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                                      } else return g.errors = [{ instancePath: s + "/target", schemaPath: "#/properties/target/type", keyword: "type", params: { type: "string" } }], false;
                                      var i = n === e;
                                    } else var i = true;
                                    if (i) {
                                      if (t.rejectWith !== void 0) {
                                        let a = t.rejectWith;
                                        const n = e;
                                        if (e === n) if (typeof a == "string") {
                                          if (l(a) > 40) return g.errors = [{ instancePath: s + "/rejectWith", schemaPath: "#/properties/rejectWith/maxLength", keyword: "maxLength", params: { limit: 40 } }], false;
                                          if (l(a) < 1) return g.errors = [{ instancePath: s + "/rejectWith", schemaPath: "#/properties/rejectWith/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                                        } else return g.errors = [{ instancePath: s + "/rejectWith", schemaPath: "#/properties/rejectWith/type", keyword: "type", params: { type: "string" } }], false;
                                        var i = n === e;
                                      } else var i = true;
                                      if (i) {
                                        if (t.toDestination !== void 0) {
                                          let a = t.toDestination;
                                          const n = e;
                                          if (e === n) if (typeof a == "string") {
                                            if (l(a) > 200) return g.errors = [{ instancePath: s + "/toDestination", schemaPath: "#/properties/toDestination/maxLength", keyword: "maxLength", params: { limit: 200 } }], false;
                                            if (l(a) < 1) return g.errors = [{ instancePath: s + "/toDestination", schemaPath: "#/properties/toDestination/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                                          } else return g.errors = [{ instancePath: s + "/toDestination", schemaPath: "#/properties/toDestination/type", keyword: "type", params: { type: "string" } }], false;
                                          var i = n === e;
                                        } else var i = true;
                                        if (i) {
                                          if (t.toSource !== void 0) {
                                            let a = t.toSource;
                                            const n = e;
                                            if (e === n) if (typeof a == "string") {
                                              if (l(a) > 200) return g.errors = [{ instancePath: s + "/toSource", schemaPath: "#/properties/toSource/maxLength", keyword: "maxLength", params: { limit: 200 } }], false;
                                              if (l(a) < 1) return g.errors = [{ instancePath: s + "/toSource", schemaPath: "#/properties/toSource/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                                            } else return g.errors = [{ instancePath: s + "/toSource", schemaPath: "#/properties/toSource/type", keyword: "type", params: { type: "string" } }], false;
                                            var i = n === e;
                                          } else var i = true;
                                          if (i) if (t.insert !== void 0) {
                                            const a = e;
                                            if (typeof t.insert != "boolean") return g.errors = [{ instancePath: s + "/insert", schemaPath: "#/properties/insert/type", keyword: "type", params: { type: "boolean" } }], false;
                                            var i = a === e;
                                          } else var i = true;
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  } else return g.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return g.errors = r, e === 0;
}
function U(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (Array.isArray(t)) {
    if (t.length > 5e4) return U.errors = [{ instancePath: s, schemaPath: "#/maxItems", keyword: "maxItems", params: { limit: 5e4 } }], false;
    {
      var i = true;
      const y = t.length;
      for (let a = 0; a < y; a++) {
        let n = t[a];
        const o = e, m = e;
        let v = false;
        const P = e;
        if (e === P) if (typeof n == "string") {
          if (l(n) > 4096) {
            const O = { instancePath: s + "/" + a, schemaPath: "#/items/anyOf/0/maxLength", keyword: "maxLength", params: { limit: 4096 } };
            r === null ? r = [O] : r.push(O), e++;
          } else if (l(n) < 1) {
            const O = { instancePath: s + "/" + a, schemaPath: "#/items/anyOf/0/minLength", keyword: "minLength", params: { limit: 1 } };
            r === null ? r = [O] : r.push(O), e++;
          }
        } else {
          const O = { instancePath: s + "/" + a, schemaPath: "#/items/anyOf/0/type", keyword: "type", params: { type: "string" } };
          r === null ? r = [O] : r.push(O), e++;
        }
        var c = P === e;
        if (v = v || c, !v) {
          const O = e;
          g(n, { instancePath: s + "/" + a, parentData: t, parentDataProperty: a, rootData: f }) || (r = r === null ? g.errors : r.concat(g.errors), e = r.length);
          var c = O === e;
          v = v || c;
        }
        if (v) e = m, r !== null && (m ? r.length = m : r = null);
        else {
          const O = { instancePath: s + "/" + a, schemaPath: "#/items/anyOf", keyword: "anyOf", params: {} };
          return r === null ? r = [O] : r.push(O), e++, U.errors = r, false;
        }
        var i = o === e;
        if (!i) break;
      }
    }
  } else return U.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "array" } }], false;
  return U.errors = r, e === 0;
}
var Pe = { title: "RulesetInput", description: "A file of rules, instead of `rules`.", type: "object", additionalProperties: false, required: ["file"], properties: { file: { type: "string", minLength: 1, maxLength: 1e3, description: "its path, inside the scenario's folder" }, format: { enum: ["iptables-save", "nft"], description: "what iptables-save or ip6tables-save writes, or what nft -f reads; told from the text unless said" }, family: { enum: ["ipv4", "ipv6"], description: "of an iptables-save file; told from its text unless said" } } };
function W(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    let c;
    if (t.file === void 0 && (c = "file")) return W.errors = [{ instancePath: s, schemaPath: "#/required", keyword: "required", params: { missingProperty: c } }], false;
    {
      const y = e;
      for (const a in t) if (!(a === "file" || a === "format" || a === "family")) {
        return W.errors = [{ instancePath: s, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: a } }], false;
        break;
      }
      if (y === e) {
        if (t.file !== void 0) {
          let a = t.file;
          const n = e;
          if (e === n) if (typeof a == "string") {
            if (l(a) > 1e3) return W.errors = [{ instancePath: s + "/file", schemaPath: "#/properties/file/maxLength", keyword: "maxLength", params: { limit: 1e3 } }], false;
            if (l(a) < 1) return W.errors = [{ instancePath: s + "/file", schemaPath: "#/properties/file/minLength", keyword: "minLength", params: { limit: 1 } }], false;
          } else return W.errors = [{ instancePath: s + "/file", schemaPath: "#/properties/file/type", keyword: "type", params: { type: "string" } }], false;
          var i = n === e;
        } else var i = true;
        if (i) {
          if (t.format !== void 0) {
            let a = t.format;
            const n = e;
            if (!(a === "iptables-save" || a === "nft")) return W.errors = [{ instancePath: s + "/format", schemaPath: "#/properties/format/enum", keyword: "enum", params: { allowedValues: Pe.properties.format.enum } }], false;
            var i = n === e;
          } else var i = true;
          if (i) if (t.family !== void 0) {
            let a = t.family;
            const n = e;
            if (!(a === "ipv4" || a === "ipv6")) return W.errors = [{ instancePath: s + "/family", schemaPath: "#/properties/family/enum", keyword: "enum", params: { allowedValues: Pe.properties.family.enum } }], false;
            var i = n === e;
          } else var i = true;
        }
      }
    }
  } else return W.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return W.errors = r, e === 0;
}
var Ee = { title: "ProbeInput", type: "object", additionalProperties: false, required: ["expect"], properties: { name: { type: "string", minLength: 1, maxLength: 200, description: "what the report calls it" }, from: { type: "string", minLength: 1, maxLength: 200, description: "a client's name, a host's name, or an address" }, to: { type: "string", minLength: 1, maxLength: 200, description: "a server's name, or tcp://, udp:// or http://ADDRESS:PORT, or icmp://ADDRESS; IPv6 in brackets; a range of ports is one probe for each" }, open: { $ref: "#/definitions/openName" }, use: { $ref: "#/definitions/useName" }, count: { type: "integer", minimum: 1, maximum: 1e4, description: "how often the probe is made; 1 unless said" }, parallel: { description: "how many of them at once, each held until all of them are decided; true: all. One after the other unless said", anyOf: [{ type: "boolean" }, { type: "integer", minimum: 1, maximum: 1e4 }] }, expect: { description: "what the client must see: a word, or an object of which every key must hold", anyOf: [{ $ref: "#/definitions/expectedWord" }, { $ref: "#/definitions/expectation" }] }, timeoutMs: { type: "integer", minimum: 1, maximum: 6e5, description: "the client's time limit; 2500 unless said" }, send: { type: "string", minLength: 1, maxLength: 65536, description: "what the client sends; connected then needs an answer. udp sends something anyway; http sends it as the body of a POST" }, hint: { type: "string", minLength: 1, maxLength: 1e4, description: "shown when the probe fails" } } };
function ee(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (typeof t == "string") {
    if (l(t) > 100) return ee.errors = [{ instancePath: s, schemaPath: "#/maxLength", keyword: "maxLength", params: { limit: 100 } }], false;
    if (!ae.test(t)) return ee.errors = [{ instancePath: s, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]*$" } }], false;
  } else return ee.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "string" } }], false;
  return ee.errors = r, e === 0;
}
function re(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (typeof t == "string") {
    if (l(t) > 100) return re.errors = [{ instancePath: s, schemaPath: "#/maxLength", keyword: "maxLength", params: { limit: 100 } }], false;
    if (!ae.test(t)) return re.errors = [{ instancePath: s, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]*$" } }], false;
  } else return re.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "string" } }], false;
  return re.errors = r, e === 0;
}
var Re = { title: "ExpectedWord", description: "An outcome, a cause, or closed (refused because nothing listens).", enum: ["connected", "refused", "unreachable", "denied", "reset", "timeout", "service", "no-listener", "rejected", "dropped", "answer-eaten", "silent", "local", "unexplained", "closed"] };
function Q(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  return t === "connected" || t === "refused" || t === "unreachable" || t === "denied" || t === "reset" || t === "timeout" || t === "service" || t === "no-listener" || t === "rejected" || t === "dropped" || t === "answer-eaten" || t === "silent" || t === "local" || t === "unexplained" || t === "closed" ? (Q.errors = r, e === 0) : (Q.errors = [{ instancePath: s, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: Re.enum } }], false);
}
var Se = { enum: ["connected", "refused", "unreachable", "denied", "reset", "timeout"], description: "what the client sees" };
function ne(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  return t === "connected" || t === "refused" || t === "unreachable" || t === "denied" || t === "reset" || t === "timeout" ? (ne.errors = r, e === 0) : (ne.errors = [{ instancePath: s, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: Se.enum } }], false);
}
var qe = { enum: ["service", "no-listener", "rejected", "dropped", "answer-eaten", "silent", "local", "unexplained"], description: "why it sees that, as the kernel's evidence says; loopfw explain WORD says more" };
function oe(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  return t === "service" || t === "no-listener" || t === "rejected" || t === "dropped" || t === "answer-eaten" || t === "silent" || t === "local" || t === "unexplained" ? (oe.errors = r, e === 0) : (oe.errors = [{ instancePath: s, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: qe.enum } }], false);
}
var Te = { enum: ["net-unreachable", "host-unreachable", "proto-unreachable", "port-unreachable", "net-prohibited", "host-prohibited", "admin-prohibited", "no-route", "addr-unreachable", "adm-prohibited", "policy-fail", "reject-route", "tcp-reset"], description: "the answer of the rule that rejected" };
function pe(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  return t === "net-unreachable" || t === "host-unreachable" || t === "proto-unreachable" || t === "port-unreachable" || t === "net-prohibited" || t === "host-prohibited" || t === "admin-prohibited" || t === "no-route" || t === "addr-unreachable" || t === "adm-prohibited" || t === "policy-fail" || t === "reject-route" || t === "tcp-reset" ? (pe.errors = r, e === 0) : (pe.errors = [{ instancePath: s, schemaPath: "#/enum", keyword: "enum", params: { allowedValues: Te.enum } }], false);
}
function R(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    if (Object.keys(t).length < 1) return R.errors = [{ instancePath: s, schemaPath: "#/minProperties", keyword: "minProperties", params: { limit: 1 } }], false;
    {
      const y = e;
      for (const a in t) if (!(a === "outcome" || a === "cause" || a === "rule" || a === "icmp" || a === "reply" || a === "afterMs" || a === "withinMs")) {
        return R.errors = [{ instancePath: s, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: a } }], false;
        break;
      }
      if (y === e) {
        if (t.outcome !== void 0) {
          const a = e;
          ne(t.outcome, { instancePath: s + "/outcome", parentData: t, parentDataProperty: "outcome", rootData: f }) || (r = r === null ? ne.errors : r.concat(ne.errors), e = r.length);
          var i = a === e;
        } else var i = true;
        if (i) {
          if (t.cause !== void 0) {
            const a = e;
            oe(t.cause, { instancePath: s + "/cause", parentData: t, parentDataProperty: "cause", rootData: f }) || (r = r === null ? oe.errors : r.concat(oe.errors), e = r.length);
            var i = a === e;
          } else var i = true;
          if (i) {
            if (t.rule !== void 0) {
              let a = t.rule;
              const n = e, o = e;
              let m = false;
              const v = e;
              if (e === v) if (typeof a == "string") {
                if (l(a) > 100) {
                  const x = { instancePath: s + "/rule", schemaPath: "#/properties/rule/anyOf/0/maxLength", keyword: "maxLength", params: { limit: 100 } };
                  r === null ? r = [x] : r.push(x), e++;
                } else if (l(a) < 1) {
                  const x = { instancePath: s + "/rule", schemaPath: "#/properties/rule/anyOf/0/minLength", keyword: "minLength", params: { limit: 1 } };
                  r === null ? r = [x] : r.push(x), e++;
                }
              } else {
                const x = { instancePath: s + "/rule", schemaPath: "#/properties/rule/anyOf/0/type", keyword: "type", params: { type: "string" } };
                r === null ? r = [x] : r.push(x), e++;
              }
              var c = v === e;
              if (m = m || c, !m) {
                const x = e;
                if (!(typeof a == "number" && !(a % 1) && !isNaN(a) && isFinite(a))) {
                  const L = { instancePath: s + "/rule", schemaPath: "#/properties/rule/anyOf/1/type", keyword: "type", params: { type: "integer" } };
                  r === null ? r = [L] : r.push(L), e++;
                }
                if (e === x && typeof a == "number" && isFinite(a) && (a < 0 || isNaN(a))) {
                  const L = { instancePath: s + "/rule", schemaPath: "#/properties/rule/anyOf/1/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
                  r === null ? r = [L] : r.push(L), e++;
                }
                var c = x === e;
                m = m || c;
              }
              if (m) e = o, r !== null && (o ? r.length = o : r = null);
              else {
                const x = { instancePath: s + "/rule", schemaPath: "#/properties/rule/anyOf", keyword: "anyOf", params: {} };
                return r === null ? r = [x] : r.push(x), e++, R.errors = r, false;
              }
              var i = n === e;
            } else var i = true;
            if (i) {
              if (t.icmp !== void 0) {
                const a = e;
                pe(t.icmp, { instancePath: s + "/icmp", parentData: t, parentDataProperty: "icmp", rootData: f }) || (r = r === null ? pe.errors : r.concat(pe.errors), e = r.length);
                var i = a === e;
              } else var i = true;
              if (i) {
                if (t.reply !== void 0) {
                  let a = t.reply;
                  const n = e;
                  if (e === n) if (typeof a == "string") {
                    if (l(a) > 65536) return R.errors = [{ instancePath: s + "/reply", schemaPath: "#/properties/reply/maxLength", keyword: "maxLength", params: { limit: 65536 } }], false;
                    if (l(a) < 1) return R.errors = [{ instancePath: s + "/reply", schemaPath: "#/properties/reply/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                  } else return R.errors = [{ instancePath: s + "/reply", schemaPath: "#/properties/reply/type", keyword: "type", params: { type: "string" } }], false;
                  var i = n === e;
                } else var i = true;
                if (i) {
                  if (t.afterMs !== void 0) {
                    let a = t.afterMs;
                    const n = e;
                    if (e === n) if (typeof a == "number" && isFinite(a)) {
                      if (a > 6e5 || isNaN(a)) return R.errors = [{ instancePath: s + "/afterMs", schemaPath: "#/properties/afterMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e5 } }], false;
                      if (a < 0 || isNaN(a)) return R.errors = [{ instancePath: s + "/afterMs", schemaPath: "#/properties/afterMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }], false;
                    } else return R.errors = [{ instancePath: s + "/afterMs", schemaPath: "#/properties/afterMs/type", keyword: "type", params: { type: "number" } }], false;
                    var i = n === e;
                  } else var i = true;
                  if (i) if (t.withinMs !== void 0) {
                    let a = t.withinMs;
                    const n = e;
                    if (e === n) if (typeof a == "number" && isFinite(a)) {
                      if (a > 6e5 || isNaN(a)) return R.errors = [{ instancePath: s + "/withinMs", schemaPath: "#/properties/withinMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e5 } }], false;
                      if (a < 0 || isNaN(a)) return R.errors = [{ instancePath: s + "/withinMs", schemaPath: "#/properties/withinMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } }], false;
                    } else return R.errors = [{ instancePath: s + "/withinMs", schemaPath: "#/properties/withinMs/type", keyword: "type", params: { type: "number" } }], false;
                    var i = n === e;
                  } else var i = true;
                }
              }
            }
          }
        }
      }
    }
  } else return R.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return R.errors = r, e === 0;
}
function A(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    let a;
    if (t.expect === void 0 && (a = "expect")) return A.errors = [{ instancePath: s, schemaPath: "#/required", keyword: "required", params: { missingProperty: a } }], false;
    {
      const n = e;
      for (const o in t) if (!he.call(Ee.properties, o)) {
        return A.errors = [{ instancePath: s, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: o } }], false;
        break;
      }
      if (n === e) {
        if (t.name !== void 0) {
          let o = t.name;
          const m = e;
          if (e === m) if (typeof o == "string") {
            if (l(o) > 200) return A.errors = [{ instancePath: s + "/name", schemaPath: "#/properties/name/maxLength", keyword: "maxLength", params: { limit: 200 } }], false;
            if (l(o) < 1) return A.errors = [{ instancePath: s + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 1 } }], false;
          } else return A.errors = [{ instancePath: s + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" } }], false;
          var i = m === e;
        } else var i = true;
        if (i) {
          if (t.from !== void 0) {
            let o = t.from;
            const m = e;
            if (e === m) if (typeof o == "string") {
              if (l(o) > 200) return A.errors = [{ instancePath: s + "/from", schemaPath: "#/properties/from/maxLength", keyword: "maxLength", params: { limit: 200 } }], false;
              if (l(o) < 1) return A.errors = [{ instancePath: s + "/from", schemaPath: "#/properties/from/minLength", keyword: "minLength", params: { limit: 1 } }], false;
            } else return A.errors = [{ instancePath: s + "/from", schemaPath: "#/properties/from/type", keyword: "type", params: { type: "string" } }], false;
            var i = m === e;
          } else var i = true;
          if (i) {
            if (t.to !== void 0) {
              let o = t.to;
              const m = e;
              if (e === m) if (typeof o == "string") {
                if (l(o) > 200) return A.errors = [{ instancePath: s + "/to", schemaPath: "#/properties/to/maxLength", keyword: "maxLength", params: { limit: 200 } }], false;
                if (l(o) < 1) return A.errors = [{ instancePath: s + "/to", schemaPath: "#/properties/to/minLength", keyword: "minLength", params: { limit: 1 } }], false;
              } else return A.errors = [{ instancePath: s + "/to", schemaPath: "#/properties/to/type", keyword: "type", params: { type: "string" } }], false;
              var i = m === e;
            } else var i = true;
            if (i) {
              if (t.open !== void 0) {
                const o = e;
                ee(t.open, { instancePath: s + "/open", parentData: t, parentDataProperty: "open", rootData: f }) || (r = r === null ? ee.errors : r.concat(ee.errors), e = r.length);
                var i = o === e;
              } else var i = true;
              if (i) {
                if (t.use !== void 0) {
                  const o = e;
                  re(t.use, { instancePath: s + "/use", parentData: t, parentDataProperty: "use", rootData: f }) || (r = r === null ? re.errors : r.concat(re.errors), e = r.length);
                  var i = o === e;
                } else var i = true;
                if (i) {
                  if (t.count !== void 0) {
                    let o = t.count;
                    const m = e;
                    if (!(typeof o == "number" && !(o % 1) && !isNaN(o) && isFinite(o))) return A.errors = [{ instancePath: s + "/count", schemaPath: "#/properties/count/type", keyword: "type", params: { type: "integer" } }], false;
                    if (e === m && typeof o == "number" && isFinite(o)) {
                      if (o > 1e4 || isNaN(o)) return A.errors = [{ instancePath: s + "/count", schemaPath: "#/properties/count/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e4 } }], false;
                      if (o < 1 || isNaN(o)) return A.errors = [{ instancePath: s + "/count", schemaPath: "#/properties/count/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }], false;
                    }
                    var i = m === e;
                  } else var i = true;
                  if (i) {
                    if (t.parallel !== void 0) {
                      let o = t.parallel;
                      const m = e, v = e;
                      let P = false;
                      const x = e;
                      if (typeof o != "boolean") {
                        const L = { instancePath: s + "/parallel", schemaPath: "#/properties/parallel/anyOf/0/type", keyword: "type", params: { type: "boolean" } };
                        r === null ? r = [L] : r.push(L), e++;
                      }
                      var c = x === e;
                      if (P = P || c, !P) {
                        const L = e;
                        if (!(typeof o == "number" && !(o % 1) && !isNaN(o) && isFinite(o))) {
                          const E = { instancePath: s + "/parallel", schemaPath: "#/properties/parallel/anyOf/1/type", keyword: "type", params: { type: "integer" } };
                          r === null ? r = [E] : r.push(E), e++;
                        }
                        if (e === L && typeof o == "number" && isFinite(o)) {
                          if (o > 1e4 || isNaN(o)) {
                            const E = { instancePath: s + "/parallel", schemaPath: "#/properties/parallel/anyOf/1/maximum", keyword: "maximum", params: { comparison: "<=", limit: 1e4 } };
                            r === null ? r = [E] : r.push(E), e++;
                          } else if (o < 1 || isNaN(o)) {
                            const E = { instancePath: s + "/parallel", schemaPath: "#/properties/parallel/anyOf/1/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } };
                            r === null ? r = [E] : r.push(E), e++;
                          }
                        }
                        var c = L === e;
                        P = P || c;
                      }
                      if (P) e = v, r !== null && (v ? r.length = v : r = null);
                      else {
                        const L = { instancePath: s + "/parallel", schemaPath: "#/properties/parallel/anyOf", keyword: "anyOf", params: {} };
                        return r === null ? r = [L] : r.push(L), e++, A.errors = r, false;
                      }
                      var i = m === e;
                    } else var i = true;
                    if (i) {
                      if (t.expect !== void 0) {
                        let o = t.expect;
                        const m = e, v = e;
                        let P = false;
                        const x = e;
                        Q(o, { instancePath: s + "/expect", parentData: t, parentDataProperty: "expect", rootData: f }) || (r = r === null ? Q.errors : r.concat(Q.errors), e = r.length);
                        var y = x === e;
                        if (P = P || y, !P) {
                          const L = e;
                          R(o, { instancePath: s + "/expect", parentData: t, parentDataProperty: "expect", rootData: f }) || (r = r === null ? R.errors : r.concat(R.errors), e = r.length);
                          var y = L === e;
                          P = P || y;
                        }
                        if (P) e = v, r !== null && (v ? r.length = v : r = null);
                        else {
                          const L = { instancePath: s + "/expect", schemaPath: "#/properties/expect/anyOf", keyword: "anyOf", params: {} };
                          return r === null ? r = [L] : r.push(L), e++, A.errors = r, false;
                        }
                        var i = m === e;
                      } else var i = true;
                      if (i) {
                        if (t.timeoutMs !== void 0) {
                          let o = t.timeoutMs;
                          const m = e;
                          if (!(typeof o == "number" && !(o % 1) && !isNaN(o) && isFinite(o))) return A.errors = [{ instancePath: s + "/timeoutMs", schemaPath: "#/properties/timeoutMs/type", keyword: "type", params: { type: "integer" } }], false;
                          if (e === m && typeof o == "number" && isFinite(o)) {
                            if (o > 6e5 || isNaN(o)) return A.errors = [{ instancePath: s + "/timeoutMs", schemaPath: "#/properties/timeoutMs/maximum", keyword: "maximum", params: { comparison: "<=", limit: 6e5 } }], false;
                            if (o < 1 || isNaN(o)) return A.errors = [{ instancePath: s + "/timeoutMs", schemaPath: "#/properties/timeoutMs/minimum", keyword: "minimum", params: { comparison: ">=", limit: 1 } }], false;
                          }
                          var i = m === e;
                        } else var i = true;
                        if (i) {
                          if (t.send !== void 0) {
                            let o = t.send;
                            const m = e;
                            if (e === m) if (typeof o == "string") {
                              if (l(o) > 65536) return A.errors = [{ instancePath: s + "/send", schemaPath: "#/properties/send/maxLength", keyword: "maxLength", params: { limit: 65536 } }], false;
                              if (l(o) < 1) return A.errors = [{ instancePath: s + "/send", schemaPath: "#/properties/send/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                            } else return A.errors = [{ instancePath: s + "/send", schemaPath: "#/properties/send/type", keyword: "type", params: { type: "string" } }], false;
                            var i = m === e;
                          } else var i = true;
                          if (i) if (t.hint !== void 0) {
                            let o = t.hint;
                            const m = e;
                            if (e === m) if (typeof o == "string") {
                              if (l(o) > 1e4) return A.errors = [{ instancePath: s + "/hint", schemaPath: "#/properties/hint/maxLength", keyword: "maxLength", params: { limit: 1e4 } }], false;
                              if (l(o) < 1) return A.errors = [{ instancePath: s + "/hint", schemaPath: "#/properties/hint/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                            } else return A.errors = [{ instancePath: s + "/hint", schemaPath: "#/properties/hint/type", keyword: "type", params: { type: "string" } }], false;
                            var i = m === e;
                          } else var i = true;
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  } else return A.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return A.errors = r, e === 0;
}
function B(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (Array.isArray(t)) {
    if (t.length > 5e4) return B.errors = [{ instancePath: s, schemaPath: "#/maxItems", keyword: "maxItems", params: { limit: 5e4 } }], false;
    if (t.length < 1) return B.errors = [{ instancePath: s, schemaPath: "#/minItems", keyword: "minItems", params: { limit: 1 } }], false;
    {
      var i = true;
      const c = t.length;
      for (let y = 0; y < c; y++) {
        const a = e;
        A(t[y], { instancePath: s + "/" + y, parentData: t, parentDataProperty: y, rootData: f }) || (r = r === null ? A.errors : r.concat(A.errors), e = r.length);
        var i = a === e;
        if (!i) break;
      }
    }
  } else return B.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "array" } }], false;
  return B.errors = r, e === 0;
}
function T(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    if (Object.keys(t).length > 1e3) return T.errors = [{ instancePath: s, schemaPath: "#/maxProperties", keyword: "maxProperties", params: { limit: 1e3 } }], false;
    if (Object.keys(t).length < 1) return T.errors = [{ instancePath: s, schemaPath: "#/minProperties", keyword: "minProperties", params: { limit: 1 } }], false;
    for (const a in t) {
      let n = t[a];
      const o = e;
      if (e === o) if (n && typeof n == "object" && !Array.isArray(n)) {
        if (Object.keys(n).length > 1e3) return T.errors = [{ instancePath: s + "/" + a.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/additionalProperties/maxProperties", keyword: "maxProperties", params: { limit: 1e3 } }], false;
        if (Object.keys(n).length < 1) return T.errors = [{ instancePath: s + "/" + a.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/additionalProperties/minProperties", keyword: "minProperties", params: { limit: 1 } }], false;
        for (const m in n) {
          let v = n[m];
          const P = e, x = e;
          let O = false;
          const L = e;
          Q(v, { instancePath: s + "/" + a.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + m.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: n, parentDataProperty: m, rootData: f }) || (r = r === null ? Q.errors : r.concat(Q.errors), e = r.length);
          var i = L === e;
          if (O = O || i, !O) {
            const se = e;
            R(v, { instancePath: s + "/" + a.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + m.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: n, parentDataProperty: m, rootData: f }) || (r = r === null ? R.errors : r.concat(R.errors), e = r.length);
            var i = se === e;
            O = O || i;
          }
          if (O) e = x, r !== null && (x ? r.length = x : r = null);
          else {
            const se = { instancePath: s + "/" + a.replace(/~/g, "~0").replace(/\//g, "~1") + "/" + m.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/additionalProperties/additionalProperties/anyOf", keyword: "anyOf", params: {} };
            return r === null ? r = [se] : r.push(se), e++, T.errors = r, false;
          }
          var c = P === e;
          if (!c) break;
        }
      } else return T.errors = [{ instancePath: s + "/" + a.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/additionalProperties/type", keyword: "type", params: { type: "object" } }], false;
      var y = o === e;
      if (!y) break;
    }
  } else return T.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return T.errors = r, e === 0;
}
function H(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    let c;
    if (t.name === void 0 && (c = "name")) return H.errors = [{ instancePath: s, schemaPath: "#/required", keyword: "required", params: { missingProperty: c } }], false;
    {
      const y = e;
      for (const a in t) if (!(a === "name" || a === "rules" || a === "probes" || a === "matrix")) {
        return H.errors = [{ instancePath: s, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: a } }], false;
        break;
      }
      if (y === e) {
        if (t.name !== void 0) {
          let a = t.name;
          const n = e;
          if (e === n) if (typeof a == "string") {
            if (l(a) > 200) return H.errors = [{ instancePath: s + "/name", schemaPath: "#/properties/name/maxLength", keyword: "maxLength", params: { limit: 200 } }], false;
            if (l(a) < 1) return H.errors = [{ instancePath: s + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 1 } }], false;
          } else return H.errors = [{ instancePath: s + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" } }], false;
          var i = n === e;
        } else var i = true;
        if (i) {
          if (t.rules !== void 0) {
            const a = e;
            U(t.rules, { instancePath: s + "/rules", parentData: t, parentDataProperty: "rules", rootData: f }) || (r = r === null ? U.errors : r.concat(U.errors), e = r.length);
            var i = a === e;
          } else var i = true;
          if (i) {
            if (t.probes !== void 0) {
              const a = e;
              B(t.probes, { instancePath: s + "/probes", parentData: t, parentDataProperty: "probes", rootData: f }) || (r = r === null ? B.errors : r.concat(B.errors), e = r.length);
              var i = a === e;
            } else var i = true;
            if (i) if (t.matrix !== void 0) {
              const a = e;
              T(t.matrix, { instancePath: s + "/matrix", parentData: t, parentDataProperty: "matrix", rootData: f }) || (r = r === null ? T.errors : r.concat(T.errors), e = r.length);
              var i = a === e;
            } else var i = true;
          }
        }
      }
    }
  } else return H.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return H.errors = r, e === 0;
}
function Z(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (typeof t == "string") {
    if (l(t) > 15) return Z.errors = [{ instancePath: s, schemaPath: "#/maxLength", keyword: "maxLength", params: { limit: 15 } }], false;
    if (!ae.test(t)) return Z.errors = [{ instancePath: s, schemaPath: "#/pattern", keyword: "pattern", params: { pattern: "^[A-Za-z0-9_][A-Za-z0-9_.-]*$" } }], false;
  } else return Z.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "string" } }], false;
  return Z.errors = r, e === 0;
}
var ze = { title: "InterfaceInput", type: "object", additionalProperties: false, required: ["addresses"], properties: { addresses: { description: "The world's own addresses there, each with its prefix length: 192.0.2.1/24.", type: "array", minItems: 1, maxItems: 100, items: { type: "string", maxLength: 50 } }, link: { enum: ["up", "down"], description: "down: as after `ip link set NAME down`; its IPv4 addresses stay the world's own, and no way leads by it" } } };
function M(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    let y;
    if (t.addresses === void 0 && (y = "addresses")) return M.errors = [{ instancePath: s, schemaPath: "#/required", keyword: "required", params: { missingProperty: y } }], false;
    {
      const a = e;
      for (const n in t) if (!(n === "addresses" || n === "link")) {
        return M.errors = [{ instancePath: s, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: n } }], false;
        break;
      }
      if (a === e) {
        if (t.addresses !== void 0) {
          let n = t.addresses;
          const o = e;
          if (e === o) if (Array.isArray(n)) {
            if (n.length > 100) return M.errors = [{ instancePath: s + "/addresses", schemaPath: "#/properties/addresses/maxItems", keyword: "maxItems", params: { limit: 100 } }], false;
            if (n.length < 1) return M.errors = [{ instancePath: s + "/addresses", schemaPath: "#/properties/addresses/minItems", keyword: "minItems", params: { limit: 1 } }], false;
            {
              var i = true;
              const m = n.length;
              for (let v = 0; v < m; v++) {
                let P = n[v];
                const x = e;
                if (e === x) if (typeof P == "string") {
                  if (l(P) > 50) return M.errors = [{ instancePath: s + "/addresses/" + v, schemaPath: "#/properties/addresses/items/maxLength", keyword: "maxLength", params: { limit: 50 } }], false;
                } else return M.errors = [{ instancePath: s + "/addresses/" + v, schemaPath: "#/properties/addresses/items/type", keyword: "type", params: { type: "string" } }], false;
                var i = x === e;
                if (!i) break;
              }
            }
          } else return M.errors = [{ instancePath: s + "/addresses", schemaPath: "#/properties/addresses/type", keyword: "type", params: { type: "array" } }], false;
          var c = o === e;
        } else var c = true;
        if (c) if (t.link !== void 0) {
          let n = t.link;
          const o = e;
          if (!(n === "up" || n === "down")) return M.errors = [{ instancePath: s + "/link", schemaPath: "#/properties/link/enum", keyword: "enum", params: { allowedValues: ze.properties.link.enum } }], false;
          var c = o === e;
        } else var c = true;
      }
    }
  } else return M.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return M.errors = r, e === 0;
}
function C(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    let c;
    if (t.address === void 0 && (c = "address")) return C.errors = [{ instancePath: s, schemaPath: "#/required", keyword: "required", params: { missingProperty: c } }], false;
    {
      const y = e;
      for (const a in t) if (!(a === "address" || a === "interface" || a === "label")) {
        return C.errors = [{ instancePath: s, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: a } }], false;
        break;
      }
      if (y === e) {
        if (t.address !== void 0) {
          let a = t.address;
          const n = e;
          if (e === n) if (typeof a == "string") {
            if (l(a) > 50) return C.errors = [{ instancePath: s + "/address", schemaPath: "#/properties/address/maxLength", keyword: "maxLength", params: { limit: 50 } }], false;
          } else return C.errors = [{ instancePath: s + "/address", schemaPath: "#/properties/address/type", keyword: "type", params: { type: "string" } }], false;
          var i = n === e;
        } else var i = true;
        if (i) {
          if (t.interface !== void 0) {
            const a = e;
            Z(t.interface, { instancePath: s + "/interface", parentData: t, parentDataProperty: "interface", rootData: f }) || (r = r === null ? Z.errors : r.concat(Z.errors), e = r.length);
            var i = a === e;
          } else var i = true;
          if (i) if (t.label !== void 0) {
            let a = t.label;
            const n = e;
            if (e === n) if (typeof a == "string") {
              if (l(a) > 15) return C.errors = [{ instancePath: s + "/label", schemaPath: "#/properties/label/maxLength", keyword: "maxLength", params: { limit: 15 } }], false;
              if (l(a) < 1) return C.errors = [{ instancePath: s + "/label", schemaPath: "#/properties/label/minLength", keyword: "minLength", params: { limit: 1 } }], false;
            } else return C.errors = [{ instancePath: s + "/label", schemaPath: "#/properties/label/type", keyword: "type", params: { type: "string" } }], false;
            var i = n === e;
          } else var i = true;
        }
      }
    }
  } else return C.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return C.errors = r, e === 0;
}
function X(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  const i = e;
  let c = false;
  const y = e;
  if (!(typeof t == "number" && !(t % 1) && !isNaN(t) && isFinite(t))) {
    const n = { instancePath: s, schemaPath: "#/anyOf/0/type", keyword: "type", params: { type: "integer" } };
    r === null ? r = [n] : r.push(n), e++;
  }
  if (e === y && typeof t == "number" && isFinite(t) && (t < 0 || isNaN(t))) {
    const n = { instancePath: s, schemaPath: "#/anyOf/0/minimum", keyword: "minimum", params: { comparison: ">=", limit: 0 } };
    r === null ? r = [n] : r.push(n), e++;
  }
  var a = y === e;
  if (c = c || a, !c) {
    const n = e;
    if (e === n) if (typeof t == "string") {
      if (l(t) > 40) {
        const m = { instancePath: s, schemaPath: "#/anyOf/1/maxLength", keyword: "maxLength", params: { limit: 40 } };
        r === null ? r = [m] : r.push(m), e++;
      } else if (l(t) < 1) {
        const m = { instancePath: s, schemaPath: "#/anyOf/1/minLength", keyword: "minLength", params: { limit: 1 } };
        r === null ? r = [m] : r.push(m), e++;
      }
    } else {
      const m = { instancePath: s, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "string" } };
      r === null ? r = [m] : r.push(m), e++;
    }
    var a = n === e;
    c = c || a;
  }
  if (c) e = i, r !== null && (i ? r.length = i : r = null);
  else {
    const n = { instancePath: s, schemaPath: "#/anyOf", keyword: "anyOf", params: {} };
    return r === null ? r = [n] : r.push(n), e++, X.errors = r, false;
  }
  return X.errors = r, e === 0;
}
function te(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    if (Object.keys(t).length < 1) return te.errors = [{ instancePath: s, schemaPath: "#/minProperties", keyword: "minProperties", params: { limit: 1 } }], false;
    {
      const c = e;
      for (const y in t) if (!(y === "rx" || y === "tx")) {
        return te.errors = [{ instancePath: s, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: y } }], false;
        break;
      }
      if (c === e) {
        if (t.rx !== void 0) {
          const y = e;
          X(t.rx, { instancePath: s + "/rx", parentData: t, parentDataProperty: "rx", rootData: f }) || (r = r === null ? X.errors : r.concat(X.errors), e = r.length);
          var i = y === e;
        } else var i = true;
        if (i) if (t.tx !== void 0) {
          const y = e;
          X(t.tx, { instancePath: s + "/tx", parentData: t, parentDataProperty: "tx", rootData: f }) || (r = r === null ? X.errors : r.concat(X.errors), e = r.length);
          var i = y === e;
        } else var i = true;
      }
    }
  } else return te.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return te.errors = r, e === 0;
}
function u(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  if (e === 0) if (t && typeof t == "object" && !Array.isArray(t)) {
    let ve;
    if (t.name === void 0 && (ve = "name")) return u.errors = [{ instancePath: s, schemaPath: "#/required", keyword: "required", params: { missingProperty: ve } }], false;
    {
      const Le = e;
      for (const p in t) if (!he.call(we.properties, p)) {
        return u.errors = [{ instancePath: s, schemaPath: "#/additionalProperties", keyword: "additionalProperties", params: { additionalProperty: p } }], false;
        break;
      }
      if (Le === e) {
        if (t.$schema !== void 0) {
          let p = t.$schema;
          const w = e;
          if (e === w) if (typeof p == "string") {
            if (l(p) > 1e3) return u.errors = [{ instancePath: s + "/$schema", schemaPath: "#/properties/%24schema/maxLength", keyword: "maxLength", params: { limit: 1e3 } }], false;
          } else return u.errors = [{ instancePath: s + "/$schema", schemaPath: "#/properties/%24schema/type", keyword: "type", params: { type: "string" } }], false;
          var i = w === e;
        } else var i = true;
        if (i) {
          if (t.name !== void 0) {
            let p = t.name;
            const w = e;
            if (e === w) if (typeof p == "string") {
              if (l(p) > 200) return u.errors = [{ instancePath: s + "/name", schemaPath: "#/properties/name/maxLength", keyword: "maxLength", params: { limit: 200 } }], false;
              if (l(p) < 1) return u.errors = [{ instancePath: s + "/name", schemaPath: "#/properties/name/minLength", keyword: "minLength", params: { limit: 1 } }], false;
            } else return u.errors = [{ instancePath: s + "/name", schemaPath: "#/properties/name/type", keyword: "type", params: { type: "string" } }], false;
            var i = w === e;
          } else var i = true;
          if (i) {
            if (t.description !== void 0) {
              let p = t.description;
              const w = e;
              if (e === w) if (typeof p == "string") {
                if (l(p) > 1e4) return u.errors = [{ instancePath: s + "/description", schemaPath: "#/properties/description/maxLength", keyword: "maxLength", params: { limit: 1e4 } }], false;
              } else return u.errors = [{ instancePath: s + "/description", schemaPath: "#/properties/description/type", keyword: "type", params: { type: "string" } }], false;
              var i = w === e;
            } else var i = true;
            if (i) {
              if (t.backend !== void 0) {
                let p = t.backend;
                const w = e, ce = e;
                let h = false;
                const d = e;
                J(p, { instancePath: s + "/backend", parentData: t, parentDataProperty: "backend", rootData: f }) || (r = r === null ? J.errors : r.concat(J.errors), e = r.length);
                var c = d === e;
                if (h = h || c, !h) {
                  const I = e;
                  if (e === I) if (Array.isArray(p)) if (p.length > 2) {
                    const $ = { instancePath: s + "/backend", schemaPath: "#/properties/backend/anyOf/1/maxItems", keyword: "maxItems", params: { limit: 2 } };
                    r === null ? r = [$] : r.push($), e++;
                  } else if (p.length < 1) {
                    const $ = { instancePath: s + "/backend", schemaPath: "#/properties/backend/anyOf/1/minItems", keyword: "minItems", params: { limit: 1 } };
                    r === null ? r = [$] : r.push($), e++;
                  } else {
                    var y = true;
                    const $ = p.length;
                    for (let k = 0; k < $; k++) {
                      const ie = e;
                      J(p[k], { instancePath: s + "/backend/" + k, parentData: p, parentDataProperty: k, rootData: f }) || (r = r === null ? J.errors : r.concat(J.errors), e = r.length);
                      var y = ie === e;
                      if (!y) break;
                    }
                    if (y) {
                      let k = p.length, ie;
                      if (k > 1) {
                        e: for (; k--; ) for (ie = k; ie--; ) if (Ae(p[k], p[ie])) {
                          const N = { instancePath: s + "/backend", schemaPath: "#/properties/backend/anyOf/1/uniqueItems", keyword: "uniqueItems", params: { i: k, j: ie } };
                          r === null ? r = [N] : r.push(N), e++;
                          break e;
                        }
                      }
                    }
                  }
                  else {
                    const $ = { instancePath: s + "/backend", schemaPath: "#/properties/backend/anyOf/1/type", keyword: "type", params: { type: "array" } };
                    r === null ? r = [$] : r.push($), e++;
                  }
                  var c = I === e;
                  h = h || c;
                }
                if (h) e = ce, r !== null && (ce ? r.length = ce : r = null);
                else {
                  const I = { instancePath: s + "/backend", schemaPath: "#/properties/backend/anyOf", keyword: "anyOf", params: {} };
                  return r === null ? r = [I] : r.push(I), e++, u.errors = r, false;
                }
                var i = w === e;
              } else var i = true;
              if (i) {
                if (t.tags !== void 0) {
                  let p = t.tags;
                  const w = e;
                  if (e === w) if (Array.isArray(p)) {
                    if (p.length > 100) return u.errors = [{ instancePath: s + "/tags", schemaPath: "#/properties/tags/maxItems", keyword: "maxItems", params: { limit: 100 } }], false;
                    {
                      var a = true;
                      const h = p.length;
                      for (let d = 0; d < h; d++) {
                        let b = p[d];
                        const I = e;
                        if (e === I) if (typeof b == "string") {
                          if (l(b) > 100) return u.errors = [{ instancePath: s + "/tags/" + d, schemaPath: "#/properties/tags/items/maxLength", keyword: "maxLength", params: { limit: 100 } }], false;
                          if (l(b) < 1) return u.errors = [{ instancePath: s + "/tags/" + d, schemaPath: "#/properties/tags/items/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                        } else return u.errors = [{ instancePath: s + "/tags/" + d, schemaPath: "#/properties/tags/items/type", keyword: "type", params: { type: "string" } }], false;
                        var a = I === e;
                        if (!a) break;
                      }
                    }
                  } else return u.errors = [{ instancePath: s + "/tags", schemaPath: "#/properties/tags/type", keyword: "type", params: { type: "array" } }], false;
                  var i = w === e;
                } else var i = true;
                if (i) {
                  if (t.servers !== void 0) {
                    let p = t.servers;
                    const w = e;
                    if (e === w) if (p && typeof p == "object" && !Array.isArray(p)) {
                      if (Object.keys(p).length > 1e4) return u.errors = [{ instancePath: s + "/servers", schemaPath: "#/properties/servers/maxProperties", keyword: "maxProperties", params: { limit: 1e4 } }], false;
                      for (const h in p) {
                        const d = e;
                        z(h, { instancePath: s + "/servers", parentData: p, parentDataProperty: "servers", rootData: f }) || (r = r === null ? z.errors : r.concat(z.errors), e = r.length);
                        var n = d === e;
                        if (!n) {
                          const b = { instancePath: s + "/servers", schemaPath: "#/properties/servers/propertyNames", keyword: "propertyNames", params: { propertyName: h } };
                          return r === null ? r = [b] : r.push(b), e++, u.errors = r, false;
                          break;
                        }
                      }
                      if (n) for (const h in p) {
                        let d = p[h];
                        const b = e, I = e;
                        let j = false;
                        const $ = e;
                        if (e === $) if (typeof d == "string") {
                          if (l(d) > 200) {
                            const k = { instancePath: s + "/servers/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/servers/additionalProperties/anyOf/0/maxLength", keyword: "maxLength", params: { limit: 200 } };
                            r === null ? r = [k] : r.push(k), e++;
                          }
                        } else {
                          const k = { instancePath: s + "/servers/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/servers/additionalProperties/anyOf/0/type", keyword: "type", params: { type: "string" } };
                          r === null ? r = [k] : r.push(k), e++;
                        }
                        var o = $ === e;
                        if (j = j || o, !j) {
                          const k = e;
                          S(d, { instancePath: s + "/servers/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: p, parentDataProperty: h, rootData: f }) || (r = r === null ? S.errors : r.concat(S.errors), e = r.length);
                          var o = k === e;
                          j = j || o;
                        }
                        if (j) e = I, r !== null && (I ? r.length = I : r = null);
                        else {
                          const k = { instancePath: s + "/servers/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/servers/additionalProperties/anyOf", keyword: "anyOf", params: {} };
                          return r === null ? r = [k] : r.push(k), e++, u.errors = r, false;
                        }
                        var m = b === e;
                        if (!m) break;
                      }
                    } else return u.errors = [{ instancePath: s + "/servers", schemaPath: "#/properties/servers/type", keyword: "type", params: { type: "object" } }], false;
                    var i = w === e;
                  } else var i = true;
                  if (i) {
                    if (t.clients !== void 0) {
                      let p = t.clients;
                      const w = e;
                      if (e === w) if (p && typeof p == "object" && !Array.isArray(p)) {
                        if (Object.keys(p).length > 1e4) return u.errors = [{ instancePath: s + "/clients", schemaPath: "#/properties/clients/maxProperties", keyword: "maxProperties", params: { limit: 1e4 } }], false;
                        for (const h in p) {
                          const d = e;
                          z(h, { instancePath: s + "/clients", parentData: p, parentDataProperty: "clients", rootData: f }) || (r = r === null ? z.errors : r.concat(z.errors), e = r.length);
                          var v = d === e;
                          if (!v) {
                            const b = { instancePath: s + "/clients", schemaPath: "#/properties/clients/propertyNames", keyword: "propertyNames", params: { propertyName: h } };
                            return r === null ? r = [b] : r.push(b), e++, u.errors = r, false;
                            break;
                          }
                        }
                        if (v) for (const h in p) {
                          let d = p[h];
                          const b = e, I = e;
                          let j = false;
                          const $ = e;
                          q(d, { instancePath: s + "/clients/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: p, parentDataProperty: h, rootData: f }) || (r = r === null ? q.errors : r.concat(q.errors), e = r.length);
                          var P = $ === e;
                          if (j = j || P, !j) {
                            const k = e;
                            K(d, { instancePath: s + "/clients/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: p, parentDataProperty: h, rootData: f }) || (r = r === null ? K.errors : r.concat(K.errors), e = r.length);
                            var P = k === e;
                            j = j || P;
                          }
                          if (j) e = I, r !== null && (I ? r.length = I : r = null);
                          else {
                            const k = { instancePath: s + "/clients/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/clients/additionalProperties/anyOf", keyword: "anyOf", params: {} };
                            return r === null ? r = [k] : r.push(k), e++, u.errors = r, false;
                          }
                          var x = b === e;
                          if (!x) break;
                        }
                      } else return u.errors = [{ instancePath: s + "/clients", schemaPath: "#/properties/clients/type", keyword: "type", params: { type: "object" } }], false;
                      var i = w === e;
                    } else var i = true;
                    if (i) {
                      if (t.rules !== void 0) {
                        const p = e;
                        U(t.rules, { instancePath: s + "/rules", parentData: t, parentDataProperty: "rules", rootData: f }) || (r = r === null ? U.errors : r.concat(U.errors), e = r.length);
                        var i = p === e;
                      } else var i = true;
                      if (i) {
                        if (t.ruleset !== void 0) {
                          const p = e;
                          W(t.ruleset, { instancePath: s + "/ruleset", parentData: t, parentDataProperty: "ruleset", rootData: f }) || (r = r === null ? W.errors : r.concat(W.errors), e = r.length);
                          var i = p === e;
                        } else var i = true;
                        if (i) {
                          if (t.probes !== void 0) {
                            const p = e;
                            B(t.probes, { instancePath: s + "/probes", parentData: t, parentDataProperty: "probes", rootData: f }) || (r = r === null ? B.errors : r.concat(B.errors), e = r.length);
                            var i = p === e;
                          } else var i = true;
                          if (i) {
                            if (t.matrix !== void 0) {
                              const p = e;
                              T(t.matrix, { instancePath: s + "/matrix", parentData: t, parentDataProperty: "matrix", rootData: f }) || (r = r === null ? T.errors : r.concat(T.errors), e = r.length);
                              var i = p === e;
                            } else var i = true;
                            if (i) {
                              if (t.phases !== void 0) {
                                let p = t.phases;
                                const w = e;
                                if (e === w) if (Array.isArray(p)) {
                                  if (p.length > 1e3) return u.errors = [{ instancePath: s + "/phases", schemaPath: "#/properties/phases/maxItems", keyword: "maxItems", params: { limit: 1e3 } }], false;
                                  if (p.length < 1) return u.errors = [{ instancePath: s + "/phases", schemaPath: "#/properties/phases/minItems", keyword: "minItems", params: { limit: 1 } }], false;
                                  {
                                    var O = true;
                                    const h = p.length;
                                    for (let d = 0; d < h; d++) {
                                      const b = e;
                                      H(p[d], { instancePath: s + "/phases/" + d, parentData: p, parentDataProperty: d, rootData: f }) || (r = r === null ? H.errors : r.concat(H.errors), e = r.length);
                                      var O = b === e;
                                      if (!O) break;
                                    }
                                  }
                                } else return u.errors = [{ instancePath: s + "/phases", schemaPath: "#/properties/phases/type", keyword: "type", params: { type: "array" } }], false;
                                var i = w === e;
                              } else var i = true;
                              if (i) {
                                if (t.interfaces !== void 0) {
                                  let p = t.interfaces;
                                  const w = e;
                                  if (e === w) if (p && typeof p == "object" && !Array.isArray(p)) {
                                    if (Object.keys(p).length > 100) return u.errors = [{ instancePath: s + "/interfaces", schemaPath: "#/properties/interfaces/maxProperties", keyword: "maxProperties", params: { limit: 100 } }], false;
                                    for (const h in p) {
                                      const d = e;
                                      Z(h, { instancePath: s + "/interfaces", parentData: p, parentDataProperty: "interfaces", rootData: f }) || (r = r === null ? Z.errors : r.concat(Z.errors), e = r.length);
                                      var L = d === e;
                                      if (!L) {
                                        const b = { instancePath: s + "/interfaces", schemaPath: "#/properties/interfaces/propertyNames", keyword: "propertyNames", params: { propertyName: h } };
                                        return r === null ? r = [b] : r.push(b), e++, u.errors = r, false;
                                        break;
                                      }
                                    }
                                    if (L) for (const h in p) {
                                      const d = e;
                                      M(p[h], { instancePath: s + "/interfaces/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: p, parentDataProperty: h, rootData: f }) || (r = r === null ? M.errors : r.concat(M.errors), e = r.length);
                                      var se = d === e;
                                      if (!se) break;
                                    }
                                  } else return u.errors = [{ instancePath: s + "/interfaces", schemaPath: "#/properties/interfaces/type", keyword: "type", params: { type: "object" } }], false;
                                  var i = w === e;
                                } else var i = true;
                                if (i) {
                                  if (t.addresses !== void 0) {
                                    let p = t.addresses;
                                    const w = e;
                                    if (e === w) if (Array.isArray(p)) {
                                      if (p.length > 1e4) return u.errors = [{ instancePath: s + "/addresses", schemaPath: "#/properties/addresses/maxItems", keyword: "maxItems", params: { limit: 1e4 } }], false;
                                      {
                                        var E = true;
                                        const h = p.length;
                                        for (let d = 0; d < h; d++) {
                                          let b = p[d];
                                          const I = e, j = e;
                                          let $ = false;
                                          const k = e;
                                          if (e === k) if (typeof b == "string") {
                                            if (l(b) > 50) {
                                              const N = { instancePath: s + "/addresses/" + d, schemaPath: "#/properties/addresses/items/anyOf/0/maxLength", keyword: "maxLength", params: { limit: 50 } };
                                              r === null ? r = [N] : r.push(N), e++;
                                            }
                                          } else {
                                            const N = { instancePath: s + "/addresses/" + d, schemaPath: "#/properties/addresses/items/anyOf/0/type", keyword: "type", params: { type: "string" } };
                                            r === null ? r = [N] : r.push(N), e++;
                                          }
                                          var me = k === e;
                                          if ($ = $ || me, !$) {
                                            const N = e;
                                            C(b, { instancePath: s + "/addresses/" + d, parentData: p, parentDataProperty: d, rootData: f }) || (r = r === null ? C.errors : r.concat(C.errors), e = r.length);
                                            var me = N === e;
                                            $ = $ || me;
                                          }
                                          if ($) e = j, r !== null && (j ? r.length = j : r = null);
                                          else {
                                            const N = { instancePath: s + "/addresses/" + d, schemaPath: "#/properties/addresses/items/anyOf", keyword: "anyOf", params: {} };
                                            return r === null ? r = [N] : r.push(N), e++, u.errors = r, false;
                                          }
                                          var E = I === e;
                                          if (!E) break;
                                        }
                                      }
                                    } else return u.errors = [{ instancePath: s + "/addresses", schemaPath: "#/properties/addresses/type", keyword: "type", params: { type: "array" } }], false;
                                    var i = w === e;
                                  } else var i = true;
                                  if (i) {
                                    if (t.routes !== void 0) {
                                      let p = t.routes;
                                      const w = e;
                                      if (e === w) if (Array.isArray(p)) {
                                        if (p.length > 1e3) return u.errors = [{ instancePath: s + "/routes", schemaPath: "#/properties/routes/maxItems", keyword: "maxItems", params: { limit: 1e3 } }], false;
                                        {
                                          var ue = true;
                                          const h = p.length;
                                          for (let d = 0; d < h; d++) {
                                            let b = p[d];
                                            const I = e;
                                            if (e === I) if (typeof b == "string") {
                                              if (l(b) > 200) return u.errors = [{ instancePath: s + "/routes/" + d, schemaPath: "#/properties/routes/items/maxLength", keyword: "maxLength", params: { limit: 200 } }], false;
                                              if (l(b) < 1) return u.errors = [{ instancePath: s + "/routes/" + d, schemaPath: "#/properties/routes/items/minLength", keyword: "minLength", params: { limit: 1 } }], false;
                                            } else return u.errors = [{ instancePath: s + "/routes/" + d, schemaPath: "#/properties/routes/items/type", keyword: "type", params: { type: "string" } }], false;
                                            var ue = I === e;
                                            if (!ue) break;
                                          }
                                        }
                                      } else return u.errors = [{ instancePath: s + "/routes", schemaPath: "#/properties/routes/type", keyword: "type", params: { type: "array" } }], false;
                                      var i = w === e;
                                    } else var i = true;
                                    if (i) {
                                      if (t.hosts !== void 0) {
                                        let p = t.hosts;
                                        const w = e;
                                        if (e === w) if (p && typeof p == "object" && !Array.isArray(p)) {
                                          if (Object.keys(p).length > 1e4) return u.errors = [{ instancePath: s + "/hosts", schemaPath: "#/properties/hosts/maxProperties", keyword: "maxProperties", params: { limit: 1e4 } }], false;
                                          for (const h in p) {
                                            const d = e;
                                            z(h, { instancePath: s + "/hosts", parentData: p, parentDataProperty: "hosts", rootData: f }) || (r = r === null ? z.errors : r.concat(z.errors), e = r.length);
                                            var ye = d === e;
                                            if (!ye) {
                                              const b = { instancePath: s + "/hosts", schemaPath: "#/properties/hosts/propertyNames", keyword: "propertyNames", params: { propertyName: h } };
                                              return r === null ? r = [b] : r.push(b), e++, u.errors = r, false;
                                              break;
                                            }
                                          }
                                          if (ye) for (const h in p) {
                                            const d = e;
                                            q(p[h], { instancePath: s + "/hosts/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: p, parentDataProperty: h, rootData: f }) || (r = r === null ? q.errors : r.concat(q.errors), e = r.length);
                                            var ke = d === e;
                                            if (!ke) break;
                                          }
                                        } else return u.errors = [{ instancePath: s + "/hosts", schemaPath: "#/properties/hosts/type", keyword: "type", params: { type: "object" } }], false;
                                        var i = w === e;
                                      } else var i = true;
                                      if (i) {
                                        if (t.sysctl !== void 0) {
                                          let p = t.sysctl;
                                          const w = e;
                                          if (e === w) if (p && typeof p == "object" && !Array.isArray(p)) {
                                            if (Object.keys(p).length > 100) return u.errors = [{ instancePath: s + "/sysctl", schemaPath: "#/properties/sysctl/maxProperties", keyword: "maxProperties", params: { limit: 100 } }], false;
                                            for (const h in p) {
                                              let d = p[h];
                                              const b = e, I = e;
                                              let j = false;
                                              const $ = e;
                                              if (!(typeof d == "number" && !(d % 1) && !isNaN(d) && isFinite(d))) {
                                                const k = { instancePath: s + "/sysctl/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/sysctl/additionalProperties/anyOf/0/type", keyword: "type", params: { type: "integer" } };
                                                r === null ? r = [k] : r.push(k), e++;
                                              }
                                              var fe = $ === e;
                                              if (j = j || fe, !j) {
                                                const k = e;
                                                if (e === k) if (typeof d == "string") {
                                                  if (l(d) > 100) {
                                                    const N = { instancePath: s + "/sysctl/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/sysctl/additionalProperties/anyOf/1/maxLength", keyword: "maxLength", params: { limit: 100 } };
                                                    r === null ? r = [N] : r.push(N), e++;
                                                  } else if (l(d) < 1) {
                                                    const N = { instancePath: s + "/sysctl/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/sysctl/additionalProperties/anyOf/1/minLength", keyword: "minLength", params: { limit: 1 } };
                                                    r === null ? r = [N] : r.push(N), e++;
                                                  }
                                                } else {
                                                  const N = { instancePath: s + "/sysctl/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/sysctl/additionalProperties/anyOf/1/type", keyword: "type", params: { type: "string" } };
                                                  r === null ? r = [N] : r.push(N), e++;
                                                }
                                                var fe = k === e;
                                                j = j || fe;
                                              }
                                              if (j) e = I, r !== null && (I ? r.length = I : r = null);
                                              else {
                                                const k = { instancePath: s + "/sysctl/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), schemaPath: "#/properties/sysctl/additionalProperties/anyOf", keyword: "anyOf", params: {} };
                                                return r === null ? r = [k] : r.push(k), e++, u.errors = r, false;
                                              }
                                              var xe = b === e;
                                              if (!xe) break;
                                            }
                                          } else return u.errors = [{ instancePath: s + "/sysctl", schemaPath: "#/properties/sysctl/type", keyword: "type", params: { type: "object" } }], false;
                                          var i = w === e;
                                        } else var i = true;
                                        if (i) {
                                          if (t.loopback !== void 0) {
                                            let p = t.loopback;
                                            const w = e;
                                            if (!(p === "up" || p === "down")) return u.errors = [{ instancePath: s + "/loopback", schemaPath: "#/properties/loopback/enum", keyword: "enum", params: { allowedValues: we.properties.loopback.enum } }], false;
                                            var i = w === e;
                                          } else var i = true;
                                          if (i) if (t.counters !== void 0) {
                                            let p = t.counters;
                                            const w = e;
                                            if (e === w) if (p && typeof p == "object" && !Array.isArray(p)) {
                                              if (Object.keys(p).length > 100) return u.errors = [{ instancePath: s + "/counters", schemaPath: "#/properties/counters/maxProperties", keyword: "maxProperties", params: { limit: 100 } }], false;
                                              if (Object.keys(p).length < 1) return u.errors = [{ instancePath: s + "/counters", schemaPath: "#/properties/counters/minProperties", keyword: "minProperties", params: { limit: 1 } }], false;
                                              for (const h in p) {
                                                const d = e;
                                                Z(h, { instancePath: s + "/counters", parentData: p, parentDataProperty: "counters", rootData: f }) || (r = r === null ? Z.errors : r.concat(Z.errors), e = r.length);
                                                var ge = d === e;
                                                if (!ge) {
                                                  const b = { instancePath: s + "/counters", schemaPath: "#/properties/counters/propertyNames", keyword: "propertyNames", params: { propertyName: h } };
                                                  return r === null ? r = [b] : r.push(b), e++, u.errors = r, false;
                                                  break;
                                                }
                                              }
                                              if (ge) for (const h in p) {
                                                const d = e;
                                                te(p[h], { instancePath: s + "/counters/" + h.replace(/~/g, "~0").replace(/\//g, "~1"), parentData: p, parentDataProperty: h, rootData: f }) || (r = r === null ? te.errors : r.concat(te.errors), e = r.length);
                                                var be = d === e;
                                                if (!be) break;
                                              }
                                            } else return u.errors = [{ instancePath: s + "/counters", schemaPath: "#/properties/counters/type", keyword: "type", params: { type: "object" } }], false;
                                            var i = w === e;
                                          } else var i = true;
                                        }
                                      }
                                    }
                                  }
                                }
                              }
                            }
                          }
                        }
                      }
                    }
                  }
                }
              }
            }
          }
        }
      }
    }
  } else return u.errors = [{ instancePath: s, schemaPath: "#/type", keyword: "type", params: { type: "object" } }], false;
  return u.errors = r, e === 0;
}
function le(t, { instancePath: s = "", parentData: _, parentDataProperty: D, rootData: f = t } = {}) {
  let r = null, e = 0;
  const i = e;
  let c = false;
  const y = e;
  u(t, { instancePath: s, parentData: _, parentDataProperty: D, rootData: f }) || (r = r === null ? u.errors : r.concat(u.errors), e = r.length);
  var a = y === e;
  if (c = c || a, !c) {
    const o = e;
    if (e === o) if (Array.isArray(t)) if (t.length > 1e4) {
      const v = { instancePath: s, schemaPath: "#/anyOf/1/maxItems", keyword: "maxItems", params: { limit: 1e4 } };
      r === null ? r = [v] : r.push(v), e++;
    } else if (t.length < 1) {
      const v = { instancePath: s, schemaPath: "#/anyOf/1/minItems", keyword: "minItems", params: { limit: 1 } };
      r === null ? r = [v] : r.push(v), e++;
    } else {
      var n = true;
      const v = t.length;
      for (let P = 0; P < v; P++) {
        const x = e;
        u(t[P], { instancePath: s + "/" + P, parentData: t, parentDataProperty: P, rootData: f }) || (r = r === null ? u.errors : r.concat(u.errors), e = r.length);
        var n = x === e;
        if (!n) break;
      }
    }
    else {
      const v = { instancePath: s, schemaPath: "#/anyOf/1/type", keyword: "type", params: { type: "array" } };
      r === null ? r = [v] : r.push(v), e++;
    }
    var a = o === e;
    c = c || a;
  }
  if (c) e = i, r !== null && (i ? r.length = i : r = null);
  else {
    const o = { instancePath: s, schemaPath: "#/anyOf", keyword: "anyOf", params: {} };
    return r === null ? r = [o] : r.push(o), e++, le.errors = r, false;
  }
  return le.errors = r, e === 0;
}
function or(t) {
  if (De(t)) return [];
  const s = Ze(import.meta.url)("../spec/full-validator.cjs").validate;
  return s(t) ? [] : s.errors;
}

// dist/spec/locate-pointer.js
function joinPointer(pointer, key) {
  return `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}
function locatePointer(root, pointer, at2 = "value") {
  let node = root;
  let member;
  for (const step of pointer.split("/").slice(1)) {
    const key = step.replaceAll("~1", "/").replaceAll("~0", "~");
    member = node.type === "Object" ? node.members.findLast(({ name }) => getKey(name) === key) : void 0;
    const next = node.type === "Array" ? node.elements[Number(key)]?.value : member?.value;
    if (next === void 0) {
      break;
    }
    node = next;
  }
  const { line, column } = (at2 === "key" && member !== void 0 ? member.name : node).loc.start;
  return { line, column };
}
function getKey(name) {
  return name.type === "String" ? name.value : name.name;
}

// dist/spec/check-schema.js
var ECHOES = /* @__PURE__ */ new Set(["if", "propertyNames"]);
function checkSchema(value, problems) {
  for (const error of or(value)) {
    if (ECHOES.has(error.keyword)) {
      continue;
    }
    const key = getKeyAtFault(error);
    if (key === void 0) {
      problems.add(error.instancePath, describeSchemaError(error));
    } else {
      problems.add(joinPointer(error.instancePath, key), describeSchemaError(error), "key");
    }
  }
}
function getKeyAtFault(error) {
  return error.propertyName ?? error.params.additionalProperty;
}

// dist/spec/find-duplicate-keys.js
function findDuplicateKeys(node, problems, pointer = "") {
  if (node.type === "Array") {
    node.elements.forEach((element, index) => findDuplicateKeys(element.value, problems, joinPointer(pointer, index)));
  } else if (node.type === "Object") {
    const first = /* @__PURE__ */ new Map();
    for (const { name, value } of node.members) {
      const key = getKey(name);
      const inner = joinPointer(pointer, key);
      const line = first.get(key);
      if (line === void 0) {
        first.set(key, name.loc.start.line);
      } else {
        problems.addAt({ line: name.loc.start.line, column: name.loc.start.column }, inner, `duplicate key ${quote(key)}: the first is on line ${line}`);
      }
      findDuplicateKeys(value, problems, inner);
    }
  }
}

// node_modules/@humanwhocodes/momoa/dist/momoa.js
var CHAR_0 = 48;
var CHAR_1 = 49;
var CHAR_9 = 57;
var CHAR_BACKSLASH = 92;
var CHAR_DOLLAR = 36;
var CHAR_DOT = 46;
var CHAR_DOUBLE_QUOTE = 34;
var CHAR_LOWER_A = 97;
var CHAR_LOWER_E = 101;
var CHAR_LOWER_F = 102;
var CHAR_LOWER_N = 110;
var CHAR_LOWER_T = 116;
var CHAR_LOWER_U = 117;
var CHAR_LOWER_X = 120;
var CHAR_LOWER_Z = 122;
var CHAR_MINUS = 45;
var CHAR_NEWLINE = 10;
var CHAR_PLUS = 43;
var CHAR_RETURN = 13;
var CHAR_SINGLE_QUOTE = 39;
var CHAR_SLASH = 47;
var CHAR_SPACE = 32;
var CHAR_TAB = 9;
var CHAR_UNDERSCORE = 95;
var CHAR_UPPER_A = 65;
var CHAR_UPPER_E = 69;
var CHAR_UPPER_F = 70;
var CHAR_UPPER_N = 78;
var CHAR_UPPER_X = 88;
var CHAR_UPPER_Z = 90;
var CHAR_LOWER_B = 98;
var CHAR_LOWER_R = 114;
var CHAR_LOWER_V = 118;
var CHAR_LINE_SEPARATOR = 8232;
var CHAR_PARAGRAPH_SEPARATOR = 8233;
var CHAR_UPPER_I = 73;
var CHAR_STAR = 42;
var CHAR_VTAB = 11;
var CHAR_FORM_FEED = 12;
var CHAR_NBSP = 160;
var CHAR_BOM = 65279;
var CHAR_NON_BREAKING_SPACE = 160;
var CHAR_EN_QUAD = 8192;
var CHAR_EM_QUAD = 8193;
var CHAR_EN_SPACE = 8194;
var CHAR_EM_SPACE = 8195;
var CHAR_THREE_PER_EM_SPACE = 8196;
var CHAR_FOUR_PER_EM_SPACE = 8197;
var CHAR_SIX_PER_EM_SPACE = 8198;
var CHAR_FIGURE_SPACE = 8199;
var CHAR_PUNCTUATION_SPACE = 8200;
var CHAR_THIN_SPACE = 8201;
var CHAR_HAIR_SPACE = 8202;
var CHAR_NARROW_NO_BREAK_SPACE = 8239;
var CHAR_MEDIUM_MATHEMATICAL_SPACE = 8287;
var CHAR_IDEOGRAPHIC_SPACE = 12288;
var LBRACKET = "[";
var RBRACKET = "]";
var LBRACE = "{";
var RBRACE = "}";
var COLON = ":";
var COMMA = ",";
var TRUE = "true";
var FALSE = "false";
var NULL = "null";
var NAN$1 = "NaN";
var INFINITY$1 = "Infinity";
var QUOTE = '"';
var escapeToChar = /* @__PURE__ */ new Map([
  [CHAR_DOUBLE_QUOTE, QUOTE],
  [CHAR_BACKSLASH, "\\"],
  [CHAR_SLASH, "/"],
  [CHAR_LOWER_B, "\b"],
  [CHAR_LOWER_N, "\n"],
  [CHAR_LOWER_F, "\f"],
  [CHAR_LOWER_R, "\r"],
  [CHAR_LOWER_T, "	"]
]);
var json5EscapeToChar = new Map([
  ...escapeToChar,
  [CHAR_LOWER_V, "\v"],
  [CHAR_0, "\0"]
]);
var charToEscape = /* @__PURE__ */ new Map([
  [QUOTE, QUOTE],
  ["\\", "\\"],
  ["/", "/"],
  ["\b", "b"],
  ["\n", "n"],
  ["\f", "f"],
  ["\r", "r"],
  ["	", "t"]
]);
var json5CharToEscape = new Map([
  ...charToEscape,
  ["\v", "v"],
  ["\0", "0"],
  ["\u2028", "u2028"],
  ["\u2029", "u2029"]
]);
var knownTokenTypes = /* @__PURE__ */ new Map([
  [LBRACKET, "LBracket"],
  [RBRACKET, "RBracket"],
  [LBRACE, "LBrace"],
  [RBRACE, "RBrace"],
  [COLON, "Colon"],
  [COMMA, "Comma"],
  [TRUE, "Boolean"],
  [FALSE, "Boolean"],
  [NULL, "Null"]
]);
var knownJSON5TokenTypes = new Map([
  ...knownTokenTypes,
  [NAN$1, "Number"],
  [INFINITY$1, "Number"]
]);
var json5LineTerminators = /* @__PURE__ */ new Set([
  CHAR_NEWLINE,
  CHAR_RETURN,
  CHAR_LINE_SEPARATOR,
  CHAR_PARAGRAPH_SEPARATOR
]);
var ErrorWithLocation = class extends Error {
  /**
   * Creates a new instance.
   * @param {string} message The error message to report. 
   * @param {Location} loc The location information for the error.
   */
  constructor(message, { line, column, offset }) {
    super(`${message} (${line}:${column})`);
    this.line = line;
    this.column = column;
    this.offset = offset;
  }
};
var UnexpectedChar = class extends ErrorWithLocation {
  /**
   * Creates a new instance.
   * @param {number} unexpected The character that was found.
   * @param {Location} loc The location information for the found character.
   */
  constructor(unexpected, loc) {
    super(`Unexpected character '${String.fromCharCode(unexpected)}' found.`, loc);
  }
};
var UnexpectedIdentifier = class extends ErrorWithLocation {
  /**
   * Creates a new instance.
   * @param {string} unexpected The character that was found.
   * @param {Location} loc The location information for the found character.
   */
  constructor(unexpected, loc) {
    super(`Unexpected identifier '${unexpected}' found.`, loc);
  }
};
var UnexpectedToken = class extends ErrorWithLocation {
  /**
   * Creates a new instance.
   * @param {Token} token The token that was found. 
   */
  constructor(token) {
    super(`Unexpected token ${token.type} found.`, token.loc.start);
  }
};
var UnexpectedEOF = class extends ErrorWithLocation {
  /**
   * Creates a new instance.
   * @param {Location} loc The location information for the found character.
   */
  constructor(loc) {
    super("Unexpected end of input found.", loc);
  }
};
var ID_Start = /[\xAA\xB5\xBA\xC0-\xD6\xD8-\xF6\xF8-\u02C1\u02C6-\u02D1\u02E0-\u02E4\u02EC\u02EE\u0370-\u0374\u0376\u0377\u037A-\u037D\u037F\u0386\u0388-\u038A\u038C\u038E-\u03A1\u03A3-\u03F5\u03F7-\u0481\u048A-\u052F\u0531-\u0556\u0559\u0561-\u0587\u05D0-\u05EA\u05F0-\u05F2\u0620-\u064A\u066E\u066F\u0671-\u06D3\u06D5\u06E5\u06E6\u06EE\u06EF\u06FA-\u06FC\u06FF\u0710\u0712-\u072F\u074D-\u07A5\u07B1\u07CA-\u07EA\u07F4\u07F5\u07FA\u0800-\u0815\u081A\u0824\u0828\u0840-\u0858\u0860-\u086A\u08A0-\u08B4\u08B6-\u08BD\u0904-\u0939\u093D\u0950\u0958-\u0961\u0971-\u0980\u0985-\u098C\u098F\u0990\u0993-\u09A8\u09AA-\u09B0\u09B2\u09B6-\u09B9\u09BD\u09CE\u09DC\u09DD\u09DF-\u09E1\u09F0\u09F1\u09FC\u0A05-\u0A0A\u0A0F\u0A10\u0A13-\u0A28\u0A2A-\u0A30\u0A32\u0A33\u0A35\u0A36\u0A38\u0A39\u0A59-\u0A5C\u0A5E\u0A72-\u0A74\u0A85-\u0A8D\u0A8F-\u0A91\u0A93-\u0AA8\u0AAA-\u0AB0\u0AB2\u0AB3\u0AB5-\u0AB9\u0ABD\u0AD0\u0AE0\u0AE1\u0AF9\u0B05-\u0B0C\u0B0F\u0B10\u0B13-\u0B28\u0B2A-\u0B30\u0B32\u0B33\u0B35-\u0B39\u0B3D\u0B5C\u0B5D\u0B5F-\u0B61\u0B71\u0B83\u0B85-\u0B8A\u0B8E-\u0B90\u0B92-\u0B95\u0B99\u0B9A\u0B9C\u0B9E\u0B9F\u0BA3\u0BA4\u0BA8-\u0BAA\u0BAE-\u0BB9\u0BD0\u0C05-\u0C0C\u0C0E-\u0C10\u0C12-\u0C28\u0C2A-\u0C39\u0C3D\u0C58-\u0C5A\u0C60\u0C61\u0C80\u0C85-\u0C8C\u0C8E-\u0C90\u0C92-\u0CA8\u0CAA-\u0CB3\u0CB5-\u0CB9\u0CBD\u0CDE\u0CE0\u0CE1\u0CF1\u0CF2\u0D05-\u0D0C\u0D0E-\u0D10\u0D12-\u0D3A\u0D3D\u0D4E\u0D54-\u0D56\u0D5F-\u0D61\u0D7A-\u0D7F\u0D85-\u0D96\u0D9A-\u0DB1\u0DB3-\u0DBB\u0DBD\u0DC0-\u0DC6\u0E01-\u0E30\u0E32\u0E33\u0E40-\u0E46\u0E81\u0E82\u0E84\u0E87\u0E88\u0E8A\u0E8D\u0E94-\u0E97\u0E99-\u0E9F\u0EA1-\u0EA3\u0EA5\u0EA7\u0EAA\u0EAB\u0EAD-\u0EB0\u0EB2\u0EB3\u0EBD\u0EC0-\u0EC4\u0EC6\u0EDC-\u0EDF\u0F00\u0F40-\u0F47\u0F49-\u0F6C\u0F88-\u0F8C\u1000-\u102A\u103F\u1050-\u1055\u105A-\u105D\u1061\u1065\u1066\u106E-\u1070\u1075-\u1081\u108E\u10A0-\u10C5\u10C7\u10CD\u10D0-\u10FA\u10FC-\u1248\u124A-\u124D\u1250-\u1256\u1258\u125A-\u125D\u1260-\u1288\u128A-\u128D\u1290-\u12B0\u12B2-\u12B5\u12B8-\u12BE\u12C0\u12C2-\u12C5\u12C8-\u12D6\u12D8-\u1310\u1312-\u1315\u1318-\u135A\u1380-\u138F\u13A0-\u13F5\u13F8-\u13FD\u1401-\u166C\u166F-\u167F\u1681-\u169A\u16A0-\u16EA\u16EE-\u16F8\u1700-\u170C\u170E-\u1711\u1720-\u1731\u1740-\u1751\u1760-\u176C\u176E-\u1770\u1780-\u17B3\u17D7\u17DC\u1820-\u1877\u1880-\u1884\u1887-\u18A8\u18AA\u18B0-\u18F5\u1900-\u191E\u1950-\u196D\u1970-\u1974\u1980-\u19AB\u19B0-\u19C9\u1A00-\u1A16\u1A20-\u1A54\u1AA7\u1B05-\u1B33\u1B45-\u1B4B\u1B83-\u1BA0\u1BAE\u1BAF\u1BBA-\u1BE5\u1C00-\u1C23\u1C4D-\u1C4F\u1C5A-\u1C7D\u1C80-\u1C88\u1CE9-\u1CEC\u1CEE-\u1CF1\u1CF5\u1CF6\u1D00-\u1DBF\u1E00-\u1F15\u1F18-\u1F1D\u1F20-\u1F45\u1F48-\u1F4D\u1F50-\u1F57\u1F59\u1F5B\u1F5D\u1F5F-\u1F7D\u1F80-\u1FB4\u1FB6-\u1FBC\u1FBE\u1FC2-\u1FC4\u1FC6-\u1FCC\u1FD0-\u1FD3\u1FD6-\u1FDB\u1FE0-\u1FEC\u1FF2-\u1FF4\u1FF6-\u1FFC\u2071\u207F\u2090-\u209C\u2102\u2107\u210A-\u2113\u2115\u2119-\u211D\u2124\u2126\u2128\u212A-\u212D\u212F-\u2139\u213C-\u213F\u2145-\u2149\u214E\u2160-\u2188\u2C00-\u2C2E\u2C30-\u2C5E\u2C60-\u2CE4\u2CEB-\u2CEE\u2CF2\u2CF3\u2D00-\u2D25\u2D27\u2D2D\u2D30-\u2D67\u2D6F\u2D80-\u2D96\u2DA0-\u2DA6\u2DA8-\u2DAE\u2DB0-\u2DB6\u2DB8-\u2DBE\u2DC0-\u2DC6\u2DC8-\u2DCE\u2DD0-\u2DD6\u2DD8-\u2DDE\u2E2F\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3038-\u303C\u3041-\u3096\u309D-\u309F\u30A1-\u30FA\u30FC-\u30FF\u3105-\u312E\u3131-\u318E\u31A0-\u31BA\u31F0-\u31FF\u3400-\u4DB5\u4E00-\u9FEA\uA000-\uA48C\uA4D0-\uA4FD\uA500-\uA60C\uA610-\uA61F\uA62A\uA62B\uA640-\uA66E\uA67F-\uA69D\uA6A0-\uA6EF\uA717-\uA71F\uA722-\uA788\uA78B-\uA7AE\uA7B0-\uA7B7\uA7F7-\uA801\uA803-\uA805\uA807-\uA80A\uA80C-\uA822\uA840-\uA873\uA882-\uA8B3\uA8F2-\uA8F7\uA8FB\uA8FD\uA90A-\uA925\uA930-\uA946\uA960-\uA97C\uA984-\uA9B2\uA9CF\uA9E0-\uA9E4\uA9E6-\uA9EF\uA9FA-\uA9FE\uAA00-\uAA28\uAA40-\uAA42\uAA44-\uAA4B\uAA60-\uAA76\uAA7A\uAA7E-\uAAAF\uAAB1\uAAB5\uAAB6\uAAB9-\uAABD\uAAC0\uAAC2\uAADB-\uAADD\uAAE0-\uAAEA\uAAF2-\uAAF4\uAB01-\uAB06\uAB09-\uAB0E\uAB11-\uAB16\uAB20-\uAB26\uAB28-\uAB2E\uAB30-\uAB5A\uAB5C-\uAB65\uAB70-\uABE2\uAC00-\uD7A3\uD7B0-\uD7C6\uD7CB-\uD7FB\uF900-\uFA6D\uFA70-\uFAD9\uFB00-\uFB06\uFB13-\uFB17\uFB1D\uFB1F-\uFB28\uFB2A-\uFB36\uFB38-\uFB3C\uFB3E\uFB40\uFB41\uFB43\uFB44\uFB46-\uFBB1\uFBD3-\uFD3D\uFD50-\uFD8F\uFD92-\uFDC7\uFDF0-\uFDFB\uFE70-\uFE74\uFE76-\uFEFC\uFF21-\uFF3A\uFF41-\uFF5A\uFF66-\uFFBE\uFFC2-\uFFC7\uFFCA-\uFFCF\uFFD2-\uFFD7\uFFDA-\uFFDC]|\uD800[\uDC00-\uDC0B\uDC0D-\uDC26\uDC28-\uDC3A\uDC3C\uDC3D\uDC3F-\uDC4D\uDC50-\uDC5D\uDC80-\uDCFA\uDD40-\uDD74\uDE80-\uDE9C\uDEA0-\uDED0\uDF00-\uDF1F\uDF2D-\uDF4A\uDF50-\uDF75\uDF80-\uDF9D\uDFA0-\uDFC3\uDFC8-\uDFCF\uDFD1-\uDFD5]|\uD801[\uDC00-\uDC9D\uDCB0-\uDCD3\uDCD8-\uDCFB\uDD00-\uDD27\uDD30-\uDD63\uDE00-\uDF36\uDF40-\uDF55\uDF60-\uDF67]|\uD802[\uDC00-\uDC05\uDC08\uDC0A-\uDC35\uDC37\uDC38\uDC3C\uDC3F-\uDC55\uDC60-\uDC76\uDC80-\uDC9E\uDCE0-\uDCF2\uDCF4\uDCF5\uDD00-\uDD15\uDD20-\uDD39\uDD80-\uDDB7\uDDBE\uDDBF\uDE00\uDE10-\uDE13\uDE15-\uDE17\uDE19-\uDE33\uDE60-\uDE7C\uDE80-\uDE9C\uDEC0-\uDEC7\uDEC9-\uDEE4\uDF00-\uDF35\uDF40-\uDF55\uDF60-\uDF72\uDF80-\uDF91]|\uD803[\uDC00-\uDC48\uDC80-\uDCB2\uDCC0-\uDCF2]|\uD804[\uDC03-\uDC37\uDC83-\uDCAF\uDCD0-\uDCE8\uDD03-\uDD26\uDD50-\uDD72\uDD76\uDD83-\uDDB2\uDDC1-\uDDC4\uDDDA\uDDDC\uDE00-\uDE11\uDE13-\uDE2B\uDE80-\uDE86\uDE88\uDE8A-\uDE8D\uDE8F-\uDE9D\uDE9F-\uDEA8\uDEB0-\uDEDE\uDF05-\uDF0C\uDF0F\uDF10\uDF13-\uDF28\uDF2A-\uDF30\uDF32\uDF33\uDF35-\uDF39\uDF3D\uDF50\uDF5D-\uDF61]|\uD805[\uDC00-\uDC34\uDC47-\uDC4A\uDC80-\uDCAF\uDCC4\uDCC5\uDCC7\uDD80-\uDDAE\uDDD8-\uDDDB\uDE00-\uDE2F\uDE44\uDE80-\uDEAA\uDF00-\uDF19]|\uD806[\uDCA0-\uDCDF\uDCFF\uDE00\uDE0B-\uDE32\uDE3A\uDE50\uDE5C-\uDE83\uDE86-\uDE89\uDEC0-\uDEF8]|\uD807[\uDC00-\uDC08\uDC0A-\uDC2E\uDC40\uDC72-\uDC8F\uDD00-\uDD06\uDD08\uDD09\uDD0B-\uDD30\uDD46]|\uD808[\uDC00-\uDF99]|\uD809[\uDC00-\uDC6E\uDC80-\uDD43]|[\uD80C\uD81C-\uD820\uD840-\uD868\uD86A-\uD86C\uD86F-\uD872\uD874-\uD879][\uDC00-\uDFFF]|\uD80D[\uDC00-\uDC2E]|\uD811[\uDC00-\uDE46]|\uD81A[\uDC00-\uDE38\uDE40-\uDE5E\uDED0-\uDEED\uDF00-\uDF2F\uDF40-\uDF43\uDF63-\uDF77\uDF7D-\uDF8F]|\uD81B[\uDF00-\uDF44\uDF50\uDF93-\uDF9F\uDFE0\uDFE1]|\uD821[\uDC00-\uDFEC]|\uD822[\uDC00-\uDEF2]|\uD82C[\uDC00-\uDD1E\uDD70-\uDEFB]|\uD82F[\uDC00-\uDC6A\uDC70-\uDC7C\uDC80-\uDC88\uDC90-\uDC99]|\uD835[\uDC00-\uDC54\uDC56-\uDC9C\uDC9E\uDC9F\uDCA2\uDCA5\uDCA6\uDCA9-\uDCAC\uDCAE-\uDCB9\uDCBB\uDCBD-\uDCC3\uDCC5-\uDD05\uDD07-\uDD0A\uDD0D-\uDD14\uDD16-\uDD1C\uDD1E-\uDD39\uDD3B-\uDD3E\uDD40-\uDD44\uDD46\uDD4A-\uDD50\uDD52-\uDEA5\uDEA8-\uDEC0\uDEC2-\uDEDA\uDEDC-\uDEFA\uDEFC-\uDF14\uDF16-\uDF34\uDF36-\uDF4E\uDF50-\uDF6E\uDF70-\uDF88\uDF8A-\uDFA8\uDFAA-\uDFC2\uDFC4-\uDFCB]|\uD83A[\uDC00-\uDCC4\uDD00-\uDD43]|\uD83B[\uDE00-\uDE03\uDE05-\uDE1F\uDE21\uDE22\uDE24\uDE27\uDE29-\uDE32\uDE34-\uDE37\uDE39\uDE3B\uDE42\uDE47\uDE49\uDE4B\uDE4D-\uDE4F\uDE51\uDE52\uDE54\uDE57\uDE59\uDE5B\uDE5D\uDE5F\uDE61\uDE62\uDE64\uDE67-\uDE6A\uDE6C-\uDE72\uDE74-\uDE77\uDE79-\uDE7C\uDE7E\uDE80-\uDE89\uDE8B-\uDE9B\uDEA1-\uDEA3\uDEA5-\uDEA9\uDEAB-\uDEBB]|\uD869[\uDC00-\uDED6\uDF00-\uDFFF]|\uD86D[\uDC00-\uDF34\uDF40-\uDFFF]|\uD86E[\uDC00-\uDC1D\uDC20-\uDFFF]|\uD873[\uDC00-\uDEA1\uDEB0-\uDFFF]|\uD87A[\uDC00-\uDFE0]|\uD87E[\uDC00-\uDE1D]/;
var ID_Continue = /[\xAA\xB5\xBA\xC0-\xD6\xD8-\xF6\xF8-\u02C1\u02C6-\u02D1\u02E0-\u02E4\u02EC\u02EE\u0300-\u0374\u0376\u0377\u037A-\u037D\u037F\u0386\u0388-\u038A\u038C\u038E-\u03A1\u03A3-\u03F5\u03F7-\u0481\u0483-\u0487\u048A-\u052F\u0531-\u0556\u0559\u0561-\u0587\u0591-\u05BD\u05BF\u05C1\u05C2\u05C4\u05C5\u05C7\u05D0-\u05EA\u05F0-\u05F2\u0610-\u061A\u0620-\u0669\u066E-\u06D3\u06D5-\u06DC\u06DF-\u06E8\u06EA-\u06FC\u06FF\u0710-\u074A\u074D-\u07B1\u07C0-\u07F5\u07FA\u0800-\u082D\u0840-\u085B\u0860-\u086A\u08A0-\u08B4\u08B6-\u08BD\u08D4-\u08E1\u08E3-\u0963\u0966-\u096F\u0971-\u0983\u0985-\u098C\u098F\u0990\u0993-\u09A8\u09AA-\u09B0\u09B2\u09B6-\u09B9\u09BC-\u09C4\u09C7\u09C8\u09CB-\u09CE\u09D7\u09DC\u09DD\u09DF-\u09E3\u09E6-\u09F1\u09FC\u0A01-\u0A03\u0A05-\u0A0A\u0A0F\u0A10\u0A13-\u0A28\u0A2A-\u0A30\u0A32\u0A33\u0A35\u0A36\u0A38\u0A39\u0A3C\u0A3E-\u0A42\u0A47\u0A48\u0A4B-\u0A4D\u0A51\u0A59-\u0A5C\u0A5E\u0A66-\u0A75\u0A81-\u0A83\u0A85-\u0A8D\u0A8F-\u0A91\u0A93-\u0AA8\u0AAA-\u0AB0\u0AB2\u0AB3\u0AB5-\u0AB9\u0ABC-\u0AC5\u0AC7-\u0AC9\u0ACB-\u0ACD\u0AD0\u0AE0-\u0AE3\u0AE6-\u0AEF\u0AF9-\u0AFF\u0B01-\u0B03\u0B05-\u0B0C\u0B0F\u0B10\u0B13-\u0B28\u0B2A-\u0B30\u0B32\u0B33\u0B35-\u0B39\u0B3C-\u0B44\u0B47\u0B48\u0B4B-\u0B4D\u0B56\u0B57\u0B5C\u0B5D\u0B5F-\u0B63\u0B66-\u0B6F\u0B71\u0B82\u0B83\u0B85-\u0B8A\u0B8E-\u0B90\u0B92-\u0B95\u0B99\u0B9A\u0B9C\u0B9E\u0B9F\u0BA3\u0BA4\u0BA8-\u0BAA\u0BAE-\u0BB9\u0BBE-\u0BC2\u0BC6-\u0BC8\u0BCA-\u0BCD\u0BD0\u0BD7\u0BE6-\u0BEF\u0C00-\u0C03\u0C05-\u0C0C\u0C0E-\u0C10\u0C12-\u0C28\u0C2A-\u0C39\u0C3D-\u0C44\u0C46-\u0C48\u0C4A-\u0C4D\u0C55\u0C56\u0C58-\u0C5A\u0C60-\u0C63\u0C66-\u0C6F\u0C80-\u0C83\u0C85-\u0C8C\u0C8E-\u0C90\u0C92-\u0CA8\u0CAA-\u0CB3\u0CB5-\u0CB9\u0CBC-\u0CC4\u0CC6-\u0CC8\u0CCA-\u0CCD\u0CD5\u0CD6\u0CDE\u0CE0-\u0CE3\u0CE6-\u0CEF\u0CF1\u0CF2\u0D00-\u0D03\u0D05-\u0D0C\u0D0E-\u0D10\u0D12-\u0D44\u0D46-\u0D48\u0D4A-\u0D4E\u0D54-\u0D57\u0D5F-\u0D63\u0D66-\u0D6F\u0D7A-\u0D7F\u0D82\u0D83\u0D85-\u0D96\u0D9A-\u0DB1\u0DB3-\u0DBB\u0DBD\u0DC0-\u0DC6\u0DCA\u0DCF-\u0DD4\u0DD6\u0DD8-\u0DDF\u0DE6-\u0DEF\u0DF2\u0DF3\u0E01-\u0E3A\u0E40-\u0E4E\u0E50-\u0E59\u0E81\u0E82\u0E84\u0E87\u0E88\u0E8A\u0E8D\u0E94-\u0E97\u0E99-\u0E9F\u0EA1-\u0EA3\u0EA5\u0EA7\u0EAA\u0EAB\u0EAD-\u0EB9\u0EBB-\u0EBD\u0EC0-\u0EC4\u0EC6\u0EC8-\u0ECD\u0ED0-\u0ED9\u0EDC-\u0EDF\u0F00\u0F18\u0F19\u0F20-\u0F29\u0F35\u0F37\u0F39\u0F3E-\u0F47\u0F49-\u0F6C\u0F71-\u0F84\u0F86-\u0F97\u0F99-\u0FBC\u0FC6\u1000-\u1049\u1050-\u109D\u10A0-\u10C5\u10C7\u10CD\u10D0-\u10FA\u10FC-\u1248\u124A-\u124D\u1250-\u1256\u1258\u125A-\u125D\u1260-\u1288\u128A-\u128D\u1290-\u12B0\u12B2-\u12B5\u12B8-\u12BE\u12C0\u12C2-\u12C5\u12C8-\u12D6\u12D8-\u1310\u1312-\u1315\u1318-\u135A\u135D-\u135F\u1380-\u138F\u13A0-\u13F5\u13F8-\u13FD\u1401-\u166C\u166F-\u167F\u1681-\u169A\u16A0-\u16EA\u16EE-\u16F8\u1700-\u170C\u170E-\u1714\u1720-\u1734\u1740-\u1753\u1760-\u176C\u176E-\u1770\u1772\u1773\u1780-\u17D3\u17D7\u17DC\u17DD\u17E0-\u17E9\u180B-\u180D\u1810-\u1819\u1820-\u1877\u1880-\u18AA\u18B0-\u18F5\u1900-\u191E\u1920-\u192B\u1930-\u193B\u1946-\u196D\u1970-\u1974\u1980-\u19AB\u19B0-\u19C9\u19D0-\u19D9\u1A00-\u1A1B\u1A20-\u1A5E\u1A60-\u1A7C\u1A7F-\u1A89\u1A90-\u1A99\u1AA7\u1AB0-\u1ABD\u1B00-\u1B4B\u1B50-\u1B59\u1B6B-\u1B73\u1B80-\u1BF3\u1C00-\u1C37\u1C40-\u1C49\u1C4D-\u1C7D\u1C80-\u1C88\u1CD0-\u1CD2\u1CD4-\u1CF9\u1D00-\u1DF9\u1DFB-\u1F15\u1F18-\u1F1D\u1F20-\u1F45\u1F48-\u1F4D\u1F50-\u1F57\u1F59\u1F5B\u1F5D\u1F5F-\u1F7D\u1F80-\u1FB4\u1FB6-\u1FBC\u1FBE\u1FC2-\u1FC4\u1FC6-\u1FCC\u1FD0-\u1FD3\u1FD6-\u1FDB\u1FE0-\u1FEC\u1FF2-\u1FF4\u1FF6-\u1FFC\u203F\u2040\u2054\u2071\u207F\u2090-\u209C\u20D0-\u20DC\u20E1\u20E5-\u20F0\u2102\u2107\u210A-\u2113\u2115\u2119-\u211D\u2124\u2126\u2128\u212A-\u212D\u212F-\u2139\u213C-\u213F\u2145-\u2149\u214E\u2160-\u2188\u2C00-\u2C2E\u2C30-\u2C5E\u2C60-\u2CE4\u2CEB-\u2CF3\u2D00-\u2D25\u2D27\u2D2D\u2D30-\u2D67\u2D6F\u2D7F-\u2D96\u2DA0-\u2DA6\u2DA8-\u2DAE\u2DB0-\u2DB6\u2DB8-\u2DBE\u2DC0-\u2DC6\u2DC8-\u2DCE\u2DD0-\u2DD6\u2DD8-\u2DDE\u2DE0-\u2DFF\u2E2F\u3005-\u3007\u3021-\u302F\u3031-\u3035\u3038-\u303C\u3041-\u3096\u3099\u309A\u309D-\u309F\u30A1-\u30FA\u30FC-\u30FF\u3105-\u312E\u3131-\u318E\u31A0-\u31BA\u31F0-\u31FF\u3400-\u4DB5\u4E00-\u9FEA\uA000-\uA48C\uA4D0-\uA4FD\uA500-\uA60C\uA610-\uA62B\uA640-\uA66F\uA674-\uA67D\uA67F-\uA6F1\uA717-\uA71F\uA722-\uA788\uA78B-\uA7AE\uA7B0-\uA7B7\uA7F7-\uA827\uA840-\uA873\uA880-\uA8C5\uA8D0-\uA8D9\uA8E0-\uA8F7\uA8FB\uA8FD\uA900-\uA92D\uA930-\uA953\uA960-\uA97C\uA980-\uA9C0\uA9CF-\uA9D9\uA9E0-\uA9FE\uAA00-\uAA36\uAA40-\uAA4D\uAA50-\uAA59\uAA60-\uAA76\uAA7A-\uAAC2\uAADB-\uAADD\uAAE0-\uAAEF\uAAF2-\uAAF6\uAB01-\uAB06\uAB09-\uAB0E\uAB11-\uAB16\uAB20-\uAB26\uAB28-\uAB2E\uAB30-\uAB5A\uAB5C-\uAB65\uAB70-\uABEA\uABEC\uABED\uABF0-\uABF9\uAC00-\uD7A3\uD7B0-\uD7C6\uD7CB-\uD7FB\uF900-\uFA6D\uFA70-\uFAD9\uFB00-\uFB06\uFB13-\uFB17\uFB1D-\uFB28\uFB2A-\uFB36\uFB38-\uFB3C\uFB3E\uFB40\uFB41\uFB43\uFB44\uFB46-\uFBB1\uFBD3-\uFD3D\uFD50-\uFD8F\uFD92-\uFDC7\uFDF0-\uFDFB\uFE00-\uFE0F\uFE20-\uFE2F\uFE33\uFE34\uFE4D-\uFE4F\uFE70-\uFE74\uFE76-\uFEFC\uFF10-\uFF19\uFF21-\uFF3A\uFF3F\uFF41-\uFF5A\uFF66-\uFFBE\uFFC2-\uFFC7\uFFCA-\uFFCF\uFFD2-\uFFD7\uFFDA-\uFFDC]|\uD800[\uDC00-\uDC0B\uDC0D-\uDC26\uDC28-\uDC3A\uDC3C\uDC3D\uDC3F-\uDC4D\uDC50-\uDC5D\uDC80-\uDCFA\uDD40-\uDD74\uDDFD\uDE80-\uDE9C\uDEA0-\uDED0\uDEE0\uDF00-\uDF1F\uDF2D-\uDF4A\uDF50-\uDF7A\uDF80-\uDF9D\uDFA0-\uDFC3\uDFC8-\uDFCF\uDFD1-\uDFD5]|\uD801[\uDC00-\uDC9D\uDCA0-\uDCA9\uDCB0-\uDCD3\uDCD8-\uDCFB\uDD00-\uDD27\uDD30-\uDD63\uDE00-\uDF36\uDF40-\uDF55\uDF60-\uDF67]|\uD802[\uDC00-\uDC05\uDC08\uDC0A-\uDC35\uDC37\uDC38\uDC3C\uDC3F-\uDC55\uDC60-\uDC76\uDC80-\uDC9E\uDCE0-\uDCF2\uDCF4\uDCF5\uDD00-\uDD15\uDD20-\uDD39\uDD80-\uDDB7\uDDBE\uDDBF\uDE00-\uDE03\uDE05\uDE06\uDE0C-\uDE13\uDE15-\uDE17\uDE19-\uDE33\uDE38-\uDE3A\uDE3F\uDE60-\uDE7C\uDE80-\uDE9C\uDEC0-\uDEC7\uDEC9-\uDEE6\uDF00-\uDF35\uDF40-\uDF55\uDF60-\uDF72\uDF80-\uDF91]|\uD803[\uDC00-\uDC48\uDC80-\uDCB2\uDCC0-\uDCF2]|\uD804[\uDC00-\uDC46\uDC66-\uDC6F\uDC7F-\uDCBA\uDCD0-\uDCE8\uDCF0-\uDCF9\uDD00-\uDD34\uDD36-\uDD3F\uDD50-\uDD73\uDD76\uDD80-\uDDC4\uDDCA-\uDDCC\uDDD0-\uDDDA\uDDDC\uDE00-\uDE11\uDE13-\uDE37\uDE3E\uDE80-\uDE86\uDE88\uDE8A-\uDE8D\uDE8F-\uDE9D\uDE9F-\uDEA8\uDEB0-\uDEEA\uDEF0-\uDEF9\uDF00-\uDF03\uDF05-\uDF0C\uDF0F\uDF10\uDF13-\uDF28\uDF2A-\uDF30\uDF32\uDF33\uDF35-\uDF39\uDF3C-\uDF44\uDF47\uDF48\uDF4B-\uDF4D\uDF50\uDF57\uDF5D-\uDF63\uDF66-\uDF6C\uDF70-\uDF74]|\uD805[\uDC00-\uDC4A\uDC50-\uDC59\uDC80-\uDCC5\uDCC7\uDCD0-\uDCD9\uDD80-\uDDB5\uDDB8-\uDDC0\uDDD8-\uDDDD\uDE00-\uDE40\uDE44\uDE50-\uDE59\uDE80-\uDEB7\uDEC0-\uDEC9\uDF00-\uDF19\uDF1D-\uDF2B\uDF30-\uDF39]|\uD806[\uDCA0-\uDCE9\uDCFF\uDE00-\uDE3E\uDE47\uDE50-\uDE83\uDE86-\uDE99\uDEC0-\uDEF8]|\uD807[\uDC00-\uDC08\uDC0A-\uDC36\uDC38-\uDC40\uDC50-\uDC59\uDC72-\uDC8F\uDC92-\uDCA7\uDCA9-\uDCB6\uDD00-\uDD06\uDD08\uDD09\uDD0B-\uDD36\uDD3A\uDD3C\uDD3D\uDD3F-\uDD47\uDD50-\uDD59]|\uD808[\uDC00-\uDF99]|\uD809[\uDC00-\uDC6E\uDC80-\uDD43]|[\uD80C\uD81C-\uD820\uD840-\uD868\uD86A-\uD86C\uD86F-\uD872\uD874-\uD879][\uDC00-\uDFFF]|\uD80D[\uDC00-\uDC2E]|\uD811[\uDC00-\uDE46]|\uD81A[\uDC00-\uDE38\uDE40-\uDE5E\uDE60-\uDE69\uDED0-\uDEED\uDEF0-\uDEF4\uDF00-\uDF36\uDF40-\uDF43\uDF50-\uDF59\uDF63-\uDF77\uDF7D-\uDF8F]|\uD81B[\uDF00-\uDF44\uDF50-\uDF7E\uDF8F-\uDF9F\uDFE0\uDFE1]|\uD821[\uDC00-\uDFEC]|\uD822[\uDC00-\uDEF2]|\uD82C[\uDC00-\uDD1E\uDD70-\uDEFB]|\uD82F[\uDC00-\uDC6A\uDC70-\uDC7C\uDC80-\uDC88\uDC90-\uDC99\uDC9D\uDC9E]|\uD834[\uDD65-\uDD69\uDD6D-\uDD72\uDD7B-\uDD82\uDD85-\uDD8B\uDDAA-\uDDAD\uDE42-\uDE44]|\uD835[\uDC00-\uDC54\uDC56-\uDC9C\uDC9E\uDC9F\uDCA2\uDCA5\uDCA6\uDCA9-\uDCAC\uDCAE-\uDCB9\uDCBB\uDCBD-\uDCC3\uDCC5-\uDD05\uDD07-\uDD0A\uDD0D-\uDD14\uDD16-\uDD1C\uDD1E-\uDD39\uDD3B-\uDD3E\uDD40-\uDD44\uDD46\uDD4A-\uDD50\uDD52-\uDEA5\uDEA8-\uDEC0\uDEC2-\uDEDA\uDEDC-\uDEFA\uDEFC-\uDF14\uDF16-\uDF34\uDF36-\uDF4E\uDF50-\uDF6E\uDF70-\uDF88\uDF8A-\uDFA8\uDFAA-\uDFC2\uDFC4-\uDFCB\uDFCE-\uDFFF]|\uD836[\uDE00-\uDE36\uDE3B-\uDE6C\uDE75\uDE84\uDE9B-\uDE9F\uDEA1-\uDEAF]|\uD838[\uDC00-\uDC06\uDC08-\uDC18\uDC1B-\uDC21\uDC23\uDC24\uDC26-\uDC2A]|\uD83A[\uDC00-\uDCC4\uDCD0-\uDCD6\uDD00-\uDD4A\uDD50-\uDD59]|\uD83B[\uDE00-\uDE03\uDE05-\uDE1F\uDE21\uDE22\uDE24\uDE27\uDE29-\uDE32\uDE34-\uDE37\uDE39\uDE3B\uDE42\uDE47\uDE49\uDE4B\uDE4D-\uDE4F\uDE51\uDE52\uDE54\uDE57\uDE59\uDE5B\uDE5D\uDE5F\uDE61\uDE62\uDE64\uDE67-\uDE6A\uDE6C-\uDE72\uDE74-\uDE77\uDE79-\uDE7C\uDE7E\uDE80-\uDE89\uDE8B-\uDE9B\uDEA1-\uDEA3\uDEA5-\uDEA9\uDEAB-\uDEBB]|\uD869[\uDC00-\uDED6\uDF00-\uDFFF]|\uD86D[\uDC00-\uDF34\uDF40-\uDFFF]|\uD86E[\uDC00-\uDC1D\uDC20-\uDFFF]|\uD873[\uDC00-\uDEA1\uDEB0-\uDFFF]|\uD87A[\uDC00-\uDFE0]|\uD87E[\uDC00-\uDE1D]|\uDB40[\uDD00-\uDDEF]/;
var CHAR_CR = 13;
var CHAR_LF = 10;
var CharCodeReader = class {
  /**
   * The text to read from.
   * @type {string}
   */
  #text = "";
  /**
   * The current line number.
   * @type {number}
   */
  #line = 1;
  /**
   * The current column number.
   * @type {number}
   */
  #column = 0;
  /**
   * The current offset in the text.
   * @type {number}
   */
  #offset = -1;
  /**
   * Whether the last character read was a new line.
   * @type {boolean}
   */
  #newLine = false;
  /**
   * The last character code read.
   * @type {number}
   */
  #last = -1;
  /**
   * Whether the reader has ended.
   * @type {boolean}
   */
  #ended = false;
  /**
   * Creates a new instance.
   * @param {string} text The text to read from
   */
  constructor(text) {
    this.#text = text;
  }
  /**
   * Ends the reader.
   * @returns {void}
   */
  #end() {
    if (this.#ended) {
      return;
    }
    this.#column++;
    this.#offset++;
    this.#last = -1;
    this.#ended = true;
  }
  /**
   * Returns the current position of the reader.
   * @returns {Location} An object with line, column, and offset properties.
   */
  locate() {
    return {
      line: this.#line,
      column: this.#column,
      offset: this.#offset
    };
  }
  /**
   * Reads the next character code in the text.
   * @returns {number} The next character code, or -1 if there are no more characters.
   */
  next() {
    if (this.#offset >= this.#text.length - 1) {
      this.#end();
      return -1;
    }
    this.#offset++;
    const charCode = this.#text.charCodeAt(this.#offset);
    if (this.#newLine) {
      this.#line++;
      this.#column = 1;
      this.#newLine = false;
    } else {
      this.#column++;
    }
    if (charCode === CHAR_CR) {
      this.#newLine = true;
      if (this.peek() === CHAR_LF) {
        this.#offset++;
      }
    } else if (charCode === CHAR_LF) {
      this.#newLine = true;
    }
    this.#last = charCode;
    return charCode;
  }
  /**
   * Peeks at the next character code in the text.
   * @returns {number} The next character code, or -1 if there are no more characters.
   */
  peek() {
    if (this.#offset === this.#text.length - 1) {
      return -1;
    }
    return this.#text.charCodeAt(this.#offset + 1);
  }
  /**
   * Determines if the next character code in the text matches a specific character code.
   * @param {(number) => boolean} fn A function to call on the next character.
   * @returns {boolean} True if the next character code matches, false if not.
   */
  match(fn) {
    if (fn(this.peek())) {
      this.next();
      return true;
    }
    return false;
  }
  /**
   * Returns the last character code read.
   * @returns {number} The last character code read.
   */
  current() {
    return this.#last;
  }
};
var INFINITY = "Infinity";
var NAN = "NaN";
var keywordStarts = /* @__PURE__ */ new Set([CHAR_LOWER_T, CHAR_LOWER_F, CHAR_LOWER_N]);
var whitespace = /* @__PURE__ */ new Set([CHAR_SPACE, CHAR_TAB, CHAR_NEWLINE, CHAR_RETURN]);
var json5Whitespace = /* @__PURE__ */ new Set([
  ...whitespace,
  CHAR_VTAB,
  CHAR_FORM_FEED,
  CHAR_NBSP,
  CHAR_LINE_SEPARATOR,
  CHAR_PARAGRAPH_SEPARATOR,
  CHAR_BOM,
  CHAR_NON_BREAKING_SPACE,
  CHAR_EN_QUAD,
  CHAR_EM_QUAD,
  CHAR_EN_SPACE,
  CHAR_EM_SPACE,
  CHAR_THREE_PER_EM_SPACE,
  CHAR_FOUR_PER_EM_SPACE,
  CHAR_SIX_PER_EM_SPACE,
  CHAR_FIGURE_SPACE,
  CHAR_PUNCTUATION_SPACE,
  CHAR_THIN_SPACE,
  CHAR_HAIR_SPACE,
  CHAR_NARROW_NO_BREAK_SPACE,
  CHAR_MEDIUM_MATHEMATICAL_SPACE,
  CHAR_IDEOGRAPHIC_SPACE
]);
var DEFAULT_OPTIONS$1 = {
  mode: "json",
  ranges: false
};
var jsonKeywords = /* @__PURE__ */ new Set(["true", "false", "null"]);
var tt = {
  EOF: 0,
  Number: 1,
  String: 2,
  Boolean: 3,
  Null: 4,
  NaN: 5,
  Infinity: 6,
  Identifier: 7,
  Colon: 20,
  LBrace: 21,
  RBrace: 22,
  LBracket: 23,
  RBracket: 24,
  Comma: 25,
  LineComment: 40,
  BlockComment: 41
};
function isDigit(c) {
  return c >= CHAR_0 && c <= CHAR_9;
}
function isHexDigit(c) {
  return isDigit(c) || c >= CHAR_UPPER_A && c <= CHAR_UPPER_F || c >= CHAR_LOWER_A && c <= CHAR_LOWER_F;
}
function isPositiveDigit(c) {
  return c >= CHAR_1 && c <= CHAR_9;
}
function isKeywordStart(c) {
  return keywordStarts.has(c);
}
function isNumberStart(c) {
  return isDigit(c) || c === CHAR_DOT || c === CHAR_MINUS;
}
function isJSON5NumberStart(c) {
  return isNumberStart(c) || c === CHAR_PLUS;
}
function isStringStart(c, json5) {
  return c === CHAR_DOUBLE_QUOTE || json5 && c === CHAR_SINGLE_QUOTE;
}
function isJSON5IdentifierStart(c) {
  if (c === CHAR_DOLLAR || c === CHAR_UNDERSCORE || c === CHAR_BACKSLASH) {
    return true;
  }
  if (c >= CHAR_LOWER_A && c <= CHAR_LOWER_Z || c >= CHAR_UPPER_A && c <= CHAR_UPPER_Z) {
    return true;
  }
  if (c === 8204 || c === 8205) {
    return true;
  }
  const ct = String.fromCharCode(c);
  return ID_Start.test(ct);
}
function isJSON5IdentifierPart(c) {
  if (isJSON5IdentifierStart(c) || isDigit(c)) {
    return true;
  }
  const ct = String.fromCharCode(c);
  return ID_Continue.test(ct);
}
var Tokenizer = class {
  /**
   * Options for the tokenizer.
   * @type {TokenizeOptions}
   */
  #options;
  /**
   * The source text to tokenize.
   * @type {string}
   */
  #text;
  /**
   * The reader for the source text.
   * @type {CharCodeReader}
   */
  #reader;
  /**
   * Indicates if the tokenizer is in JSON5 mode.
   * @type {boolean}
   */
  #json5;
  /**
   * Indicates if comments are allowed.
   * @type {boolean}
   */
  #allowComments;
  /**
   * Indicates if ranges should be included in the tokens.
   * @type {boolean}
   */
  #ranges;
  /**
   * The last token type read.
   * @type {Token}
   */
  #token;
  /**
   * Determines if a character is an escaped character.
   * @type {(c:number) => boolean}
   */
  #isEscapedCharacter;
  /**
   * Determines if a character is a JSON5 line terminator.
   * @type {(c:number) => boolean}
   */
  #isJSON5LineTerminator;
  /**
   * Determines if a character is a JSON5 hex escape.
   * @type {(c:number) => boolean}
   */
  #isJSON5HexEscape;
  /**
   * Determines if a character is whitespace.
   * @type {(c:number) => boolean}
   */
  #isWhitespace;
  /**
   * Creates a new instance of the tokenizer.
   * @param {string} text The source text
   * @param {TokenizeOptions} [options] Options for the tokenizer.
   */
  constructor(text, options) {
    this.#text = text;
    this.#options = {
      ...DEFAULT_OPTIONS$1,
      ...options
    };
    this.#reader = new CharCodeReader(text);
    this.#json5 = this.#options.mode === "json5";
    this.#allowComments = this.#options.mode !== "json";
    this.#ranges = this.#options.ranges;
    this.#isEscapedCharacter = this.#json5 ? json5EscapeToChar.has.bind(json5EscapeToChar) : escapeToChar.has.bind(escapeToChar);
    this.#isJSON5LineTerminator = this.#json5 ? json5LineTerminators.has.bind(json5LineTerminators) : () => false;
    this.#isJSON5HexEscape = this.#json5 ? (c) => c === CHAR_LOWER_X : () => false;
    this.#isWhitespace = this.#json5 ? json5Whitespace.has.bind(json5Whitespace) : whitespace.has.bind(whitespace);
  }
  // #region Errors
  /**
   * Convenience function for throwing unexpected character errors.
   * @param {number} c The unexpected character.
   * @param {Location} [loc] The location of the unexpected character.
   * @returns {never}
   * @throws {UnexpectedChar} always.
   */
  #unexpected(c, loc = this.#reader.locate()) {
    throw new UnexpectedChar(c, loc);
  }
  /**
   * Convenience function for throwing unexpected identifier errors.
   * @param {string} identifier The unexpected identifier.
   * @param {Location} [loc] The location of the unexpected identifier.
   * @returns {never}
   * @throws {UnexpectedIdentifier} always.
   */
  #unexpectedIdentifier(identifier, loc = this.#reader.locate()) {
    throw new UnexpectedIdentifier(identifier, loc);
  }
  /**
  * Convenience function for throwing unexpected EOF errors.
  * @returns {never}
  * @throws {UnexpectedEOF} always.
  */
  #unexpectedEOF() {
    throw new UnexpectedEOF(this.#reader.locate());
  }
  // #endregion
  // #region Helpers
  /**
   * Creates a new token.
   * @param {TokenType} tokenType The type of token to create.
   * @param {number} length The length of the token.
   * @param {Location} startLoc The start location for the token.
   * @param {Location} [endLoc] The end location for the token.
   * @returns {Token} The token.
   */
  #createToken(tokenType, length, startLoc, endLoc) {
    const endOffset = startLoc.offset + length;
    let range = this.#options.ranges ? {
      range: (
        /** @type {Range} */
        [startLoc.offset, endOffset]
      )
    } : void 0;
    return {
      type: tokenType,
      loc: {
        start: startLoc,
        end: endLoc || {
          line: startLoc.line,
          column: startLoc.column + length,
          offset: endOffset
        }
      },
      ...range
    };
  }
  /**
   * Reads in a specific number of hex digits.
   * @param {number} count The number of hex digits to read.
   * @returns {string} The hex digits read.
   */
  #readHexDigits(count2) {
    let value = "";
    let c;
    for (let i = 0; i < count2; i++) {
      c = this.#reader.peek();
      if (isHexDigit(c)) {
        this.#reader.next();
        value += String.fromCharCode(c);
        continue;
      }
      this.#unexpected(c);
    }
    return value;
  }
  /**
   * Reads in a JSON5 identifier. Also used for JSON but we validate
   * the identifier later.
   * @param {number} c The first character of the identifier.
   * @returns {string} The identifier read.
   * @throws {UnexpectedChar} when the identifier cannot be read.
   */
  #readIdentifier(c) {
    let value = "";
    do {
      value += String.fromCharCode(c);
      if (c === CHAR_BACKSLASH) {
        c = this.#reader.next();
        if (c !== CHAR_LOWER_U) {
          this.#unexpected(c);
        }
        value += String.fromCharCode(c);
        const hexDigits = this.#readHexDigits(4);
        const charCode = parseInt(hexDigits, 16);
        if (value.length === 2 && !isJSON5IdentifierStart(charCode)) {
          const loc = this.#reader.locate();
          this.#unexpected(CHAR_BACKSLASH, { line: loc.line, column: loc.column - 5, offset: loc.offset - 5 });
        } else if (!isJSON5IdentifierPart(charCode)) {
          const loc = this.#reader.locate();
          this.#unexpected(charCode, { line: loc.line, column: loc.column - 5, offset: loc.offset - 5 });
        }
        value += hexDigits;
      }
      c = this.#reader.peek();
      if (!isJSON5IdentifierPart(c)) {
        break;
      }
      this.#reader.next();
    } while (true);
    return value;
  }
  /**
   * Reads in a string. Works for both JSON and JSON5.
   * @param {number} c The first character of the string (either " or ').
   * @returns {number} The length of the string.
   * @throws {UnexpectedChar} when the string cannot be read.
   * @throws {UnexpectedEOF} when EOF is reached before the string is finalized.
   */
  #readString(c) {
    const delimiter = c;
    let length = 1;
    c = this.#reader.peek();
    while (c !== -1 && c !== delimiter) {
      this.#reader.next();
      length++;
      if (c === CHAR_BACKSLASH) {
        c = this.#reader.peek();
        if (this.#isEscapedCharacter(c) || this.#isJSON5LineTerminator(c)) {
          this.#reader.next();
          length++;
        } else if (c === CHAR_LOWER_U) {
          this.#reader.next();
          length++;
          const result = this.#readHexDigits(4);
          length += result.length;
        } else if (this.#isJSON5HexEscape(c)) {
          this.#reader.next();
          length++;
          const result = this.#readHexDigits(2);
          length += result.length;
        } else if (this.#json5) {
          this.#reader.next();
          length++;
        } else {
          this.#unexpected(c);
        }
      }
      c = this.#reader.peek();
    }
    if (c === -1) {
      this.#reader.next();
      this.#unexpectedEOF();
    }
    this.#reader.next();
    length++;
    return length;
  }
  /**
   * Reads a number. Works for both JSON and JSON5.
   * @param {number} c The first character of the number.
   * @returns {number} The length of the number.
   * @throws {UnexpectedChar} when the number cannot be read.
   * @throws {UnexpectedEOF} when EOF is reached before the number is finalized.
   */
  #readNumber(c) {
    let length = 1;
    if (c === CHAR_MINUS || this.#json5 && c === CHAR_PLUS) {
      c = this.#reader.peek();
      if (this.#json5) {
        if (c === CHAR_UPPER_I || c === CHAR_UPPER_N) {
          this.#reader.next();
          const identifier = this.#readIdentifier(c);
          if (identifier !== INFINITY && identifier !== NAN) {
            this.#unexpected(c);
          }
          return length + identifier.length;
        }
      }
      if (!isDigit(c)) {
        this.#unexpected(c);
      }
      this.#reader.next();
      length++;
    }
    if (c === CHAR_0) {
      c = this.#reader.peek();
      if (this.#json5 && (c === CHAR_LOWER_X || c === CHAR_UPPER_X)) {
        this.#reader.next();
        length++;
        c = this.#reader.peek();
        if (!isHexDigit(c)) {
          this.#reader.next();
          this.#unexpected(c);
        }
        do {
          this.#reader.next();
          length++;
          c = this.#reader.peek();
        } while (isHexDigit(c));
      } else if (isDigit(c)) {
        this.#unexpected(c);
      }
    } else {
      if (!this.#json5 || c !== CHAR_DOT) {
        if (!isPositiveDigit(c)) {
          this.#unexpected(c);
        }
        c = this.#reader.peek();
        while (isDigit(c)) {
          this.#reader.next();
          length++;
          c = this.#reader.peek();
        }
      }
    }
    if (c === CHAR_DOT) {
      let digitCount = -1;
      this.#reader.next();
      length++;
      digitCount++;
      c = this.#reader.peek();
      while (isDigit(c)) {
        this.#reader.next();
        length++;
        digitCount++;
        c = this.#reader.peek();
      }
      if (!this.#json5 && digitCount === 0) {
        this.#reader.next();
        if (c) {
          this.#unexpected(c);
        } else {
          this.#unexpectedEOF();
        }
      }
    }
    if (c === CHAR_LOWER_E || c === CHAR_UPPER_E) {
      this.#reader.next();
      length++;
      c = this.#reader.peek();
      if (c === CHAR_PLUS || c === CHAR_MINUS) {
        this.#reader.next();
        length++;
        c = this.#reader.peek();
      }
      if (c === -1) {
        this.#reader.next();
        this.#unexpectedEOF();
      }
      if (!isDigit(c)) {
        this.#reader.next();
        this.#unexpected(c);
      }
      while (isDigit(c)) {
        this.#reader.next();
        length++;
        c = this.#reader.peek();
      }
    }
    return length;
  }
  /**
   * Reads a comment. Works for both JSON and JSON5.
   * @param {number} c The first character of the comment.
   * @returns {{length: number, multiline: boolean}} The length of the comment, and whether the comment is multi-line.
   * @throws {UnexpectedChar} when the comment cannot be read.
   * @throws {UnexpectedEOF} when EOF is reached before the comment is finalized.
   */
  #readComment(c) {
    let length = 1;
    c = this.#reader.peek();
    if (c === CHAR_SLASH) {
      do {
        this.#reader.next();
        length += 1;
        c = this.#reader.peek();
      } while (c > -1 && c !== CHAR_RETURN && c !== CHAR_NEWLINE);
      return { length, multiline: false };
    }
    if (c === CHAR_STAR) {
      this.#reader.next();
      length += 1;
      while (c > -1) {
        c = this.#reader.peek();
        if (c === CHAR_STAR) {
          this.#reader.next();
          length += 1;
          c = this.#reader.peek();
          if (c === CHAR_SLASH) {
            this.#reader.next();
            length += 1;
            return { length, multiline: true };
          }
        } else {
          this.#reader.next();
          length += 1;
        }
      }
      this.#reader.next();
      this.#unexpectedEOF();
    }
    this.#reader.next();
    this.#unexpected(c);
  }
  // #endregion
  /**
   * Returns the next token in the source text.
   * @returns {number} The code for the next token.
   */
  next() {
    let c = this.#reader.next();
    while (this.#isWhitespace(c)) {
      c = this.#reader.next();
    }
    if (c === -1) {
      return tt.EOF;
    }
    const start = this.#reader.locate();
    const ct = String.fromCharCode(c);
    if (this.#json5) {
      if (knownJSON5TokenTypes.has(ct)) {
        this.#token = this.#createToken(knownJSON5TokenTypes.get(ct), 1, start);
      } else if (isJSON5IdentifierStart(c)) {
        const value = this.#readIdentifier(c);
        if (knownJSON5TokenTypes.has(value)) {
          this.#token = this.#createToken(knownJSON5TokenTypes.get(value), value.length, start);
        } else {
          this.#token = this.#createToken("Identifier", value.length, start);
        }
      } else if (isJSON5NumberStart(c)) {
        const result = this.#readNumber(c);
        this.#token = this.#createToken("Number", result, start);
      } else if (isStringStart(c, this.#json5)) {
        const result = this.#readString(c);
        const lastCharLoc = this.#reader.locate();
        this.#token = this.#createToken("String", result, start, {
          line: lastCharLoc.line,
          column: lastCharLoc.column + 1,
          offset: lastCharLoc.offset + 1
        });
      } else if (c === CHAR_SLASH && this.#allowComments) {
        const result = this.#readComment(c);
        const lastCharLoc = this.#reader.locate();
        this.#token = this.#createToken(!result.multiline ? "LineComment" : "BlockComment", result.length, start, {
          line: lastCharLoc.line,
          column: lastCharLoc.column + 1,
          offset: lastCharLoc.offset + 1
        });
      } else {
        this.#unexpected(c);
      }
    } else {
      if (knownTokenTypes.has(ct)) {
        this.#token = this.#createToken(knownTokenTypes.get(ct), 1, start);
      } else if (isKeywordStart(c)) {
        const value = this.#readIdentifier(c);
        if (!jsonKeywords.has(value)) {
          this.#unexpectedIdentifier(value, start);
        }
        this.#token = this.#createToken(knownTokenTypes.get(value), value.length, start);
      } else if (isNumberStart(c)) {
        const result = this.#readNumber(c);
        this.#token = this.#createToken("Number", result, start);
      } else if (isStringStart(c, this.#json5)) {
        const result = this.#readString(c);
        this.#token = this.#createToken("String", result, start);
      } else if (c === CHAR_SLASH && this.#allowComments) {
        const result = this.#readComment(c);
        const lastCharLoc = this.#reader.locate();
        this.#token = this.#createToken(!result.multiline ? "LineComment" : "BlockComment", result.length, start, {
          line: lastCharLoc.line,
          column: lastCharLoc.column + 1,
          offset: lastCharLoc.offset + 1
        });
      } else {
        this.#unexpected(c);
      }
    }
    return tt[this.#token.type];
  }
  /**
   * Returns the current token in the source text.
   * @returns {Token} The current token.
   */
  get token() {
    return this.#token;
  }
};
var types = {
  /**
   * Creates a document node.
   * @param {ValueNode} body The body of the document.
   * @param {NodeParts} parts Additional properties for the node. 
   * @returns {DocumentNode} The document node.
   */
  document(body, parts = {}) {
    return {
      type: "Document",
      body,
      loc: parts.loc,
      ...parts
    };
  },
  /**
   * Creates a string node.
   * @param {string} value The value for the string.
   * @param {NodeParts} parts Additional properties for the node. 
   * @returns {StringNode} The string node.
   */
  string(value, parts = {}) {
    return {
      type: "String",
      value,
      loc: parts.loc,
      ...parts
    };
  },
  /**
   * Creates a number node.
   * @param {number} value The value for the number.
   * @param {NodeParts} parts Additional properties for the node. 
   * @returns {NumberNode} The number node.
   */
  number(value, parts = {}) {
    return {
      type: "Number",
      value,
      loc: parts.loc,
      ...parts
    };
  },
  /**
   * Creates a boolean node.
   * @param {boolean} value The value for the boolean.
   * @param {NodeParts} parts Additional properties for the node. 
   * @returns {BooleanNode} The boolean node.
   */
  boolean(value, parts = {}) {
    return {
      type: "Boolean",
      value,
      loc: parts.loc,
      ...parts
    };
  },
  /**
   * Creates a null node.
   * @param {NodeParts} parts Additional properties for the node. 
   * @returns {NullNode} The null node.
   */
  null(parts = {}) {
    return {
      type: "Null",
      loc: parts.loc,
      ...parts
    };
  },
  /**
   * Creates an array node.
   * @param {Array<ElementNode>} elements The elements to add.
   * @param {NodeParts} parts Additional properties for the node. 
   * @returns {ArrayNode} The array node.
   */
  array(elements, parts = {}) {
    return {
      type: "Array",
      elements,
      loc: parts.loc,
      ...parts
    };
  },
  /**
   * Creates an element node.
   * @param {ValueNode} value The value for the element.
   * @param {NodeParts} parts Additional properties for the node. 
   * @returns {ElementNode} The element node.
   */
  element(value, parts = {}) {
    return {
      type: "Element",
      value,
      loc: parts.loc,
      ...parts
    };
  },
  /**
   * Creates an object node.
   * @param {Array<MemberNode>} members The members to add.
   * @param {NodeParts} parts Additional properties for the node. 
   * @returns {ObjectNode} The object node.
   */
  object(members, parts = {}) {
    return {
      type: "Object",
      members,
      loc: parts.loc,
      ...parts
    };
  },
  /**
   * Creates a member node.
   * @param {StringNode|IdentifierNode} name The name for the member.
   * @param {ValueNode} value The value for the member.
   * @param {NodeParts} parts Additional properties for the node. 
   * @returns {MemberNode} The member node.
   */
  member(name, value, parts = {}) {
    return {
      type: "Member",
      name,
      value,
      loc: parts.loc,
      ...parts
    };
  },
  /**
   * Creates an identifier node.
   * @param {string} name The name for the identifier.
   * @param {NodeParts} parts Additional properties for the node.
   * @returns {IdentifierNode} The identifier node.
   */
  identifier(name, parts = {}) {
    return {
      type: "Identifier",
      name,
      loc: parts.loc,
      ...parts
    };
  },
  /**
   * Creates a NaN node.
   * @param {Sign} sign The sign for the Infinity.
   * @param {NodeParts} parts Additional properties for the node.
   * @returns {NaNNode} The NaN node.
   */
  nan(sign = "", parts = {}) {
    return {
      type: "NaN",
      sign,
      loc: parts.loc,
      ...parts
    };
  },
  /**
   * Creates an Infinity node.
   * @param {Sign} sign The sign for the Infinity.
   * @param {NodeParts} parts Additional properties for the node.
   * @returns {InfinityNode} The Infinity node.
   */
  infinity(sign = "", parts = {}) {
    return {
      type: "Infinity",
      sign,
      loc: parts.loc,
      ...parts
    };
  }
};
var DEFAULT_OPTIONS = {
  mode: "json",
  ranges: false,
  tokens: false,
  allowTrailingCommas: false
};
var UNICODE_SEQUENCE = /\\u[\da-fA-F]{4}/gu;
function normalizeIdentifier(identifier) {
  return identifier.replace(UNICODE_SEQUENCE, (unicodeEscape) => {
    return String.fromCharCode(parseInt(unicodeEscape.slice(2), 16));
  });
}
function getEndLocation(text) {
  let line = 1;
  let column = 1;
  for (let i = 0; i < text.length; i++) {
    const char = text[i];
    if (char === "\n") {
      line++;
      column = 1;
    } else if (char === "\r") {
      if (text[i + 1] === "\n") {
        i++;
      }
      line++;
      column = 1;
    } else {
      column++;
    }
  }
  return {
    line,
    column,
    offset: text.length
  };
}
function getStringValue(value, token, json5 = false) {
  let result = "";
  let escapeIndex = value.indexOf("\\");
  let lastIndex = 0;
  while (escapeIndex >= 0) {
    result += value.slice(lastIndex, escapeIndex);
    const escapeChar = value.charAt(escapeIndex + 1);
    const escapeCharCode = escapeChar.charCodeAt(0);
    if (json5 && json5EscapeToChar.has(escapeCharCode)) {
      result += json5EscapeToChar.get(escapeCharCode);
      lastIndex = escapeIndex + 2;
    } else if (escapeToChar.has(escapeCharCode)) {
      result += escapeToChar.get(escapeCharCode);
      lastIndex = escapeIndex + 2;
    } else if (escapeChar === "u") {
      const hexCode = value.slice(escapeIndex + 2, escapeIndex + 6);
      if (hexCode.length < 4 || /[^0-9a-f]/i.test(hexCode)) {
        throw new ErrorWithLocation(
          `Invalid unicode escape \\u${hexCode}.`,
          {
            line: token.loc.start.line,
            column: token.loc.start.column + escapeIndex,
            offset: token.loc.start.offset + escapeIndex
          }
        );
      }
      result += String.fromCharCode(parseInt(hexCode, 16));
      lastIndex = escapeIndex + 6;
    } else if (json5 && escapeChar === "x") {
      const hexCode = value.slice(escapeIndex + 2, escapeIndex + 4);
      if (hexCode.length < 2 || /[^0-9a-f]/i.test(hexCode)) {
        throw new ErrorWithLocation(
          `Invalid hex escape \\x${hexCode}.`,
          {
            line: token.loc.start.line,
            column: token.loc.start.column + escapeIndex,
            offset: token.loc.start.offset + escapeIndex
          }
        );
      }
      result += String.fromCharCode(parseInt(hexCode, 16));
      lastIndex = escapeIndex + 4;
    } else if (json5 && json5LineTerminators.has(escapeCharCode)) {
      lastIndex = escapeIndex + 2;
      if (escapeChar === "\r" && value.charAt(lastIndex) === "\n") {
        lastIndex++;
      }
    } else {
      if (json5) {
        result += escapeChar;
        lastIndex = escapeIndex + 2;
      } else {
        throw new ErrorWithLocation(
          `Invalid escape \\${escapeChar}.`,
          {
            line: token.loc.start.line,
            column: token.loc.start.column + escapeIndex,
            offset: token.loc.start.offset + escapeIndex
          }
        );
      }
    }
    escapeIndex = value.indexOf("\\", lastIndex);
  }
  result += value.slice(lastIndex);
  return result;
}
function getLiteralValue(value, token, json5 = false) {
  switch (token.type) {
    case "Boolean":
      return value === "true";
    case "Number":
      if (json5) {
        if (value.charCodeAt(0) === 45) {
          return -Number(value.slice(1));
        }
        if (value.charCodeAt(0) === 43) {
          return Number(value.slice(1));
        }
      }
      return Number(value);
    case "String":
      return getStringValue(value.slice(1, -1), token, json5);
    default:
      throw new TypeError(`Unknown token type "${token.type}.`);
  }
}
function parse(text, options) {
  options = Object.freeze({
    ...DEFAULT_OPTIONS,
    ...options
  });
  const tokens = [];
  const tokenizer = new Tokenizer(text, {
    mode: options.mode,
    ranges: options.ranges
  });
  const json5 = options.mode === "json5";
  const allowTrailingCommas = options.allowTrailingCommas || json5;
  function nextNoComments() {
    const nextType = tokenizer.next();
    if (nextType && options.tokens) {
      tokens.push(tokenizer.token);
    }
    return nextType;
  }
  function nextSkipComments() {
    const nextType = tokenizer.next();
    if (nextType && options.tokens) {
      tokens.push(tokenizer.token);
    }
    if (nextType >= tt.LineComment) {
      return nextSkipComments();
    }
    return nextType;
  }
  const next = options.mode === "json" ? nextNoComments : nextSkipComments;
  function assertTokenType(token, type) {
    if (token !== type) {
      throw new UnexpectedToken(tokenizer.token);
    }
  }
  function assertTokenTypes(token, types2) {
    if (!types2.includes(token)) {
      throw new UnexpectedToken(tokenizer.token);
    }
  }
  function createRange(start, end) {
    return options.ranges ? {
      range: [start.offset, end.offset]
    } : void 0;
  }
  function createLiteralNode(tokenType) {
    const token = tokenizer.token;
    const range = createRange(token.loc.start, token.loc.end);
    const value = getLiteralValue(
      text.slice(token.loc.start.offset, token.loc.end.offset),
      token,
      json5
    );
    const loc = {
      start: {
        ...token.loc.start
      },
      end: {
        ...token.loc.end
      }
    };
    const parts = { loc, ...range };
    switch (tokenType) {
      case tt.String:
        return types.string(
          /** @type {string} */
          value,
          parts
        );
      case tt.Number:
        return types.number(
          /** @type {number} */
          value,
          parts
        );
      case tt.Boolean:
        return types.boolean(
          /** @type {boolean} */
          value,
          parts
        );
      default:
        throw new TypeError(`Unknown token type ${token.type}.`);
    }
  }
  function createJSON5IdentifierNode(token) {
    const range = createRange(token.loc.start, token.loc.end);
    const identifier = text.slice(token.loc.start.offset, token.loc.end.offset);
    const loc = {
      start: {
        ...token.loc.start
      },
      end: {
        ...token.loc.end
      }
    };
    const parts = { loc, ...range };
    if (token.type !== "Identifier") {
      let sign = "";
      if (identifier[0] === "+" || identifier[0] === "-") {
        sign = identifier[0];
      }
      return types[identifier.includes("NaN") ? "nan" : "infinity"](
        /** @type {Sign} */
        sign,
        parts
      );
    }
    return types.identifier(normalizeIdentifier(identifier), parts);
  }
  function createNullNode(token) {
    const range = createRange(token.loc.start, token.loc.end);
    return types.null({
      loc: {
        start: {
          ...token.loc.start
        },
        end: {
          ...token.loc.end
        }
      },
      ...range
    });
  }
  function parseProperty(tokenType) {
    if (json5) {
      assertTokenTypes(tokenType, [tt.String, tt.Identifier, tt.Number]);
    } else {
      assertTokenType(tokenType, tt.String);
    }
    const token = tokenizer.token;
    if (json5 && tokenType === tt.Number && /[+\-0-9]/.test(text[token.loc.start.offset])) {
      throw new UnexpectedToken(token);
    }
    let key = tokenType === tt.String ? (
      /** @type {StringNode} */
      createLiteralNode(tokenType)
    ) : (
      /** @type {IdentifierNode|NaNNode|InfinityNode} */
      createJSON5IdentifierNode(token)
    );
    if (json5 && (key.type === "NaN" || key.type === "Infinity")) {
      if (key.sign !== "") {
        throw new UnexpectedToken(tokenizer.token);
      }
      key = types.identifier(key.type, { loc: key.loc, ...createRange(key.loc.start, key.loc.end) });
    }
    tokenType = next();
    assertTokenType(tokenType, tt.Colon);
    const value = parseValue();
    const range = createRange(key.loc.start, value.loc.end);
    return types.member(
      /** @type {StringNode|IdentifierNode} */
      key,
      /** @type {ValueNode} */
      value,
      {
        loc: {
          start: {
            ...key.loc.start
          },
          end: {
            ...value.loc.end
          }
        },
        ...range
      }
    );
  }
  function parseObject(firstTokenType) {
    assertTokenType(firstTokenType, tt.LBrace);
    const firstToken = tokenizer.token;
    const members = [];
    let tokenType = next();
    if (tokenType !== tt.RBrace) {
      do {
        members.push(parseProperty(tokenType));
        tokenType = next();
        if (!tokenType) {
          throw new UnexpectedEOF(members[members.length - 1].loc.end);
        }
        if (tokenType === tt.Comma) {
          tokenType = next();
          if (allowTrailingCommas && tokenType === tt.RBrace) {
            break;
          }
        } else {
          break;
        }
      } while (tokenType);
    }
    assertTokenType(tokenType, tt.RBrace);
    const lastToken = tokenizer.token;
    const range = createRange(firstToken.loc.start, lastToken.loc.end);
    return types.object(members, {
      loc: {
        start: {
          ...firstToken.loc.start
        },
        end: {
          ...lastToken.loc.end
        }
      },
      ...range
    });
  }
  function parseArray(firstTokenType) {
    assertTokenType(firstTokenType, tt.LBracket);
    const firstToken = tokenizer.token;
    const elements = [];
    let tokenType = next();
    if (tokenType !== tt.RBracket) {
      do {
        const value = parseValue(tokenType);
        elements.push(types.element(
          /** @type {ValueNode} */
          value,
          { loc: value.loc }
        ));
        tokenType = next();
        if (tokenType === tt.Comma) {
          tokenType = next();
          if (allowTrailingCommas && tokenType === tt.RBracket) {
            break;
          }
        } else {
          break;
        }
      } while (tokenType);
    }
    assertTokenType(tokenType, tt.RBracket);
    const lastToken = tokenizer.token;
    const range = createRange(firstToken.loc.start, lastToken.loc.end);
    return types.array(elements, {
      loc: {
        start: {
          ...firstToken.loc.start
        },
        end: {
          ...lastToken.loc.end
        }
      },
      ...range
    });
  }
  function parseValue(tokenType) {
    tokenType = tokenType ?? next();
    const token = tokenizer.token;
    if (!tokenType) {
      throw new UnexpectedEOF({
        line: 1,
        column: 1,
        offset: 0
      });
    }
    switch (tokenType) {
      case tt.String:
      case tt.Boolean:
        return createLiteralNode(tokenType);
      case tt.Number:
        if (json5) {
          let tokenText = text.slice(token.loc.start.offset, token.loc.end.offset);
          if (tokenText[0] === "+" || tokenText[0] === "-") {
            tokenText = tokenText.slice(1);
          }
          if (tokenText === "NaN" || tokenText === "Infinity") {
            return createJSON5IdentifierNode(token);
          }
        }
        return createLiteralNode(tokenType);
      case tt.Null:
        return createNullNode(token);
      case tt.LBrace:
        return parseObject(tokenType);
      case tt.LBracket:
        return parseArray(tokenType);
      default:
        throw new UnexpectedToken(token);
    }
  }
  const docBody = parseValue();
  const unexpectedToken = next();
  if (unexpectedToken) {
    throw new UnexpectedToken(tokenizer.token);
  }
  const textEndLocation = getEndLocation(text);
  const docParts = {
    loc: {
      start: {
        line: 1,
        column: 1,
        offset: 0
      },
      end: {
        ...textEndLocation
      }
    }
  };
  if (options.tokens) {
    docParts.tokens = tokens;
  }
  if (options.ranges) {
    docParts.range = [
      docParts.loc.start.offset,
      docParts.loc.end.offset
    ];
  }
  return types.document(
    /** @type {ValueNode} */
    docBody,
    docParts
  );
}
function evaluate(node) {
  switch (node.type) {
    case "String":
      return node.value;
    case "Number":
      return node.value;
    case "Boolean":
      return node.value;
    case "Null":
      return null;
    case "NaN":
      return NaN;
    case "Infinity":
      return node.sign === "-" ? -Infinity : Infinity;
    case "Identifier":
      return node.name;
    case "Array": {
      return node.elements.map((element) => evaluate(element.value));
    }
    case "Object": {
      const object = {};
      node.members.forEach((member) => {
        Object.defineProperty(
          object,
          /** @type {string} */
          evaluate(member.name),
          {
            value: evaluate(member.value),
            writable: true,
            enumerable: true,
            configurable: true
          }
        );
      });
      return object;
    }
    case "Document": {
      return evaluate(node.body);
    }
    case "Element":
      throw new Error("Cannot evaluate array element outside of an array.");
    case "Member":
      throw new Error("Cannot evaluate object member outside of an object.");
    default:
      throw new Error(`Unknown node type ${node.type}.`);
  }
}

// dist/rules/tell-format.js
function tellFormat(text) {
  if (/^#!.*\bnft\b/.test(text)) {
    return "nft";
  }
  const first = /^[ \t]*(?!#)(?<line>\S.*)$/m.exec(text)?.groups?.["line"] ?? "";
  if (/^(?:[*:[]|-[A-Za-z-]|COMMIT\b)/.test(first)) {
    return "iptables-save";
  }
  return /^(?:table|flush|add|create|delete|destroy|insert|define|undefine|redefine|include|chain)\b/.test(first) ? "nft" : null;
}

// dist/spec/scan-json.js
var DEEPEST = 64;
var MOST_VALUES = 1e6;
function scanJson(text) {
  const open = [];
  let blanked = "";
  let copied = 0;
  let values = 0;
  const fail = (offset, message) => ({ text, open, problem: { offset, message } });
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case '"': {
        const end = getStringEnd(text, i);
        if (end.problem !== null) {
          return fail(end.offset, end.problem);
        }
        i = end.offset;
        break;
      }
      case "/": {
        const end = getCommentEnd(text, i);
        if (end === null) {
          return fail(i, "the comment is never closed");
        }
        blanked += text.slice(copied, i) + text.slice(i, end).replace(/[^\r\n]/g, " ");
        copied = end;
        if (end > i) {
          i = end - 1;
        }
        break;
      }
      case "[":
      case "{":
        if (open.push(i) > DEEPEST) {
          return fail(i, `nested more than ${DEEPEST} levels deep`);
        }
        values++;
        break;
      case "]":
      case "}":
        open.pop();
        break;
      case ",":
        if (++values > MOST_VALUES) {
          return fail(i, `more than ${MOST_VALUES} values`);
        }
        break;
    }
  }
  return { text: blanked + text.slice(copied), open, problem: null };
}
function getStringEnd(text, start) {
  for (let i = start + 1; i < text.length; i++) {
    const character = text[i];
    if (character === '"') {
      return { offset: i, problem: null };
    }
    if (character === "\n" || character === "\r") {
      break;
    }
    if (character < " ") {
      return { offset: i, problem: "a control character in a string: write it as an escape, such as \\t" };
    }
    if (character === "\\") {
      i++;
    }
  }
  return { offset: start, problem: "the string is not closed on its line" };
}
function getCommentEnd(text, start) {
  if (text[start + 1] === "/") {
    const length = text.slice(start).search(/[\r\n]/);
    return length < 0 ? text.length : start + length;
  }
  if (text[start + 1] !== "*") {
    return start;
  }
  const end = text.indexOf("*/", start + 2);
  return end < 0 ? null : end + 2;
}

// dist/spec/to-position.js
function toPosition(text, offset) {
  let line = 1;
  let start = 0;
  for (const end of text.matchAll(/\r\n|\r|\n/g)) {
    const next = end.index + end[0].length;
    if (next > offset) {
      break;
    }
    line++;
    start = next;
  }
  return { line, column: offset - start + 1 };
}

// dist/spec/parse-json.js
var TOKENS = {
  LBrace: '"{"',
  RBrace: '"}"',
  LBracket: '"["',
  RBracket: '"]"',
  Colon: '":"',
  Comma: '","',
  String: "string",
  Number: "number",
  Boolean: "true or false",
  Null: "null"
};
function parseJson(text) {
  const json = parseOrComplain(text);
  return "message" in json && isRuleset(text) ? {
    position: { line: 1, column: 1 },
    message: "this is a rule set, not a scenario: give it by --ruleset, beside the scenarios to try it with"
  } : json;
}
function isRuleset(text) {
  return !/^\s*[[{]/.test(text) && tellFormat(text) !== null;
}
function parseOrComplain(text) {
  const scan = scanJson(text);
  if (scan.problem !== null) {
    return { position: toPosition(text, scan.problem.offset), message: scan.problem.message };
  }
  try {
    const { body } = parseText(scan.text);
    return { root: body, value: evaluate(body) };
  } catch (error) {
    if (!isMomoaError(error)) {
      throw error;
    }
    return isAtEnd(scan.text) ? describeEnd(scan) : { position: { line: error.line, column: error.column }, message: describeError(error) };
  }
}
function parseText(text) {
  return parse(text, { mode: "json", allowTrailingCommas: true });
}
function isMomoaError(error) {
  return error instanceof Error && "line" in error && "column" in error && "offset" in error;
}
function isAtEnd(text) {
  try {
    parseText(`${text} \0`);
  } catch (error) {
    return isMomoaError(error) && error.offset >= text.length;
  }
  return false;
}
function describeEnd({ text, open }) {
  const position = toPosition(text, text.trimEnd().length);
  const last = open.at(-1);
  if (last === void 0) {
    return { position, message: "unexpected end of file" };
  }
  const opened = toPosition(text, last);
  return { position, message: `unexpected end of file: the "${text[last]}" of ${opened.line}:${opened.column} is not closed` };
}
function describeError(error) {
  const [, kind, what = ""] = /^Unexpected (\w+) (.*) found\. \(\d+:\d+\)$/s.exec(error.message) ?? [];
  switch (kind) {
    case "token":
      return `unexpected ${TOKENS[what] ?? what}`;
    case "character":
    case "identifier":
      return `unexpected ${kind === "character" ? "character" : "word"} ${quote(what.slice(1, -1))}`;
    default:
      return error.message;
  }
}

// dist/spec/place.js
function getMember({ pointer, value }, key) {
  const own = isObject(value) && Object.hasOwn(value, key) ? value[key] : void 0;
  return { pointer: joinPointer(pointer, key), value: own };
}
function getMembers({ pointer, value }) {
  return isObject(value) ? Object.entries(value).map(([key, own]) => [key, { pointer: joinPointer(pointer, key), value: own }]) : [];
}
function getItems({ pointer, value }) {
  return Array.isArray(value) ? value.map((item, index) => ({ pointer: joinPointer(pointer, index), value: item })) : [];
}
function getSound({ pointer, value }, problems) {
  return value === void 0 || problems.isTouched(pointer) ? void 0 : value;
}
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

// dist/spec/problem-list.js
var MOST = 1e3;
var ProblemList = class {
  #file;
  #root;
  #diagnostics = [];
  #wrong = /* @__PURE__ */ new Set();
  #touched = /* @__PURE__ */ new Set();
  #said = /* @__PURE__ */ new Set();
  constructor(file, root) {
    this.#file = file;
    this.#root = root;
  }
  /** Whether further problems would only be counted out: a check may then stop. */
  get isFull() {
    return this.#diagnostics.length >= MOST;
  }
  get isEmpty() {
    return this.#diagnostics.length === 0;
  }
  /** A problem of a value; or of its key, which leaves the value as good as it is. */
  add(pointer, message, at2 = "value") {
    if (!this.isFull) {
      this.#push(this.locate(pointer, at2), pointer, message);
    }
    if (at2 === "value") {
      this.#wrong.add(pointer);
    }
    this.#touch(at2 === "value" ? pointer : pointer.slice(0, pointer.lastIndexOf("/")));
  }
  /** A problem of a value whose pointer does not say which of two it is. */
  addAt(position, pointer, message) {
    if (!this.isFull) {
      this.#push(position, pointer, message);
    }
    this.#wrong.add(pointer);
    this.#touch(pointer);
  }
  /** A problem of a rule set file; several scenarios may have the same file. */
  addIn(file, { line, column }, message) {
    const key = `${file}:${line}:${column}: ${message}`;
    if (!this.isFull && !this.#said.has(key)) {
      this.#said.add(key);
      this.#diagnostics.push({ file, line, column, message, pointer: null });
    }
  }
  #push(position, pointer, message) {
    this.#diagnostics.push({ file: this.#file, ...position, message, pointer });
  }
  #touch(pointer) {
    for (let own = pointer; !this.#touched.has(own); own = own.slice(0, own.lastIndexOf("/"))) {
      this.#touched.add(own);
      if (own === "") {
        break;
      }
    }
  }
  locate(pointer, at2 = "value") {
    return locatePointer(this.#root, pointer, at2);
  }
  /** Whether this very value is at fault. */
  isWrong(pointer) {
    return this.#wrong.has(pointer);
  }
  /** Whether this value or anything in it is at fault. */
  isTouched(pointer) {
    return this.#touched.has(pointer);
  }
  /** The diagnostics by line and column, the file's own before those of rule set files; at most a thousand. */
  toSorted() {
    const files = [.../* @__PURE__ */ new Set([this.#file, ...this.#diagnostics.map(({ file }) => file)])];
    const places = new Map(files.map((file, place) => [file, place]));
    const getPlace = ({ file }) => places.get(file) ?? 0;
    return this.#diagnostics.toSorted((a, b) => getPlace(a) - getPlace(b) || a.line - b.line || a.column - b.column);
  }
};

// dist/rules/collect-interfaces.js
function collectInterfaces(rules) {
  const first = /* @__PURE__ */ new Map();
  for (const rule of rules) {
    for (const { inInterface, outInterface } of rule.entries.flatMap((entry) => "rules" in entry ? entry.rules : [])) {
      for (const name of [inInterface?.value, outInterface?.value]) {
        if (name !== void 0 && !first.has(name)) {
          first.set(name, rule);
        }
      }
    }
  }
  return first;
}
function isNamed(name, interfaces) {
  return interfaces.some((own) => name.endsWith("+") ? own.startsWith(name.slice(0, -1)) : own === name);
}

// dist/rules/find-lo-rule.js
var ENDS = ["ACCEPT", "DROP", "REJECT", "RETURN"];
function findLoRule(rules, family) {
  const chains = new Map(layOutChains(rules, family, []).flatMap((chain) => chain.table === "filter" ? [[chain.name, chain]] : []));
  const found = walk("INPUT", chains, false);
  return found === null || found === "end" ? null : rules.find(({ index }) => index === found.entry) ?? null;
}
function walk(name, chains, isFollowed) {
  const lines = chains.get(name)?.lines ?? [];
  for (const [place, line] of lines.entries()) {
    const hasMore = isFollowed || place < lines.length - 1;
    const target = line.rule.target?.name ?? "";
    if (isAllOfLo(line.rule) && target === "ACCEPT") {
      return hasMore ? line : "end";
    }
    if (isAll(line.rule) && ENDS.includes(target)) {
      return target === "RETURN" ? null : "end";
    }
    const inner = isAll(line.rule) && chains.has(target) ? walk(target, chains, hasMore) : null;
    if (inner !== null || isAll(line.rule) && line.rule.target?.how === "goto") {
      return inner;
    }
  }
  return null;
}
function isAllOfLo(rule) {
  const { inInterface } = rule;
  return inInterface?.value === "lo" && !inInterface.negated && isAll({ ...rule, inInterface: null });
}
function isAll({ source, destination, inInterface, outInterface, protocol, matches }) {
  const isBare = [source, destination, inInterface, outInterface, protocol].every((part) => part === null);
  return isBare && matches.every(({ name }) => name === "comment");
}

// dist/spec/find-warnings.js
function findWarnings(scenario, locate) {
  const ruleSets = scenario.phases.flatMap(({ ruleSet }, phase) => ruleSet?.kind === "iptables" ? [{ phase, rules: ruleSet.rules }] : []);
  const warn = (placed, message) => ({ ...locate(placed), message });
  return ruleSets.flatMap(({ phase, rules }) => [
    ...findUnknownInterfaces(scenario, rules).map(([name, rule]) => warn({ phase, rule }, describeUnknown2(name))),
    ...findLoRules(scenario, rules).map((rule) => warn({ phase, rule }, LO_IS_ALL))
  ]);
}
var LO_IS_ALL = 'this rule accepts all that comes in by lo, and every probe is on lo: no rule of INPUT behind it is met. Describe an interface ("interfaces") and give clients "via" it';
function describeUnknown2(name) {
  return `the world has no interface ${quote(name)}: no packet comes or goes by it. Describe it in "interfaces"`;
}
function findUnknownInterfaces({ world }, rules) {
  const known = ["lo", ...world.interfaces.map(({ name }) => name)];
  return [...collectInterfaces(rules)].filter(([name]) => !isNamed(name, known));
}
function findLoRules(scenario, rules) {
  const probes = listProbes(scenario);
  if (probes.some(({ via }) => via !== null) || scenario.servers.some(({ via }) => via !== null)) {
    return [];
  }
  const families = new Set(probes.map(({ from }) => from.includes(":") ? "ipv6" : "ipv4"));
  const found = [...families].map((family) => findLoRule(rules, family));
  return [...new Set(found)].filter((rule) => rule !== null);
}

// dist/spec/get-backends.js
function getBackends(scenario, problems) {
  return [getSound(getMember(scenario, "backend"), problems) ?? "nft"].flat();
}

// dist/rules/check-loops.js
var DEEPEST2 = 15;
function checkLoops(items) {
  const jumps = collectJumps(items);
  const problems = [];
  const order = sortByReach(jumps, (index, path) => {
    const shown = path.length > 8 ? [...path.slice(0, 4), "\u2026", ...path.slice(-3)] : path;
    problems.push({ index, message: `chains jump in a loop: ${shown.map(getName).join(" \u2192 ")}` });
  });
  return problems.length > 0 ? problems : checkDepth(jumps, order);
}
function collectJumps(items) {
  const byChain = /* @__PURE__ */ new Map();
  for (const { index, entry } of items) {
    if (entry?.kind !== "append" && entry?.kind !== "insert") {
      continue;
    }
    const name = entry.rules[0]?.target?.name;
    if (name === void 0 || getTarget(name) !== null) {
      continue;
    }
    const from = `${entry.table} ${entry.chain}`;
    const to = `${entry.table} ${name}`;
    const own = byChain.get(from) ?? /* @__PURE__ */ new Map();
    byChain.set(from, own);
    if (!own.has(to)) {
      own.set(to, { index, to });
    }
  }
  return new Map([...byChain].map(([from, own]) => [from, [...own.values()]]));
}
function sortByReach(jumps, onLoop) {
  const done = [];
  const state = /* @__PURE__ */ new Map();
  for (const root of jumps.keys()) {
    if (state.has(root)) {
      continue;
    }
    const path = [{ chain: root, next: 0 }];
    state.set(root, "open");
    for (let top = path.at(-1); top !== void 0; top = path.at(-1)) {
      const jump = jumps.get(top.chain)?.[top.next];
      top.next += 1;
      if (jump === void 0) {
        state.set(top.chain, "done");
        done.push(top.chain);
        path.pop();
      } else if (state.get(jump.to) === "open") {
        const names = path.map(({ chain }) => chain);
        onLoop(jump.index, [...names.slice(names.indexOf(jump.to)), jump.to]);
      } else if (!state.has(jump.to)) {
        state.set(jump.to, "open");
        path.push({ chain: jump.to, next: 0 });
      }
    }
  }
  return done.reverse();
}
function checkDepth(jumps, order) {
  const depths = new Map(order.filter(isBuiltIn).map((chain) => [chain, 0]));
  const problems = [];
  for (const chain of order) {
    const depth = depths.get(chain);
    if (depth === void 0) {
      continue;
    }
    for (const { index, to } of jumps.get(chain) ?? []) {
      depths.set(to, Math.max(depths.get(to) ?? 0, depth + 1));
      if (depth === DEEPEST2) {
        problems.push({ index, message: `this jump goes ${depth + 1} chains deep: at most ${DEEPEST2}` });
      }
    }
  }
  return problems;
}
function isBuiltIn(key) {
  const [table, chain = ""] = key.split(" ");
  return isBuiltInChain(table, chain);
}
function getName(key) {
  return key.slice(key.indexOf(" ") + 1);
}

// dist/rules/check-place.js
var WITHOUT_INPUT = ["OUTPUT", "POSTROUTING"];
var WITHOUT_OUTPUT = ["PREROUTING", "INPUT"];
function checkPlace(entry, origins) {
  if (entry.kind !== "append" && entry.kind !== "insert") {
    return [];
  }
  const [rule] = entry.rules;
  if (rule === void 0) {
    return [];
  }
  const { target, matches } = rule;
  return [
    ...checkInterfaces(entry.chain, rule),
    ...matches.flatMap((match) => checkExtension(`-m ${match.name}`, getMatch(match.name), match, entry, origins)),
    ...target === null ? [] : checkExtension(target.name, getTarget(target.name), target, entry, origins)
  ];
}
function checkInterfaces(chain, rule) {
  const problems = [];
  if (rule.inInterface !== null && WITHOUT_INPUT.includes(chain)) {
    problems.push(`-i cannot be used in ${chain}: use -o`);
  }
  if (rule.outInterface !== null && WITHOUT_OUTPUT.includes(chain)) {
    problems.push(`-o cannot be used in ${chain}: use -i`);
  }
  return problems;
}
function checkExtension(what, row, { options }, entry, origins) {
  const { table, chain } = entry;
  const { tables, chains } = (typeof row?.place === "function" ? row.place(options, entry.family) : row?.place) ?? {};
  if (tables !== void 0 && !tables.includes(table)) {
    const names = tables.length === 1 ? `table ${tables[0]}` : `tables ${tables.toReversed().join(", ")}`;
    return [`${what} cannot be used in table ${table}, only in ${names}`];
  }
  const wrong = chains === void 0 ? void 0 : origins.find((origin) => !chains.includes(origin));
  if (chains === void 0 || wrong === void 0) {
    return [];
  }
  const where = wrong === chain ? `in ${chain}` : `in ${chain}, where packets come to from ${wrong}`;
  return [`${what} cannot be used ${where}, only in ${chains.join(", ")}`];
}

// dist/rules/chain-register.js
var MOST_CANDIDATES = 200;
var ChainRegister = class {
  /** "table chain" to the first entry that makes the chain. */
  #makers = /* @__PURE__ */ new Map();
  /** The user chains of each table, for suggestions. */
  #names = new Map(TABLES.map((table) => [table, []]));
  #lengths = /* @__PURE__ */ new Map();
  #nameEntry;
  #hasFailure = false;
  /** All entries are wanted, so that a chain that is made too late can be told from one that is never made. */
  constructor(items, nameEntry) {
    this.#nameEntry = nameEntry;
    for (const { index, entry } of items) {
      if (entry?.kind !== "new-chain" || this.#findMaker(entry.table, entry.chain) !== -1) {
        continue;
      }
      this.#makers.set(`${entry.table} ${entry.chain}`, index);
      this.#names.get(entry.table)?.push(entry.chain);
    }
  }
  /** From now on any chain may be there, and any chain may be longer. */
  noteFailure() {
    this.#hasFailure = true;
    return [];
  }
  /** Obeys an entry, and says why iptables would not. */
  add(entry, index) {
    switch (entry.kind) {
      case "new-chain":
        return this.#make(entry, index);
      case "policy":
        return this.#checkPolicy(entry, index);
      case "append":
      case "insert":
        return this.#addRules(entry, index);
    }
  }
  #make({ table, chain }, index) {
    const [owner] = getTablesWithChain(chain);
    if (isBuiltInChain(table, chain)) {
      return [`${chain} is a built-in chain of table ${table}: -N cannot make it`];
    }
    if (owner !== void 0) {
      return [`${chain} is a built-in chain of table ${owner}: choose another name`];
    }
    const key = `${table} ${chain}`;
    if (!this.#lengths.has(key)) {
      this.#lengths.set(key, 0);
    }
    const earlier = this.#findMaker(table, chain);
    return earlier < index ? [`chain ${chain} is there already: ${this.#nameEntry(earlier)} made it`] : [];
  }
  #checkPolicy(entry, index) {
    const { table, chain } = entry;
    if (isBuiltInChain(table, chain)) {
      return [];
    }
    const isUsers = this.#findMaker(table, chain) !== -1;
    return isUsers ? [`-P cannot be used on ${chain}: only built-in chains have a policy`] : this.#checkChain(entry, chain, index);
  }
  #addRules(entry, index) {
    const { table, chain, rules } = entry;
    const problems = this.#checkChain(entry, chain, index);
    const target = rules[0]?.target ?? null;
    if (target !== null && getTarget(target.name) === null) {
      problems.push(...this.#checkChain(entry, target.name, index, Object.keys(TARGETS)));
    }
    const length = this.#lengths.get(`${table} ${chain}`) ?? 0;
    if (entry.kind === "insert" && entry.position > length + 1 && problems.length === 0 && !this.#hasFailure) {
      problems.push(`-I ${chain} ${entry.position}: ${chain} has ${length} rule${length === 1 ? "" : "s"} here, so the last possible position is ${length + 1}`);
    }
    this.#lengths.set(`${table} ${chain}`, length + rules.length);
    return problems;
  }
  #checkChain({ family, table }, chain, index, more = []) {
    const maker = this.#findMaker(table, chain);
    if (isBuiltInChain(table, chain) || maker !== -1 && maker < index) {
      return [];
    }
    const others = getTablesWithChain(chain);
    if (others.length > 0) {
      return [`table ${table} has no chain ${chain}: it is in ${others.join(", ")}`];
    }
    if (this.#hasFailure) {
      return [];
    }
    if (maker !== -1) {
      return [`chain ${chain} does not exist yet: put ${this.#nameEntry(maker)} (-N ${chain}) before this one`];
    }
    const elsewhere = TABLES.find((other) => this.#findMaker(other, chain) !== -1);
    const own = (this.#names.get(table) ?? []).slice(0, MOST_CANDIDATES);
    const hint = elsewhere ? ` (it is made in table ${elsewhere})` : didYouMean(chain, [...own, ...BUILT_IN_CHAINS[table], ...more]);
    return [
      `${family === "ipv6" ? "IPv6 " : ""}table ${table} has no chain ${chain}${hint}: make it before with ${family === "ipv6" ? "ip6tables " : ""}-N ${chain}`
    ];
  }
  #findMaker(table, chain) {
    return this.#makers.get(`${table} ${chain}`) ?? -1;
  }
};

// dist/rules/collect-origins.js
function collectOrigins(items) {
  const jumps = collectJumps2(items);
  const origins = /* @__PURE__ */ new Map();
  for (const table of TABLES) {
    for (const builtIn of BUILT_IN_CHAINS[table]) {
      for (const chain of reach(`${table} ${builtIn}`, jumps)) {
        origins.set(chain, [...origins.get(chain) ?? [], builtIn]);
      }
    }
  }
  return origins;
}
function collectJumps2(items) {
  const jumps = /* @__PURE__ */ new Map();
  for (const { entry } of items) {
    if (entry?.kind !== "append" && entry?.kind !== "insert") {
      continue;
    }
    const target = entry.rules[0]?.target;
    if (target !== null && target !== void 0 && target.options.length === 0) {
      const from = `${entry.table} ${entry.chain}`;
      jumps.set(from, (jumps.get(from) ?? /* @__PURE__ */ new Set()).add(`${entry.table} ${target.name}`));
    }
  }
  return jumps;
}
function reach(start, jumps) {
  const found = /* @__PURE__ */ new Set([start]);
  for (const chain of found) {
    for (const next of jumps.get(chain) ?? []) {
      found.add(next);
    }
  }
  return found;
}

// dist/rules/check-rule-set.js
function checkRuleSet(entries, nameEntry = (index) => `entry ${index}`) {
  const problems = /* @__PURE__ */ new Map();
  for (const family of ["ipv4", "ipv6"]) {
    for (const problem of checkFamily(select(entries, family), nameEntry)) {
      problems.set(`${problem.index} ${problem.message}`, problem);
    }
  }
  return [...problems.values()].sort((a, b) => a.index - b.index);
}
function select(entries, family) {
  return entries.flatMap((list, index) => {
    const own = list === null ? [null] : list.filter((entry) => entry.family === family);
    return own.map((entry) => ({ index, entry }));
  });
}
function checkFamily(items, nameEntry) {
  const register = new ChainRegister(items, nameEntry);
  const problems = [];
  const origins = collectOrigins(items);
  for (const { index, entry } of items) {
    const messages = entry === null ? register.noteFailure() : [...checkPlace(entry, origins.get(`${entry.table} ${entry.chain}`) ?? []), ...register.add(entry, index)];
    problems.push(...messages.map((message) => ({ index, message })));
  }
  return [...problems, ...checkLoops(items)];
}

// dist/rules/to-port-arguments.js
var FLAGS = { sourcePort: "--sport", destinationPort: "--dport" };
function toPortArguments(input, key) {
  const value = input[key];
  if (value === void 0) {
    return [];
  }
  const [, not = "", rest = ""] = /^(!?) *(.*)$/.exec(String(value)) ?? [];
  const ports = rest.replace(/ *, */g, ",").trimEnd();
  const isPlain = assertHasPorts(input.protocol, key) === "tcp" && !ports.includes(",");
  const match = isPlain ? "tcp" : "multiport";
  const flag = isPlain ? FLAGS[key] : `${FLAGS[key]}s`;
  return ["-m", match, ...not === "" ? [] : ["!"], flag, ports].map((text) => ({ text, key }));
}
function assertHasPorts(protocol, key) {
  if (protocol === void 0) {
    throw new RuleError(`${key} needs a protocol that has ports: add "protocol": "tcp"`, key);
  }
  const name = /^(?:[a-z]|\d)/i.test(protocol) ? tryName(protocol) : null;
  if (protocol.startsWith("!")) {
    throw new RuleError(`${key} cannot be combined with a negated protocol (${protocol})`, key);
  }
  if (name !== null && !MATCHES.multiport.protocols?.includes(name)) {
    throw new RuleError(`${key} needs a protocol that has ports, not ${protocol}: tcp, udp, udplite, sctp or dccp`, key);
  }
  return name ?? "tcp";
}
function tryName(protocol) {
  try {
    return getProtocolName(protocolNumber(protocol));
  } catch {
    return null;
  }
}

// dist/rules/parse-rule-object.js
function parseRuleObject(input) {
  for (const [key, value] of Object.entries(input)) {
    if (typeof value === "string") {
      assertPrintable(value, key);
    }
  }
  for (const [key, { targets }] of Object.entries(TARGET_KEYS)) {
    if (Object.hasOwn(input, key) && !targets.includes(input.target)) {
      throw new RuleError(`${key} goes with the target ${targets.join(" or ")} only`, key);
    }
  }
  const families = input.family === "both" ? ["ipv4", "ipv6"] : [input.family ?? null];
  return families.map((family) => parseArguments(family, (assumed) => makeArguments(input, assumed)));
}
var TARGET_KEYS = {
  rejectWith: { targets: ["REJECT"], flag: "--reject-with" },
  toDestination: { targets: ["DNAT"], flag: "--to-destination" },
  toSource: { targets: ["SNAT"], flag: "--to-source" }
};
function makeArguments(input, family) {
  return [
    ...toArguments2("table", "-t", input.table ?? "filter"),
    ...toArguments2("chain", ...input.insert === true ? ["-I", input.chain, "1"] : ["-A", input.chain]),
    ...toNegatable("protocol", "-p", input.protocol),
    ...toNegatable("source", "-s", input.source),
    ...toNegatable("destination", "-d", input.destination),
    ...toNegatable("inInterface", "-i", input.inInterface),
    ...toNegatable("outInterface", "-o", input.outInterface),
    ...toPortArguments(input, "sourcePort"),
    ...toPortArguments(input, "destinationPort"),
    ...toState(input.state),
    ...splitMatch(input.match),
    ...toArguments2("comment", "-m", "comment", "--comment", input.comment),
    ...toArguments2("target", "-j", input.target),
    ...toArguments2("rejectWith", TARGET_KEYS.rejectWith.flag, normalizeAnswer(input.rejectWith, family)),
    ...toArguments2("toDestination", TARGET_KEYS.toDestination.flag, input.toDestination),
    ...toArguments2("toSource", TARGET_KEYS.toSource.flag, input.toSource)
  ];
}
function toArguments2(key, ...words) {
  const given = words.filter((word) => word !== void 0);
  return given.length < words.length ? [] : given.map((text) => ({ text, key }));
}
function toNegatable(key, flag, value) {
  const [, not = "", rest = ""] = /^(!?) *(.*)$/.exec(value ?? "") ?? [];
  const words = toArguments2(key, flag, value === void 0 ? void 0 : normalizeList(rest));
  return not === "" ? words : [{ text: "!", key }, ...words];
}
function toState(value) {
  if (value === void 0) {
    return [];
  }
  return [...toArguments2("state", "-m", "conntrack"), ...toNegatable("state", "--ctstate", value)];
}
function splitMatch(match) {
  if (match === void 0) {
    return [];
  }
  return withKey("match", () => splitShellWords(match)).map((text) => ({ text, key: "match" }));
}
function normalizeList(value) {
  return value.replace(/ *, */g, ",").trimEnd();
}
function normalizeAnswer(answer, family) {
  const full = `${ANSWER_PREFIXES[family]}${answer?.toLowerCase()}`;
  return answer !== void 0 && ANSWERS[family].includes(full) ? full : answer;
}

// dist/rules/print-entry.js
function printEntry(entry) {
  const program = entry.family === "ipv6" ? ["ip6tables"] : [];
  const table = entry.table === "filter" ? [] : ["-t", entry.table];
  return [...program, ...table, ...toCommand(entry), ...toRule(entry)].map(quoteShellWord).join(" ");
}
function toCommand(entry) {
  switch (entry.kind) {
    case "append":
      return ["-A", entry.chain];
    case "insert":
      return ["-I", entry.chain, ...entry.position === 1 ? [] : [String(entry.position)]];
    case "policy":
      return ["-P", entry.chain, entry.policy];
    case "new-chain":
      return ["-N", entry.chain];
  }
}
function toRule(entry) {
  if (entry.kind === "policy" || entry.kind === "new-chain") {
    return [];
  }
  const [first] = entry.rules;
  return first === void 0 ? [] : toArguments(joinLists(first, entry.rules, ANY_ADDRESS[entry.family]));
}
function joinLists(first, rules, any) {
  if (rules.length === 1) {
    return first;
  }
  const sources = rules.map((rule) => rule.source?.value ?? any);
  const destinations = rules.map((rule) => rule.destination?.value ?? any);
  const width = rules.findIndex((_, index) => index > 0 && isWidth(index, sources, destinations));
  const period = width > 0 ? width : rules.length;
  const outer = sources.filter((_, index) => index % period === 0);
  return { ...first, source: join(first.source, outer), destination: join(first.destination, destinations.slice(0, period)) };
}
function isWidth(width, sources, destinations) {
  if (sources.length % width !== 0) {
    return false;
  }
  return sources.every((source, index) => source === sources[index - index % width] && destinations[index] === destinations[index % width]);
}
function join(first, values) {
  return values.length === 1 ? first : { negated: false, value: values.join(",") };
}

// dist/rules/get-unsupported.js
var MOST_BYTES = 4e3;
var BYTES = { u32: 2100, policy: 450, hashlimit: 400 };
var USUAL_BYTES = 230;
function getUnsupported(rule, backend) {
  const { matches, target } = rule;
  const bytes = matches.reduce((sum, { name }) => sum + (BYTES[name] ?? USUAL_BYTES), USUAL_BYTES);
  if (backend === "nft" && bytes > MOST_BYTES) {
    return `the nft back end has no space for so many matches in one rule: ${matches.map(({ name }) => name).join(", ")}`;
  }
  const reasons = [
    ...matches.map(({ name, options }) => getMatch(name)?.getUnsupported?.(options, rule, backend)),
    getTarget(target?.name ?? "")?.getUnsupported?.(target?.options ?? [], rule, backend)
  ];
  return reasons.find((reason) => typeof reason === "string") ?? null;
}

// dist/spec/get-unsupported-problem.js
function getUnsupportedProblem(entries, backends) {
  const rules = entries.flatMap((entry) => "rules" in entry ? entry.rules : []);
  return rules.flatMap((rule) => backends.map((backend) => getUnsupported(rule, backend))).find((problem) => problem !== null) ?? null;
}

// dist/spec/resolve-rules.js
function resolveRules(owner, scenario, problems) {
  const place = getMember(owner, "rules");
  if (problems.isWrong(place.pointer)) {
    return null;
  }
  const items = getItems(place);
  const names = collectNames(items, problems);
  const entries = items.map((item) => problems.isFull ? null : readEntries(item, problems));
  for (const { index, message } of checkRuleSet(entries)) {
    problems.add(joinPointer(place.pointer, index), message);
  }
  const backends = getBackends(scenario, problems);
  entries.forEach((own, index) => {
    const problem = getUnsupportedProblem(own ?? [], backends);
    if (problem !== null) {
      problems.add(joinPointer(place.pointer, index), problem);
    }
  });
  const rules = entries.flatMap((own, index) => own === null ? [] : [makeRule(index, items[index]?.value, own)]);
  return { count: items.length, names, rules };
}
function collectNames(items, problems) {
  const first = /* @__PURE__ */ new Map();
  items.forEach((item, index) => {
    const place = getMember(item, "name");
    const name = getSound(place, problems);
    if (name === void 0) {
      return;
    }
    const earlier = first.get(name);
    if (earlier === void 0) {
      first.set(name, index);
    } else {
      problems.add(place.pointer, `rule name ${quote(name)} is taken: rule ${earlier} has it`);
    }
  });
  return new Set(first.keys());
}
function readEntries(place, problems) {
  const input = getSound(place, problems);
  if (input === void 0) {
    return null;
  }
  try {
    return typeof input === "string" ? [parseRuleText(input)] : parseRuleObject(input);
  } catch (error) {
    if (!(error instanceof RuleError)) {
      throw error;
    }
    const key = error.key === null ? void 0 : getMember(place, error.key);
    problems.add(key?.value === void 0 ? place.pointer : key.pointer, error.message);
    return null;
  }
}
function makeRule(index, value, entries) {
  if (typeof value === "string") {
    return { index, name: null, text: stripCommand(value), line: null, entries };
  }
  const [first] = entries;
  return { index, name: value.name ?? null, text: first === void 0 ? "" : printEntry(first), line: null, entries };
}
function stripCommand(text) {
  return text.trim().replace(/^sudo\s+/, "").replace(/^[\w./-]*\bip(6?)tables(?:-nft|-legacy)?\s+/, (_, six) => six === "" ? "" : "ip6tables ");
}

// dist/rules/check-nft-tables.js
var FAMILIES = ["ip", "ip6", "inet", "arp", "bridge", "netdev"];
var TRACED = ["ip", "ip6", "inet"];
function checkNftTables(statements) {
  const declared = statements.flatMap(readTable);
  return declared.flatMap(({ family, name: { text, line, column } }, place) => {
    if (!TRACED.includes(family)) {
      return family === "netdev" ? [] : [{ line, column, message: `a table of family ${family} is refused: no probe's packets are ${family}` }];
    }
    const other = declared.slice(0, place).find((earlier) => earlier.name.text === text && doOverlap(earlier.family, family));
    return other === void 0 ? [] : [
      {
        line,
        column,
        message: `table ${family} ${text} cannot be told from table ${other.family} ${text} in the kernel's trace: give it another name`
      }
    ];
  });
}
function readTable({ context, tokens }) {
  const words = tokens[0]?.text === "add" || tokens[0]?.text === "create" ? tokens.slice(1) : tokens;
  const [table, first, second] = words;
  if (context !== "file" || table?.text !== "table" || first === void 0) {
    return [];
  }
  return second !== void 0 && FAMILIES.includes(first.text) ? [{ family: first.text, name: second }] : [{ family: "ip", name: first }];
}
function doOverlap(one, other) {
  return one !== other && (one === "inet" || other === "inet");
}

// dist/rules/list-nft-keywords.js
function listNftKeywords({ kind, text }) {
  if (kind !== "word") {
    return [];
  }
  return text.split(/[^A-Za-z0-9_./-]+/).map((part) => part.replace(/^[0-9][0-9./-]*/, ""));
}

// dist/rules/trace-table.js
var TRACE_TABLE = "loopfw_trace";
var FIRST_OF_ALL = -2147483648;
var MARK = "meta nftrace set 1";
var ON_LO = { output: [MARK], input: [] };
var ON_INTERFACES = { ...ON_LO, prerouting: [MARK], forward: [] };
function printTraceTable(hasInterfaces) {
  const chains = Object.entries(hasInterfaces ? ON_INTERFACES : ON_LO).map(([hook, rules]) => {
    const lines = [`type filter hook ${hook} priority ${FIRST_OF_ALL};`, ...rules];
    return `  chain ${hook} {
${lines.map((line) => `    ${line}
`).join("")}  }
`;
  });
  return `table inet ${TRACE_TABLE} {
${chains.join("")}}
`;
}

// dist/rules/refused-nft-words.js
var REFUSED_NFT_WORDS = {
  include: "it reads files of the machine: put what they say into this file",
  monitor: "it never comes to an end",
  nftrace: "loopfw itself has every packet traced",
  [TRACE_TABLE]: "it is the name of loopfw's own table",
  queue: "without a program that listens to its queue it drops every packet",
  ...because("packets that take its short cut meet no rules", "flowtable", "flow"),
  ...because("loopfw sees what the hooks of ip, ip6 and inet do, not those of a device", "netdev", "ingress", "egress"),
  dup: "its copies are packets that no probe has sent: loopfw could not tell whose they are",
  synproxy: "it answers in the place of the server, so that what the client sees says nothing about the rules",
  tproxy: "it needs a server that listens transparently, and a world has none",
  osf: "it needs fingerprints that a program of the machine loads",
  secmark: "it reaches the security policy of the whole machine",
  cgroupv2: "it looks into the machine's own control groups"
};
function because(reason, ...words) {
  return Object.fromEntries(words.map((word) => [word, reason]));
}

// dist/rules/split-nft-statements.js
var COMMANDS = ["add", "create", "destroy", "delete"];
var OBJECTS = ["table", "chain", "set", "map", "flowtable", "counter", "quota", "limit", "ct", "synproxy", "secmark"];
function splitNftStatements(tokens) {
  const statements = [];
  const blocks = [];
  let [current, braces] = [[], 0];
  const getContext = () => blocks.at(-1) ?? "file";
  const finish = () => {
    if (current.length > 0) {
      statements.push({ context: getContext(), tokens: current });
    }
    [current, braces] = [[], 0];
  };
  for (const token of tokens) {
    const opened = token.kind === "{" && braces === 0 ? getBlock(current, getContext()) : null;
    if (opened !== null) {
      finish();
      blocks.push(opened);
    } else if (token.kind === "}" && braces === 0) {
      finish();
      blocks.pop();
    } else if (token.kind !== "end") {
      braces += token.kind === "{" ? 1 : token.kind === "}" ? -1 : 0;
      current.push(token);
    } else if (braces === 0) {
      finish();
    }
  }
  finish();
  return statements;
}
function getBlock(head, context) {
  if (context !== "file" && context !== "table") {
    return null;
  }
  const words = head.map(({ text }) => text);
  const object = (COMMANDS.includes(words[0] ?? "") ? words[1] : words[0]) ?? "";
  if (object === "table" || object === "chain") {
    return object;
  }
  return context === "table" || OBJECTS.includes(object) ? "object" : null;
}

// dist/rules/tokenize-nft.js
var PIECE = /(?<blank>(?:[ \t\r]|\\\r?\n|#.*)+)|"(?<string>[^"]*)(?<quote>"?)|(?<end>[;\n])|(?<sign>[{},])|(?<word>(?:[^\s"#;{},\\]|\\(?!\r?\n))+)/y;
function tokenizeNft(text) {
  const tokens = [];
  let [line, start] = [1, 0];
  PIECE.lastIndex = 0;
  while (PIECE.lastIndex < text.length) {
    const at2 = PIECE.lastIndex;
    const match = PIECE.exec(text);
    if (match === null) {
      PIECE.lastIndex = at2 + 1;
    }
    const found = match?.[0] ?? text.charAt(at2);
    const token = match === null ? { kind: "word", text: found } : toToken(match.groups ?? {});
    if (token !== null) {
      tokens.push({ ...token, line, column: at2 - start + 1 });
    }
    for (let end = found.indexOf("\n"); end !== -1; end = found.indexOf("\n", end + 1)) {
      line++;
      start = at2 + end + 1;
    }
  }
  return tokens;
}
function toToken({ blank, string, quote: quote2, end, sign, word }) {
  if (blank !== void 0) {
    return null;
  }
  if (string !== void 0) {
    return { kind: quote2 === "" ? "unclosed" : "string", text: string };
  }
  if (sign !== void 0) {
    return { kind: sign, text: sign };
  }
  return end === void 0 ? { kind: "word", text: word ?? "" } : { kind: "end", text: end };
}

// dist/rules/check-nft-text.js
function checkNftText(text) {
  const tokens = tokenizeNft(text);
  const statements = splitNftStatements(tokens);
  return [...tokens.flatMap(checkToken), ...checkBraces(tokens), ...statements.flatMap(checkPhrases), ...checkNftTables(statements)].sort((a, b) => a.line - b.line || a.column - b.column);
}
function checkToken(token) {
  if (token.kind === "unclosed") {
    return [at(token, "the string that begins here has no end")];
  }
  const control = /[\0-\x08\x0b-\x1f\x7f]/.exec(token.text);
  if (control !== null) {
    return [at(token, `what begins here has the control character ${nameCharacter(control[0])}`)];
  }
  const refused = listNftKeywords(token).find((word) => Object.hasOwn(REFUSED_NFT_WORDS, word));
  return refused === void 0 ? [] : [at(token, `${refused} is refused: ${REFUSED_NFT_WORDS[refused]}`)];
}
function checkBraces(tokens) {
  const open = [];
  const problems = [];
  for (const token of tokens) {
    if (token.kind === "{") {
      open.push(token);
    } else if (token.kind === "}" && open.pop() === void 0) {
      problems.push(at(token, "nothing opened what this brace closes"));
    }
  }
  return [...problems, ...open.map((token) => at(token, "the brace that opens here is never closed"))];
}
function checkPhrases({ context, tokens }) {
  const isObject2 = context !== "chain" && !tokens.slice(0, 2).some(({ text }) => text === "rule");
  return tokens.flatMap((token, place) => {
    const [before, after] = [tokens[place - 1]?.text, tokens[place + 1]?.text];
    if (token.text === "helper" && before === "ct" && (isObject2 || after === "set")) {
      return [at(token, "ct helper is refused: it has the kernel load a module for the whole machine")];
    }
    return token.text === "audit" && before === "level" ? [at(token, "log level audit is refused: it writes to the audit log of the whole machine")] : [];
  });
}
function at({ line, column }, message) {
  return { line, column, message };
}

// dist/rules/name-by-comments.js
var NAME = /^(?=.{1,100}$)[0-9]*[A-Za-z_][A-Za-z0-9_.-]*$/;
function nameByComments(rules) {
  const comments = rules.map(getComment);
  const counts = /* @__PURE__ */ new Map();
  for (const comment of comments) {
    counts.set(comment, (counts.get(comment) ?? 0) + 1);
  }
  return rules.map((rule, place) => {
    const comment = comments[place] ?? null;
    return { ...rule, name: comment !== null && counts.get(comment) === 1 && NAME.test(comment) ? comment : null };
  });
}
function getComment({ entries }) {
  const [entry] = entries;
  const [rule] = entry !== void 0 && "rules" in entry ? entry.rules : [];
  return rule?.matches.find(({ name }) => name === "comment")?.options[0]?.values[0] ?? null;
}

// dist/rules/read-save-line.js
var CHAIN = /^:(?<name>\S+)\s+(?<policy>\S+)(?:\s+\[(?<packets>\d+):(?<bytes>\d+)\])?$/;
var RULE = /^(?:\[(?<packets>\d+):(?<bytes>\d+)\]\s*)?(?<text>.*)$/su;
function readSaveLine(line) {
  if (line.startsWith("#") && line.includes("is incompatible")) {
    throw new RuleError(`iptables-save could not show all rules: ${line}`);
  }
  if (line === "" || line.startsWith("#")) {
    return { kind: "nothing" };
  }
  if (line.startsWith("*")) {
    return { kind: "table", name: line.slice(1) };
  }
  if (line === "COMMIT") {
    return { kind: "commit" };
  }
  return line.startsWith(":") ? readChain(line) : readRule(line);
}
function readChain(line) {
  const groups = CHAIN.exec(line)?.groups;
  if (groups === void 0) {
    throw new RuleError(`not a chain: ${line}; expected :NAME POLICY [0:0]`);
  }
  return { kind: "chain", name: groups["name"] ?? "", policy: groups["policy"] ?? "", counters: toCounters(groups) };
}
function readRule(line) {
  const groups = RULE.exec(line)?.groups ?? {};
  return { kind: "rule", text: groups["text"] ?? "", counters: toCounters(groups) };
}
function toCounters({ packets, bytes }) {
  return packets === void 0 ? null : { packets: Number(packets), bytes: Number(bytes) };
}

// dist/rules/section-reader.js
var SectionReader = class {
  /** Each table's line. */
  #begun = /* @__PURE__ */ new Map();
  #open = null;
  #hasStray = false;
  #unsupported = /* @__PURE__ */ new Map();
  /**
   * The table that a line belongs to; null where that is none that loopfw has.
   * @throws RuleError where no such line may stand there
   */
  read(read, line) {
    switch (read.kind) {
      case "nothing":
        return null;
      case "table":
        return this.#begin(read.name, line);
      case "commit":
        return this.#commit();
      case "chain":
      case "rule":
        return this.#getTable(read);
    }
  }
  /** What is only known at the end of the file. */
  finish(lastLine) {
    return [
      ...this.#open === null ? [] : [{ line: lastLine, message: `table ${this.#open.name} has no COMMIT: iptables-restore wants one` }],
      ...[...this.#unsupported].map(([name, line]) => ({ line, message: `table ${name} is not supported yet` }))
    ];
  }
  #begin(name, line) {
    const open = this.#open;
    const earlier = this.#begun.get(name);
    const table = TABLES.find((known) => known === name) ?? null;
    this.#open = { name, line, table };
    this.#begun.set(name, line);
    if (open !== null) {
      throw new RuleError(`table ${open.name} of line ${open.line} has no COMMIT before this`);
    }
    if (earlier !== void 0) {
      throw new RuleError(`table ${name} was there in line ${earlier}: iptables-restore would forget what that says`);
    }
    if (table === null && name !== "security") {
      throw new RuleError(`unknown table "${name}"${didYouMean(name, TABLES)}: ${TABLES.join(", ")}`);
    }
    return null;
  }
  #commit() {
    if (this.#open === null) {
      throw new RuleError("COMMIT where no table is open");
    }
    this.#open = null;
    return null;
  }
  #getTable(read) {
    const open = this.#open;
    if (open === null) {
      return this.#noteStray();
    }
    const isNothing2 = read.kind === "chain" && (read.policy === "ACCEPT" || read.policy === "-");
    if (open.name === "security" && !isNothing2) {
      this.#unsupported.set(open.name, open.line);
    }
    return open.table;
  }
  /** Said once: a file without any table has many such lines. */
  #noteStray() {
    if (this.#hasStray) {
      return null;
    }
    this.#hasStray = true;
    throw new RuleError("this line is in no table: put *filter before it, and COMMIT at the end");
  }
};

// dist/rules/split-restore-words.js
var TOKEN = /"(?<quoted>(?:[^"\\]|\\.)*)"|(?<bare>[^ \t"]+)|[ \t]+/uy;
function splitRestoreWords(line) {
  const words = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < line.length) {
    const groups = TOKEN.exec(line)?.groups;
    if (groups === void 0) {
      throw new RuleError(`unclosed quote in "${line}"`);
    }
    if (groups.quoted !== void 0) {
      words.push(groups.quoted.replace(/\\(.)/gu, "$1"));
    } else if (groups.bare !== void 0) {
      words.push(groups.bare);
    }
  }
  return words;
}

// dist/rules/parse-ruleset.js
var LONGEST_LINE = 10239;
var ADDRESS_FLAGS = ["-s", "--source", "--src", "-d", "--destination", "--dst"];
function parseRuleset(text, family) {
  const problems = [];
  const items = [];
  const sections = new SectionReader();
  const lines = text.split(/\r?\n/);
  for (const [place, written] of lines.entries()) {
    const line = place + 1;
    try {
      const read = readLine(written);
      const table = sections.read(read, line);
      if (table !== null && (read.kind === "chain" || read.kind === "rule") && !isNothing(read, table)) {
        const item = { line, text: showLine(read, table), entry: null };
        items.push(item);
        item.entry = readEntry(read, family, table);
      }
    } catch (error) {
      if (!(error instanceof RuleError)) {
        throw error;
      }
      problems.push({ line, message: error.message });
    }
  }
  problems.push(...sections.finish(lines.length), ...checkItems(items));
  return { rules: nameByComments(toRules(items)), problems: problems.sort((a, b) => a.line - b.line) };
}
function readLine(written) {
  if (written.length > LONGEST_LINE) {
    throw new RuleError(`the line has ${written.length} characters: iptables-restore reads ${LONGEST_LINE}`);
  }
  return readSaveLine(written.trim());
}
function isNothing(read, table) {
  return read.kind === "chain" && read.policy === "-" && isBuiltInChain(table, read.name);
}
function showCommand(read) {
  if (read.kind === "rule") {
    return read.text;
  }
  return read.policy === "-" ? `-N ${read.name}` : `-P ${read.name} ${read.policy}`;
}
function showLine(read, table) {
  return `${table === "filter" ? "" : `-t ${table} `}${showCommand(read)}`;
}
function readEntry(read, family, table) {
  const words = clearAllHostBits(splitRestoreWords(showCommand(read)), family);
  for (const word of words) {
    assertPrintable(word);
  }
  if (words.some((word) => /^(?:-t|--table(?:=.*)?)$/.test(word))) {
    throw new RuleError(`-t does not go into a file: this line is in table ${table}`);
  }
  return parseArguments(family, () => ["-t", table, ...words].map((word) => ({ text: word, key: null })));
}
function clearAllHostBits(words, family) {
  return words.map((word, place) => {
    const isAddress = ADDRESS_FLAGS.includes(words[place - 1] ?? "");
    return isAddress && word.includes("/") ? word.split(",").map((part) => clearHostBits(part, family)).join(",") : word;
  });
}
function toRules(items) {
  let count2 = 0;
  return items.flatMap(({ line, text, entry }) => {
    const index = entry !== null && "rules" in entry ? count2++ : null;
    return entry === null ? [] : [{ index, name: null, text, line, entries: [entry] }];
  });
}
function checkItems(items) {
  const getLine = (place) => items[place]?.line ?? 1;
  const entries = items.map(({ entry }) => entry === null ? null : [entry]);
  const found = checkRuleSet(entries, (place) => `line ${getLine(place)}`);
  return found.map(({ index, message }) => ({ line: getLine(index), message }));
}

// dist/rules/tell-family.js
import { isIPv6 } from "node:net";
var WRITER = /^# Generated by (?<six>ip6)?[a-z0-9-]+-save\b/m;
var IPV6_WORDS = /\b(?:ipv6-icmp|icmpv6|icmp6)\b/;
var ADDRESSES = /(?<=\s(?:-s|-d|--source|--destination|--src|--dst)\s+)\S+/g;
function tellFamily(text, path) {
  const writer = WRITER.exec(text);
  if (writer !== null) {
    return writer.groups?.["six"] === void 0 ? "ipv4" : "ipv6";
  }
  const hasAddress2 = (text.match(ADDRESSES) ?? []).some((list) => list.split(/[,/]/).some((part) => isIPv6(part)));
  return hasAddress2 || IPV6_WORDS.test(text) || /v6$/.test(path) ? "ipv6" : "ipv4";
}

// dist/spec/resolve-ruleset-text.js
var parsed = /* @__PURE__ */ new WeakMap();
function resolveRulesetText(path, content, input, backends, problems, onProblem) {
  const problem = "problem" in content ? content.problem : getTextProblem(content.text, input.format);
  if (problem !== null || "problem" in content) {
    onProblem(problem ?? "");
    return { ruleSet: { kind: "iptables", rules: [] }, rules: null };
  }
  if ((input.format ?? tellFormat(content.text)) === "nft") {
    for (const { message, ...position } of checkNftText(content.text)) {
      problems.addIn(path, position, message);
    }
    return { ruleSet: { kind: "nft", file: path, text: content.text }, rules: null };
  }
  const ruleset = parse2(content, content.text, input.family ?? tellFamily(content.text, path));
  for (const { line, message } of [...ruleset.problems, ...findUnsupported(ruleset, backends)]) {
    problems.addIn(path, { line, column: 1 }, message);
  }
  return { ruleSet: { kind: "iptables", rules: ruleset.rules }, rules: ruleset.problems.length > 0 ? null : toRules2(ruleset) };
}
function getTextProblem(text, format) {
  if (text.trim() === "") {
    return "the file is empty";
  }
  const isTold = format !== void 0 || tellFormat(text) !== null;
  return isTold ? null : 'the text looks neither like iptables-save nor like nft: say which with "format"';
}
function parse2(key, text, family) {
  const own = parsed.get(key) ?? /* @__PURE__ */ new Map();
  parsed.set(key, own);
  const ruleset = own.get(family) ?? parseRuleset(text, family);
  own.set(family, ruleset);
  return ruleset;
}
function findUnsupported({ rules }, backends) {
  return rules.flatMap(({ line, entries }) => {
    const message = getUnsupportedProblem(entries, backends);
    return message === null || line === null ? [] : [{ line, message }];
  });
}
function toRules2({ rules }) {
  return {
    count: rules.filter(({ index }) => index !== null).length,
    names: new Set(rules.flatMap(({ name }) => name === null ? [] : [name])),
    rules
  };
}

// dist/spec/ruleset-files.js
function getRulesetPathProblem(file) {
  if (file.startsWith("/")) {
    return "expected a path inside the scenario's folder, found an absolute one";
  }
  return file.split("/").includes("..") ? "expected a path inside the scenario's folder, found one with .." : null;
}
function getShownPath(scenarioFile, file) {
  return `${scenarioFile.slice(0, scenarioFile.lastIndexOf("/") + 1)}${file}`;
}

// dist/spec/resolve-rule-set.js
var NOTHING = { ruleSet: { kind: "iptables", rules: [] }, rules: null };
function resolveRuleSet(owner, scenario, files, problems) {
  const instead = getInstead(scenario, files, problems);
  if (instead !== null) {
    const onProblem = (message) => problems.addIn(instead.path, { line: 1, column: 1 }, message);
    return owner === scenario ? resolveRulesetText(instead.path, instead.content, {}, getBackends(scenario, problems), problems, onProblem) : void 0;
  }
  const place = getMember(owner, "ruleset");
  if (place.value !== void 0) {
    return resolveFile(place, scenario, files, problems);
  }
  if (owner !== scenario && getMember(owner, "rules").value === void 0) {
    return void 0;
  }
  const rules = resolveRules(owner, scenario, problems);
  return { ruleSet: { kind: "iptables", rules: rules?.rules ?? [] }, rules };
}
function getInstead(scenario, { instead }, problems) {
  const name = getSound(getMember(scenario, "name"), problems) ?? "";
  const tags = getSound(getMember(scenario, "tags"), problems) ?? [];
  return instead?.isFor({ name, tags }) ? instead : null;
}
function resolveFile(place, scenario, files, problems) {
  if (getMember(scenario, "rules").value !== void 0) {
    problems.add(place.pointer, '"ruleset" and "rules" exclude each other: the file is the whole rule set', "key");
  }
  const input = getSound(place, problems);
  if (input === void 0) {
    return NOTHING;
  }
  const onProblem = (message) => problems.add(getMember(place, "file").pointer, message);
  const problem = getRulesetPathProblem(input.file);
  if (problem !== null) {
    onProblem(problem);
    return NOTHING;
  }
  const content = files.texts.get(input.file) ?? { problem: "the text of this file is not given" };
  const path = getShownPath(files.scenarioFile, input.file);
  const backends = getBackends(scenario, problems);
  const own = resolveRulesetText(path, content, input, backends, problems, onProblem);
  if (own.ruleSet?.kind === "nft" && backends.includes("legacy")) {
    onProblem("a rule set for nft needs the nft back end: legacy cannot hold it");
  }
  return own;
}

// dist/spec/locate-rule.js
function locateRule({ phase, rule }, scenario, files, problems) {
  if (rule.line === null) {
    const pointer = `${scenario.pointer}${phase === 0 ? "" : `/phases/${phase - 1}`}/rules/${rule.index}`;
    return { file: files.scenarioFile, ...problems.locate(pointer), pointer };
  }
  const own = getSound(getMember(getMember(scenario, "ruleset"), "file"), problems) ?? "";
  const path = getInstead(scenario, files, problems)?.path ?? getShownPath(files.scenarioFile, own);
  return { file: path, line: rule.line, column: 1, pointer: null };
}

// dist/spec/get-via-problem.js
function getViaProblem(via, address, { interfaces, isSound }) {
  if (via === "lo") {
    return "nobody stands outside of lo";
  }
  const found = interfaces.find(({ name }) => name === via);
  if (found === void 0) {
    const known = interfaces.map(({ name }) => name);
    return isSound ? `no interface ${quote(via)}${didYouMean(via, known)}: "interfaces" must describe it` : null;
  }
  const isIPv62 = address.includes(":");
  const canAnswer = found.addresses.some((own) => own.includes(":") === isIPv62);
  return canAnswer || !isSound ? null : `${via} has no ${isIPv62 ? "IPv6" : "IPv4"} address, by which ${address} could reach the world`;
}

// dist/spec/check-stand.js
function checkStand(place, address, role, network, problems) {
  const at2 = getMember(place, "via");
  const via = getSound(at2, problems) ?? null;
  const problem = getAddressProblem(address, role, network, via);
  if (problem !== null) {
    problems.add(getMember(place, "address").pointer, problem);
    return;
  }
  const viaProblem = via === null ? null : getViaProblem(via, address, network);
  if (viaProblem !== null) {
    problems.add(at2.pointer, viaProblem);
  }
}

// dist/spec/resolve-clients.js
function makeClient(address) {
  return { address, port: null, via: null, blocking: false };
}
function resolveClients(scenario, network, problems) {
  const place = getMember(scenario, "clients");
  if (problems.isWrong(place.pointer)) {
    return null;
  }
  return new Map(getMembers(place).map(([name, member]) => [name, readClient(member, network, problems)]));
}
function readClient(place, network, problems) {
  if (typeof place.value === "string") {
    const address2 = getSound(place, problems);
    const problem = address2 === void 0 ? null : getAddressProblem(address2, "client", network);
    if (problem !== null) {
      problems.add(place.pointer, problem);
    }
    return address2 === void 0 || problem !== null ? null : makeClient(address2);
  }
  const address = getSound(getMember(place, "address"), problems);
  if (address !== void 0) {
    checkStand(place, address, "client", network, problems);
  }
  const input = getSound(place, problems);
  return input === void 0 ? null : { address: input.address, port: input.port ?? null, via: input.via ?? null, blocking: input.connect === "blocking" };
}

// dist/spec/resolve-hosts.js
function resolveHosts(scenario, clients, problems) {
  const place = getMember(scenario, "hosts");
  if (problems.isWrong(place.pointer)) {
    return null;
  }
  for (const [name, member] of getMembers(place)) {
    const problem = getNameProblem(name, clients);
    if (problem !== null) {
      problems.add(member.pointer, problem, "key");
    }
  }
  return new Map(getMembers(place).map(([name, member]) => [name, getSound(member, problems) ?? null]));
}
function getNameProblem(name, clients) {
  if (/^[\d.]+$/.test(name)) {
    return `expected a name, found ${quote(name)}, which looks like an address`;
  }
  return clients?.has(name) ? `host name ${quote(name)} is taken: a client has it` : null;
}

// dist/spec/parse-address-prefix.js
function parseAddressPrefix(text, isLengthNeeded) {
  const [address = "", length, ...more] = text.split("/");
  const most = address.includes(":") ? 128 : 32;
  const problem = getSpellingProblem(address) ?? getUnicastProblem(address);
  if (problem !== null) {
    return { problem };
  }
  if (length === void 0 && isLengthNeeded) {
    return { problem: `expected an address with its prefix length, as ${address}/${most === 32 ? 24 : 64}, found ${quote(text)}` };
  }
  const isLength = length === void 0 || /^(0|[1-9]\d{0,2})$/.test(length) && Number(length) >= 1 && Number(length) <= most;
  if (!isLength || more.length > 0) {
    return { problem: `expected a prefix length from 1 to ${most}, found ${quote(text)}` };
  }
  const prefix2 = `${address}/${length ?? most}`;
  return getBroadcast(prefix2) === address ? { problem: `${address} is the broadcast address of its own prefix, ${prefix2}` } : { prefix: prefix2 };
}

// dist/spec/resolve-interfaces.js
var import_ipaddr = __toESM(require_ipaddr(), 1);
var RESERVED = ["all", "default"];
function resolveInterfaces(scenario, problems) {
  return getMembers(getMember(scenario, "interfaces")).map(([name, place]) => {
    if (name === "lo") {
      problems.add(place.pointer, 'lo is there anyway: its addresses stand in "addresses"', "key");
    } else if (RESERVED.includes(name)) {
      problems.add(place.pointer, `no interface can be called ${quote(name)}: the kernel's settings call all of them so`, "key");
    }
    const link = getSound(getMember(place, "link"), problems) ?? "up";
    return { name, link, addresses: getItems(getMember(place, "addresses")).flatMap((item) => readAddress(item, problems)) };
  });
}
function readAddress(place, problems) {
  const text = getSound(place, problems);
  if (text === void 0) {
    return [];
  }
  const read = parseAddressPrefix(text, true);
  const problem = "problem" in read ? read.problem : getRangeProblem(read.prefix);
  if (problem !== null) {
    problems.add(place.pointer, problem);
  }
  return "prefix" in read && problem === null ? [read.prefix] : [];
}
function getRangeProblem(prefix2) {
  const range = import_ipaddr.default.parse(prefix2.split("/")[0] ?? "").range();
  return range === "loopback" ? `${prefix2} is an address of lo's own` : null;
}

// dist/spec/resolve-addresses.js
function resolveAddresses(scenario, interfaces, problems) {
  const holders = /* @__PURE__ */ new Map([
    ["127.0.0.1", "lo"],
    ["::1", "lo"]
  ]);
  for (const { name, addresses } of interfaces) {
    addresses.forEach((prefix2, index) => {
      const place = getItems(getMember(getMember(getMember(scenario, "interfaces"), name), "addresses"))[index];
      hold(prefix2, name, place, holders, problems);
    });
  }
  const known = ["lo", ...interfaces.map(({ name }) => name)];
  return getItems(getMember(scenario, "addresses")).flatMap((place) => {
    const extra = readAddress2(place, known, problems);
    if (extra !== null) {
      hold(extra.address, extra.interface, place, holders, problems);
    }
    return extra ?? [];
  });
}
function hold(prefix2, name, place, holders, problems) {
  const address = prefix2.split("/")[0] ?? prefix2;
  const holder = holders.get(address);
  holders.set(address, name);
  if (holder !== void 0 && place !== void 0) {
    problems.add(place.pointer, `${address} is taken: ${holder} has it${holder === "lo" && /^(127\.0\.0\.1|::1)$/.test(address) ? " from the start" : ""}`);
  }
}
function readAddress2(place, known, problems) {
  const input = getSound(place, problems);
  if (input === void 0) {
    return null;
  }
  const { address, interface: name = "lo", label = null } = typeof input === "string" ? { address: input } : input;
  const read = parseAddressPrefix(address, false);
  const at2 = typeof input === "string" ? place : getMember(place, "address");
  const problem = "problem" in read ? read.problem : name === "lo" ? null : getRangeProblem(read.prefix);
  if (problem !== null) {
    problems.add(at2.pointer, problem);
  }
  if (!known.includes(name)) {
    problems.add(getMember(place, "interface").pointer, `no interface ${quote(name)}${didYouMean(name, known)}`);
  }
  const labelProblem = label === null ? null : getLabelProblem(label, name, address);
  if (labelProblem !== null) {
    problems.add(getMember(place, "label").pointer, labelProblem);
  }
  return "problem" in read || problems.isTouched(place.pointer) ? null : { address: read.prefix, interface: name, label };
}
function getLabelProblem(label, name, address) {
  if (address.includes(":")) {
    return "only an IPv4 address has a label";
  }
  return /^[\w.:-]+$/.test(label) && label.startsWith(`${name}:`) && label.length > name.length + 1 ? null : `expected a label such as "${name}:1", found ${quote(label)}`;
}

// dist/spec/parse-route.js
var TYPES2 = ["unicast", "local", "unreachable", "blackhole", "prohibit"];
var OPTIONS = ["via", "dev", "src", "metric", "onlink"];
var DEFAULTS = { ipv4: "0.0.0.0/0", ipv6: "::/0" };
var WITHOUT_WAY = ["unreachable", "blackhole", "prohibit"];
function parseRoute(text) {
  const words = text.trim().split(/\s+/);
  const type = TYPES2.find((each) => each === words[0]);
  const [target = "", ...rest] = type === void 0 ? words : words.slice(1);
  const read = readTarget(target, rest);
  const options = readOptions(rest);
  if ("problem" in read || "problem" in options) {
    return "problem" in read ? read : options;
  }
  const { via = null, dev: device = null, src: source = null, metric, onlink } = options.values;
  const route = { type: type ?? "unicast", ...read, via, device, source, onlink: onlink !== void 0, text };
  const problem = getAddressProblem2(read.family, via, source) ?? getMetricProblem(metric) ?? getWayProblem(route);
  return problem === null ? { ...route, metric: metric === void 0 ? null : Number(metric) } : { problem };
}
function readOptions(words) {
  const values = {};
  for (let place = 0; place < words.length; place++) {
    const word = words[place] ?? "";
    if (!OPTIONS.includes(word)) {
      return { problem: `expected ${OPTIONS.join(", ")} or nothing more, found ${quote(word)}${didYouMean(word, OPTIONS)}` };
    }
    if (values[word] !== void 0) {
      return { problem: `${quote(word)} is said twice` };
    }
    const value = word === "onlink" ? "" : words[++place];
    if (value === void 0) {
      return { problem: `nothing stands behind ${quote(word)}` };
    }
    values[word] = value;
  }
  return { values };
}
function readTarget(target, rest) {
  const family = (target === "default" ? rest.join(" ") : target).includes(":") ? "ipv6" : "ipv4";
  if (target === "default") {
    return { family, prefix: DEFAULTS[family] };
  }
  if (!/^[\da-f.:]+(\/|$)/i.test(target)) {
    const words = ["default", ...TYPES2];
    return {
      problem: `expected a prefix, default, or a type before it (${TYPES2.join(", ")}), found ${quote(target)}${didYouMean(target, words)}`
    };
  }
  try {
    return { family, prefix: prefix(target, family) };
  } catch (error) {
    if (error instanceof RuleError) {
      return { problem: error.message };
    }
    throw error;
  }
}
function getAddressProblem2(family, ...addresses) {
  for (const address of addresses.filter((each) => each !== null)) {
    const problem = getSpellingProblem(address);
    if (problem !== null) {
      return problem;
    }
    if (address.includes(":") !== (family === "ipv6")) {
      return `${address} is not of the route's family, ${family === "ipv6" ? "IPv6" : "IPv4"}`;
    }
  }
  return null;
}
function getMetricProblem(metric) {
  const isNumber = metric === void 0 || /^\d{1,10}$/.test(metric) && Number(metric) < 2 ** 32;
  return isNumber ? null : `expected a number behind "metric", found ${quote(metric)}`;
}
function getWayProblem({ type, via, device, onlink }) {
  if (WITHOUT_WAY.includes(type)) {
    return via === null && device === null && !onlink ? null : `a route that is ${type} leads nowhere: it has no "via", "dev" or "onlink"`;
  }
  if (type === "local") {
    return device !== null && via === null ? null : 'a local route has a "dev", lo as a rule, and no "via"';
  }
  if (via === null && device === null) {
    return `expected "via" with the next hop's address, "dev" with an interface, or both`;
  }
  return onlink && (via === null || device === null) ? '"onlink" speaks of a "via" that is behind a "dev"' : null;
}

// dist/spec/resolve-routes.js
function resolveRoutes(scenario, network, problems) {
  return getItems(getMember(scenario, "routes")).flatMap((place) => {
    const text = getSound(place, problems);
    if (text === void 0) {
      return [];
    }
    const route = parseRoute(text);
    const problem = "problem" in route ? route.problem : getNameProblem2(route, network);
    if (problem !== null) {
      problems.add(place.pointer, problem);
    }
    return "problem" in route || problem !== null ? [] : [route];
  });
}
function getNameProblem2({ device, source }, network) {
  const known = ["lo", ...network.interfaces.map(({ name }) => name)];
  if (device !== null && !known.includes(device)) {
    return `no interface ${quote(device)}${didYouMean(device, known)}`;
  }
  return source === null || hasAddress(network, source) || !network.isSound ? null : `the world does not have the address ${source}`;
}

// dist/spec/resolve-network.js
function resolveNetwork(scenario, problems) {
  const isSound = (...keys) => keys.every((key) => !problems.isTouched(getMember(scenario, key).pointer));
  const interfaces = resolveInterfaces(scenario, problems);
  const addresses = resolveAddresses(scenario, interfaces, problems);
  const network = { interfaces, addresses, routes: [], isSound: isSound("interfaces", "addresses") };
  return { ...network, routes: resolveRoutes(scenario, network, problems), isSound: isSound("interfaces", "addresses", "routes") };
}

// dist/spec/resolve-outsiders.js
function resolveOutsiders(scenario, { servers, clients }, problems) {
  const outsiders = /* @__PURE__ */ new Map();
  for (const [key, parties] of [
    ["servers", servers],
    ["clients", clients]
  ]) {
    for (const [name, party] of parties ?? []) {
      if (party === null || party.via === null) {
        continue;
      }
      const other = outsiders.get(party.address) ?? party.via;
      if (other !== party.via) {
        const place = getMember(getMember(scenario, key), name);
        problems.add(getMember(place, "via").pointer, `${party.address} stands outside of ${other} already: it can be at one place`);
      }
      outsiders.set(party.address, other);
    }
  }
  return outsiders;
}

// dist/spec/check-expectation.js
function checkExpectation(place, rules, problems) {
  const at2 = getMember(place, "rule");
  const rule = getSound(at2, problems);
  const problem = rule === void 0 || rules === null ? null : getRuleProblem(rule, rules);
  if (problem !== null) {
    problems.add(at2.pointer, problem);
  }
  const after = getMember(place, "afterMs");
  const [afterMs, withinMs] = [after, getMember(place, "withinMs")].map((time) => getSound(time, problems));
  if (afterMs !== void 0 && withinMs !== void 0 && afterMs > withinMs) {
    problems.add(after.pointer, `expected at most withinMs (${withinMs}), found ${afterMs}`);
  }
}
function getRuleProblem(rule, { count: count2, names }) {
  if (typeof rule === "string") {
    return names.has(rule) ? null : `no rule ${quote(rule)}${didYouMean(rule, names)}`;
  }
  if (rule < count2) {
    return null;
  }
  if (count2 === 0) {
    return `no rule ${rule}: no rules hold here`;
  }
  return `no rule ${rule}: expected ${count2 === 1 ? "0" : `0 to ${count2 - 1}`}, or a name`;
}

// dist/spec/repeat-probe.js
function repeatProbe(spec, { count: count2 = 1, parallel = 1 }, lastPort) {
  const ports = Array.from({ length: lastPort - spec.to.port + 1 }, (_, place) => spec.to.port + place);
  const probes = ports.flatMap((port) => Array.from({ length: count2 }, (_, time) => ({
    ...spec,
    name: [spec.name, ...ports.length > 1 ? [`port ${port}`] : [], ...count2 > 1 ? [`#${time + 1}`] : []].join(" "),
    to: { ...spec.to, port }
  })));
  const size = parallel === true ? probes.length : Number(parallel);
  return Array.from({ length: Math.ceil(probes.length / Math.max(1, size)) }, (_, place) => probes.slice(place * size, (place + 1) * size));
}

// dist/spec/make-batches.js
var MOST_PROBES = 1e5;
function makeBatches(spec, place, repetition, lastPort, { opened, made }, problems) {
  const count2 = (repetition.count ?? 1) * (lastPort - spec.to.port + 1);
  const wasTooMany = made.probes > MOST_PROBES;
  made.probes += count2;
  if (made.probes > MOST_PROBES) {
    if (!wasTooMany) {
      problems.add(place.pointer, `with this probe, which stands for ${count2}, the scenario has more than ${MOST_PROBES}`);
    }
    return [];
  }
  const batches = repeatProbe(spec, repetition, lastPort);
  const problem = spec.use === null && spec.clientPort !== null ? getPortProblem(spec, spec.clientPort, batches, opened) : null;
  if (problem !== null) {
    problems.add(place.pointer, problem);
  }
  return batches;
}
function getPortProblem({ from, to, open }, port, batches, opened) {
  if (batches.some((batch) => new Set(batch.map((probe) => probe.to.port)).size < batch.length)) {
    return `the client has the port ${port} for its own, so two of its probes cannot be under way to one server: leave out "parallel", or its port`;
  }
  const targets = new Set(batches.flat().map((probe) => probe.to.port));
  const holder = [...opened].find(([name, opener]) => name !== open && opener?.from === from && opener.clientPort === port && opener.to.address === to.address && targets.has(opener.to.port));
  return holder === void 0 ? null : `the client has the port ${port} for its own, and its open connection ${quote(holder[0])} to that server holds it`;
}

// dist/spec/resolve-ends.js
var import_ipaddr2 = __toESM(require_ipaddr(), 1);

// dist/spec/replace-host.js
import { isIP as isIP2 } from "node:net";
function replaceHost(url, hosts) {
  const [, scheme = "", name = "", rest = ""] = /^(\w+:\/\/)([\w.-]+)(.*)$/s.exec(url) ?? [];
  const address = hosts.get(name);
  if (address === void 0) {
    const isMistaken = hosts.size > 0 && /[a-z_-]/i.test(name);
    return isMistaken ? { problem: `no host ${quote(name)}${didYouMean(name, hosts.keys())}` } : url;
  }
  return address === null ? null : `${scheme}${isIP2(address) === 6 ? `[${address}]` : address}${rest}`;
}

// dist/spec/resolve-ends.js
var USUAL_ADDRESSES = { "0.0.0.0": "127.0.0.1", "::": "::1" };
function resolveEnds(place, names, problems) {
  const from = resolveFrom(getMember(place, "from"), names, problems);
  const to = resolveTo(getMember(place, "to"), names, problems, from?.via);
  for (const key of ["from", "to"]) {
    if (typeof place.value === "object" && getMember(place, key).value === void 0) {
      problems.add(place.pointer, `missing key "${key}"`);
    }
  }
  return from !== null && to !== null && checkPair(place, { from, to }, problems) ? { from, to } : null;
}
function resolveFrom(place, names, problems) {
  const from = getSound(place, problems);
  return from === void 0 ? null : findClient(from, place, names, problems);
}
function findClient(from, place, { clients, hosts, network, outsiders }, problems) {
  const known = clients?.get(from);
  if (known !== void 0) {
    return known;
  }
  const address = hosts?.has(from) ? hosts.get(from) : from;
  if (address === null || address === void 0) {
    return null;
  }
  const via = outsiders.get(address) ?? null;
  const problem = isAddressLike(address) ? getAddressProblem(address, "client", network, via) : describeUnknown3("client", from, clients, hosts);
  if (problem !== null) {
    problems.add(place.pointer, problem, place.at);
  }
  return problem === null && isAddressLike(address) ? { ...makeClient(address), via } : null;
}
function resolveTo(place, names, problems, via) {
  const to = getSound(place, problems);
  return to === void 0 ? null : findTarget(to, place, names, problems, via);
}
function findTarget(to, place, names, problems, via = null) {
  const { servers, hosts, network, outsiders } = names;
  const known = servers?.get(to);
  if (known !== void 0) {
    return known && { ...known, address: getUsualAddress(known.address, via, network) };
  }
  if (!isAddressLike(to)) {
    const problem = describeUnknown3("server", to, servers, null);
    if (problem !== null) {
      problems.add(place.pointer, problem, place.at);
    }
    return null;
  }
  const url = hosts === null ? null : replaceHost(to, hosts);
  const endpoint = typeof url === "string" ? parseUrl(url, "destination") : url;
  if (endpoint !== null && "problem" in endpoint) {
    problems.add(place.pointer, endpoint.problem, place.at);
    return null;
  }
  return endpoint && { ...endpoint, via: outsiders.get(endpoint.address) ?? null };
}
function getUsualAddress(address, via, { interfaces }) {
  const usual = USUAL_ADDRESSES[address];
  const own = interfaces.find(({ name }) => name === via)?.addresses.find((each) => each.includes(":") === address.includes(":"));
  return usual === void 0 ? address : own?.split("/")[0] ?? usual;
}
function isAddressLike(text) {
  return /[:/]|^[\d.]+$/.test(text);
}
function describeUnknown3(what, name, known, hosts) {
  return known === null ? null : `no ${what} ${quote(name)}${didYouMean(name, [...known.keys(), ...hosts?.keys() ?? []])}`;
}
function checkPair(place, { from, to }, problems) {
  if (from.address.includes(":") !== to.address.includes(":")) {
    problems.add(place.pointer, `${from.address} cannot reach ${to.address}: one is IPv4, the other IPv6`);
    return false;
  }
  if (from.via !== null && from.via === to.via) {
    problems.add(place.pointer, `${from.address} and ${to.address} both stand outside of ${from.via}: what they send each other does not pass the world`);
    return false;
  }
  if (from.via !== null && isLoopback(to.address)) {
    problems.add(place.pointer, `${to.address} is everybody's own loopback: what ${from.address} sends there stays outside of ${from.via}, and does not come to the world`);
    return false;
  }
  if (from.blocking && to.protocol !== "tcp") {
    problems.add(place.pointer, `a blocking client connects by tcp, not by ${to.protocol}`);
    return false;
  }
  return true;
}
function isLoopback(address) {
  return import_ipaddr2.default.parse(address).range() === "loopback";
}

// dist/spec/resolve-probe.js
var TIMEOUT_MS = 2500;
function resolveProbe(place, names, problems) {
  const isUse = getMember(place, "use").value !== void 0;
  const used = isUse ? resolveUse(place, names, problems) : null;
  const ends = isUse ? null : resolveEnds(place, names, problems);
  checkExpectation(getMember(place, "expect"), names.rules, problems);
  const input = getSound(place, problems);
  const spec = input === void 0 ? null : makeSpec(place, input, ends, used, problems);
  if (input?.open !== void 0 || getMember(place, "open").value !== void 0) {
    noteOpened(place, spec, ends, names, problems);
  }
  if (input === void 0 || spec === null || problems.isTouched(place.pointer)) {
    return [];
  }
  return makeBatches(spec, place, input, ends?.to.lastPort ?? spec.to.port, names, problems);
}
function resolveCell(place, matrix, ends, names, problems) {
  checkExpectation(place, names.rules, problems);
  const expect = getSound(place, problems);
  if (expect === void 0 || ends === null || !checkPair(place, ends, problems)) {
    return [];
  }
  const spec = makeSpec(place, { from: matrix.client, to: matrix.server, expect }, ends, null, problems);
  return spec === null ? [] : makeBatches({ ...spec, matrix }, place, {}, ends.to.lastPort, names, problems);
}
function makeSpec(place, input, ends, used, problems) {
  const way = used ?? (ends === null ? null : toWay(ends));
  if (way === null) {
    return null;
  }
  const { protocol, from, via, clientPort, to, blocking } = way;
  return {
    ...{ protocol, from, via, clientPort, to, blocking },
    index: 0,
    name: input.name ?? (used === null ? `${input.from} \u2192 ${input.to}` : `${input.use}: ${used.name}`),
    position: problems.locate(place.pointer),
    expect: normalizeExpectation(input.expect),
    timeoutMs: input.timeoutMs ?? TIMEOUT_MS,
    send: input.send ?? null,
    hint: input.hint ?? null,
    matrix: null,
    open: input.open ?? null,
    use: input.use ?? null
  };
}
function toWay({ from, to }) {
  const { address, via, port, blocking } = from;
  return { protocol: to.protocol, from: address, via, clientPort: port, to: { address: to.address, port: to.port }, blocking };
}
function resolveUse(place, names, problems) {
  const { opened } = names;
  const at2 = getMember(place, "use");
  const name = getSound(at2, problems);
  if (name === void 0) {
    return null;
  }
  const opener = opened.get(name);
  if (opener === void 0) {
    problems.add(at2.pointer, `no open connection ${quote(name)}${didYouMean(name, opened.keys())}: a probe before this one must "open" it`);
  }
  for (const key of ["open", "parallel"]) {
    const other = getMember(place, key);
    if (other.value !== void 0) {
      problems.add(other.pointer, `${quote(key)} has no meaning beside "use": the connection is there already`);
    }
  }
  if (opener) {
    checkSameEnds(place, opener, names, problems);
  }
  return opener ?? null;
}
function checkSameEnds(place, opener, names, problems) {
  const [fromPlace, toPlace] = [getMember(place, "from"), getMember(place, "to")];
  const from = resolveFrom(fromPlace, names, problems);
  if (from !== null && from.address !== opener.from) {
    problems.add(fromPlace.pointer, `the connection is from ${opener.from}, not from ${from.address}`);
  }
  const to = resolveTo(toPlace, names, problems, opener.via);
  if (to !== null && (to.address !== opener.to.address || to.port !== opener.to.port || to.lastPort !== opener.to.port)) {
    problems.add(toPlace.pointer, `the connection is to ${showEndpoint(opener.to)}, not to ${showEndpoint(to)}`);
  }
}
function showEndpoint({ address, port, lastPort = port }) {
  return `${address.includes(":") ? `[${address}]` : address}:${port}${lastPort === port ? "" : `-${lastPort}`}`;
}
function noteOpened(place, spec, ends, { opened }, problems) {
  const at2 = getMember(place, "open");
  const name = getSound(at2, problems);
  if (name === void 0) {
    return;
  }
  if (opened.has(name)) {
    problems.add(at2.pointer, `a probe before this one has opened ${quote(name)} already`);
  } else {
    opened.set(name, spec);
  }
  if (spec !== null && spec.protocol !== "tcp") {
    problems.add(at2.pointer, `only a tcp connection can stay open, not ${spec.protocol}`);
  }
  if (ends !== null && ends.to.lastPort !== ends.to.port) {
    problems.add(getMember(place, "to").pointer, `one connection can be ${quote(name)}, not one to each of ${showEndpoint(ends.to)}`);
  }
  for (const key of ["count", "parallel"]) {
    const other = getMember(place, key);
    if (other.value !== void 0) {
      problems.add(other.pointer, `${quote(key)} has no meaning beside "open": one connection has that name`);
    }
  }
}

// dist/spec/resolve-phases.js
function resolvePhases(scenario, parties, files, problems) {
  const opened = /* @__PURE__ */ new Map();
  const made = { probes: 0 };
  const phases = [];
  let rules = null;
  const items = getItems(getMember(scenario, "phases"));
  for (const [index, place] of [scenario, ...items].entries()) {
    const isFirst = index === 0;
    const own = resolveRuleSet(place, scenario, files, problems);
    rules = own === void 0 ? rules : own.rules;
    const batches = resolveBatches(place, { ...parties, rules, opened, made }, problems);
    const name = isFirst ? null : getSound(getMember(place, "name"), problems) ?? "";
    phases.push({ name, ruleSet: own?.ruleSet ?? null, batches });
  }
  checkNames(items, problems);
  return numberProbes(phases);
}
function resolveBatches(place, names, problems) {
  const probes = getItems(getMember(place, "probes")).flatMap((item) => problems.isFull ? [] : resolveProbe(item, names, problems));
  return [...probes, ...resolveMatrix(getMember(place, "matrix"), names, problems)];
}
function resolveMatrix(place, names, problems) {
  return getMembers(place).flatMap(([client, row]) => {
    const from = findClient(client, { ...row, at: "key" }, names, problems);
    return getMembers(row).flatMap(([server, cell]) => {
      if (problems.isFull) {
        return [];
      }
      const to = findTarget(server, { ...cell, at: "key" }, names, problems, from?.via);
      return resolveCell(cell, { client, server }, from !== null && to !== null ? { from, to } : null, names, problems);
    });
  });
}
function checkNames(items, problems) {
  const first = /* @__PURE__ */ new Map();
  for (const [index, item] of items.entries()) {
    const place = getMember(item, "name");
    const name = getSound(place, problems);
    const earlier = name === void 0 ? void 0 : first.get(name);
    if (earlier !== void 0) {
      problems.add(place.pointer, `phase name ${quote(name ?? "")} is taken: phase ${earlier} has it`);
    } else if (name !== void 0) {
      first.set(name, index);
    }
  }
}
function numberProbes(phases) {
  let index = 0;
  return phases.map((phase) => ({ ...phase, batches: phase.batches.map((batch) => batch.map((probe) => ({ ...probe, index: index++ }))) }));
}

// dist/spec/read-server-command.js
import { dirname, resolve } from "node:path";
function readServerCommand(server, file, problems) {
  const { command, ready = null, banner } = server.value;
  const readyPlace = getMember(server, "ready");
  if (command === void 0) {
    if (ready !== null) {
      problems.add(readyPlace.pointer, '"ready" is what a command says, and this server has none: loopfw waits for its own servers anyway');
    }
    return null;
  }
  if (banner !== void 0) {
    problems.add(getMember(server, "banner").pointer, `"banner" is for loopfw's own server: with "command" the program says what it says`);
  }
  const place = getMember(server, "command");
  const [program] = getItems(place);
  if (program?.value === "") {
    problems.add(program.pointer, "expected the name of a program, found nothing");
  }
  const broken = getItems(place).find(({ value }) => String(value).includes("\0"));
  if (broken !== void 0) {
    problems.add(broken.pointer, "no program can be given a NUL character");
  }
  return { args: command, ready, folder: dirname(resolve(file)), pointer: place.pointer, ...problems.locate(place.pointer) };
}

// dist/spec/resolve-servers.js
var WILDCARDS = ["0.0.0.0", "::"];
function resolveServers(scenario, file, network, problems) {
  const place = getMember(scenario, "servers");
  if (problems.isWrong(place.pointer)) {
    return null;
  }
  const servers = /* @__PURE__ */ new Map();
  const held = /* @__PURE__ */ new Map();
  for (const [name, member] of getMembers(place)) {
    const server = typeof member.value === "string" ? readUrl(name, member, network, problems) : readObject(name, member, file, network, problems);
    servers.set(name, server);
    if (server !== null) {
      checkPort(server, member, held, problems);
    }
  }
  return servers;
}
function readUrl(name, place, network, problems) {
  const url = getSound(place, problems);
  if (url === void 0) {
    return null;
  }
  const endpoint = parseUrl(url, "server", network);
  if ("problem" in endpoint) {
    problems.add(place.pointer, endpoint.problem);
    return null;
  }
  const { protocol, address, port, lastPort } = endpoint;
  return protocol === "icmp" ? null : { name, protocol, address, port, lastPort, via: null, banner: null, command: null };
}
function readObject(name, place, file, network, problems) {
  const text = getSound(getMember(place, "address"), problems);
  if (text !== void 0) {
    checkStand(place, text, "server", network, problems);
  }
  const input = getSound(place, problems);
  if (input === void 0) {
    return null;
  }
  const ports = parsePorts(String(input.port));
  if ("problem" in ports) {
    problems.add(getMember(place, "port").pointer, ports.problem);
    return null;
  }
  const { protocol, address, via = null, banner = null } = input;
  const command = readServerCommand(place, file, problems);
  return { name, protocol, address, port: ports.first, lastPort: ports.last, via, banner, command };
}
function checkPort(server, place, held, problems) {
  const transport = server.protocol === "udp" ? "udp" : "tcp";
  const family = server.address.includes(":") ? 6 : 4;
  const key = `${transport} ${family} ${server.via}`;
  const others = held.get(key) ?? [];
  const other = others.find((each) => isSameAddress(each.address, server.address) && isSamePort(each, server));
  others.push(server);
  held.set(key, others);
  if (other === void 0) {
    return;
  }
  const port = Math.max(other.port, server.port);
  problems.add(place.pointer, `${server.address}:${port} is taken: server ${quote(other.name)} listens on ${other.address}:${port}`);
}
function isSameAddress(one, other) {
  return one === other || [one, other].some((each) => WILDCARDS.includes(each));
}
function isSamePort(one, other) {
  return one.port <= other.lastPort && other.port <= one.lastPort;
}

// dist/spec/resolve-counters.js
var OTHERS = { rx: "tx", tx: "rx" };
function resolveCounters(scenario, { interfaces }, problems) {
  const known = ["lo", ...interfaces.map(({ name }) => name)];
  return getMembers(getMember(scenario, "counters")).flatMap(([name, place]) => {
    if (!known.includes(name)) {
      problems.add(place.pointer, `no interface ${quote(name)}${didYouMean(name, known)}`, "key");
    }
    return ["rx", "tx"].flatMap((direction) => readCounter(name, direction, getMember(place, direction), problems));
  });
}
function readCounter(name, direction, place, problems) {
  const value = getSound(place, problems);
  if (value === void 0) {
    return [];
  }
  const [, comparison, operand] = /^\s*(=|[<>]=?)?\s*(\d{1,15}|[rt]x)\s*$/.exec(String(value)) ?? [];
  const other = OTHERS[direction];
  const isSound = operand !== void 0 && (/^\d/.test(operand) || operand === other && comparison === "=");
  if (!isSound) {
    problems.add(place.pointer, `expected a number, "= ${other}", or a comparison such as ">= 4", found ${quote(String(value))}`);
    return [];
  }
  const number = /^\d/.test(operand) ? String(Number(operand)) : operand;
  return [{ interface: name, direction, expected: comparison === void 0 ? number : `${comparison} ${number}` }];
}

// dist/spec/resolve-sysctl.js
var KNOWN = [
  "net.ipv4.ip_forward",
  "net.ipv4.ip_default_ttl",
  "net.ipv4.icmp_echo_ignore_all",
  "net.ipv4.icmp_echo_ignore_broadcasts",
  "net.ipv4.tcp_syncookies",
  "net.ipv4.conf.INTERFACE.accept_local",
  "net.ipv4.conf.INTERFACE.arp_ignore",
  "net.ipv4.conf.INTERFACE.forwarding",
  "net.ipv4.conf.INTERFACE.route_localnet",
  "net.ipv4.conf.INTERFACE.rp_filter",
  "net.ipv4.conf.INTERFACE.src_valid_mark",
  "net.ipv6.icmp.echo_ignore_all",
  "net.ipv6.conf.INTERFACE.forwarding",
  "net.netfilter.nf_conntrack_tcp_be_liberal",
  "net.netfilter.nf_conntrack_tcp_loose"
];
function resolveSysctl(scenario, { interfaces }, problems) {
  const settings = {};
  const devices = ["all", "default", "lo", ...interfaces.map(({ name }) => name)];
  for (const [name, place] of getMembers(getMember(scenario, "sysctl"))) {
    const problem = getNameProblem3(name, devices);
    if (problem !== null) {
      problems.add(place.pointer, problem, "key");
      continue;
    }
    const value = getSound(place, problems);
    if (value !== void 0 && !/^\d{1,9}$/.test(String(value))) {
      problems.add(place.pointer, `expected a number that is not negative, found ${quote(String(value))}`);
    } else if (value !== void 0) {
      settings[name] = String(value);
    }
  }
  return settings;
}
function getNameProblem3(name, devices) {
  const [, before = "", device = "", key = ""] = /^(net\.ipv[46]\.conf)\.(.+)\.([^.]+)$/.exec(name) ?? [];
  const general = device === "" ? name : `${before}.INTERFACE.${key}`;
  if (KNOWN.includes(general)) {
    return device === "" || devices.includes(device) ? null : `no interface ${quote(device)}${didYouMean(device, devices)}`;
  }
  if (!name.startsWith("net.")) {
    return `${name} is no setting of a network namespace: it would be changed for the whole machine`;
  }
  const candidates = KNOWN.map((known) => known.replace("INTERFACE", device === "" ? "all" : device));
  return `${name} is not among the settings that a scenario may change${didYouMean(name, candidates)}`;
}

// dist/spec/resolve-world.js
function resolveWorld(scenario, network, outsiders, problems) {
  const interfaces = network.interfaces.map(({ name, link, addresses: addresses2 }) => ({
    name,
    link,
    addresses: addresses2,
    outside: [...outsiders].filter(([, via]) => via === name).map(([address]) => address)
  }));
  const { addresses, routes } = network;
  const loopback = getSound(getMember(scenario, "loopback"), problems) ?? "up";
  return {
    world: { loopback, interfaces, addresses, routes, sysctl: resolveSysctl(scenario, network, problems) },
    counters: resolveCounters(scenario, network, problems)
  };
}

// dist/spec/resolve-scenario.js
var WITH_PROBES = ["probes", "matrix", "phases"];
function resolveScenario(place, files, problems) {
  if (isObject(place.value) && WITH_PROBES.every((key) => getMember(place, key).value === void 0)) {
    problems.add(place.pointer, 'missing key "probes" (or "matrix", or "phases")');
  }
  const network = resolveNetwork(place, problems);
  const servers = resolveServers(place, files.scenarioFile, network, problems);
  const clients = resolveClients(place, network, problems);
  const outsiders = resolveOutsiders(place, { servers, clients }, problems);
  const hosts = resolveHosts(place, clients, problems);
  const phases = resolvePhases(place, { servers, clients, hosts, network, outsiders }, files, problems);
  const { world, counters } = resolveWorld(place, network, outsiders, problems);
  const input = getSound(place, problems);
  if (input === void 0) {
    return null;
  }
  const own = { servers: [...servers?.values() ?? []].filter((server) => server !== null), world, phases };
  return {
    ...own,
    file: files.scenarioFile,
    name: input.name,
    description: input.description ?? null,
    tags: input.tags ?? [],
    backends: getBackends(place, problems),
    counters,
    warnings: problems.isEmpty ? findWarnings(own, (placed) => locateRule(placed, place, files, problems)) : []
  };
}

// dist/spec/parse-scenarios.js
function parseScenarios(text, file, options = {}) {
  return resolveDocument(parseJson(text), file, options);
}
function resolveDocument(json, file, { rulesets, instead = null }) {
  if ("message" in json) {
    return { scenarios: [], diagnostics: [{ file, ...json.position, message: json.message, pointer: null }] };
  }
  const problems = new ProblemList(file, json.root);
  findDuplicateKeys(json.root, problems);
  checkSchema(json.value, problems);
  const places = getScenarioPlaces(json.value);
  checkNames2(places, problems);
  const files = { scenarioFile: file, texts: rulesets ?? /* @__PURE__ */ new Map(), instead };
  const scenarios = places.map((place) => resolveScenario(place, files, problems));
  return { scenarios: problems.isEmpty ? scenarios.filter((scenario) => scenario !== null) : [], diagnostics: problems.toSorted() };
}
function getScenarioPlaces(value) {
  const root = { pointer: "", value };
  return Array.isArray(value) ? getItems(root) : [root];
}
function checkNames2(places, problems) {
  const first = /* @__PURE__ */ new Map();
  for (const place of places) {
    const at2 = getMember(place, "name");
    const name = getSound(at2, problems);
    if (name === void 0) {
      continue;
    }
    const earlier = first.get(name);
    if (earlier === void 0) {
      first.set(name, place);
    } else {
      problems.add(at2.pointer, `scenario name ${quote(name)} is taken: the one on line ${problems.locate(earlier.pointer).line} has it`);
    }
  }
}

export {
  readSaveLine,
  splitRestoreWords,
  splitNftStatements,
  tokenizeNft,
  listNftKeywords,
  getUnsupported,
  TRACE_TABLE,
  printTraceTable,
  parseJson,
  getMember,
  getItems,
  listProbes,
  getRulesetPathProblem,
  getShownPath,
  parseScenarios,
  resolveDocument
};
