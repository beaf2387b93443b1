import { createRequire as makeRequire } from 'node:module';
const require = makeRequire(import.meta.url);
import {
  TABLES,
  printRule
} from "./chunk-3M3M4GSF.js";

// dist/rules/print-restore.js
function printRestore(entries, family, ours, left = []) {
  const own = entries.filter((entry) => entry.family === family);
  return TABLES.map((table) => printTable(table, own.filter((entry) => entry.table === table), ours.filter((each) => each.table === table), left.filter((chain) => chain.table === table))).join("");
}
function printTable(table, entries, ours, left) {
  const lines = [
    ...printHeaders(entries, left),
    ...entries.flatMap(printLines),
    ...ours.map(({ chain, rule }) => `-I ${chain} 1 ${printRule(rule)}`.trimEnd())
  ];
  return lines.length === 0 && left.length === 0 ? "" : [`*${table}`, ...lines, "COMMIT", ""].join("\n");
}
function printHeaders(entries, left) {
  const before = left.filter(isToBeKept).map(({ name }) => [name, "ACCEPT"]);
  const own = entries.flatMap((entry) => entry.kind === "policy" ? [[entry.chain, entry.policy]] : []);
  const isNeeded = (name, policy) => policy === "DROP" || before.some(([chain]) => chain === name);
  const policies = [...new Map([...before, ...own])].filter(([chain, policy]) => isNeeded(chain, policy));
  const chains = entries.filter(({ kind }) => kind === "new-chain").map(({ chain }) => `:${chain} - [0:0]`);
  return [...policies.map(([chain, policy]) => `:${chain} ${policy} [0:0]`), ...chains];
}
function isToBeKept({ table, policy }) {
  return policy?.verdict === "DROP" || policy !== null && table === "nat";
}
function printLines(entry) {
  if (entry.kind !== "append" && entry.kind !== "insert") {
    return [];
  }
  const command = entry.kind === "append" ? `-A ${entry.chain}` : `-I ${entry.chain} ${entry.position}`;
  return entry.rules.map((rule) => `${command} ${printRule(rule)}`.trimEnd());
}

export {
  printRestore
};
