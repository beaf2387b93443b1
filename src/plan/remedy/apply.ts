import type { Remedy } from '../../model/advice.js';
import type { Entry, Family, Rule } from '../../model/rule.js';
import type { NativeRules, ProbeSpec, RuleSet, Scenario, ScenarioRule } from '../../model/scenario.js';
import { RuleError } from '../../rules/errors.js';
import { parseRuleText } from '../../rules/language/rule-text.js';
import { getNftFamilies, readTableName } from '../../rules/nft/unseen.js';
import { splitNftStatements } from '../../rules/nft/statements.js';
import { tokenizeNft } from '../../rules/nft/tokens.js';
import { getFamily, isSameFamily, isWildcard } from '../../words/addresses.js';

/** The families of nft tables that packets of a family meet. */
const NFT_FAMILIES: Record<Family, string[]> = { ipv4: ['ip', 'inet'], ipv6: ['ip6', 'inet'] };

/**
 * The scenario after a change that an advice proposes. Indices of rules stay what they are; a new rule for iptables gets the next free one.
 * null if the change does not fit the scenario.
 */
export function applyRemedy(scenario: Scenario, probe: ProbeSpec, remedy: Remedy): Scenario | null {
  switch (remedy.kind) {
    case 'add-rules':
      return changeRules(scenario, probe, (rules) => addRules(rules, remedy.lines));
    case 'move-rule':
      return changeRules(scenario, probe, (rules) => moveRule(rules, remedy));
    case 'append-rule':
      return changeRules(scenario, probe, (rules) => rules.map((rule) => (rule.index === remedy.index ? toAppended(rule) : rule)));
    case 'remove-rule':
      return changeRules(scenario, probe, (rules) => rules.filter(({ index }) => index !== remedy.index));
    case 'reject':
      return changeRules(scenario, probe, (rules) => rejectBy(rules, remedy, getFamily(probe.from)));
    case 'insert-nft':
      return changeRuleSet(scenario, probe, (ruleSet) => insertStatement(ruleSet, remedy));
    case 'move-line':
      return changeRuleSet(scenario, probe, (ruleSet) => moveLine(ruleSet, remedy));
    case 'sysctl':
      return { ...scenario, world: { ...scenario.world, sysctl: { ...scenario.world.sysctl, ...remedy.values } } };
    case 'flush':
      return {
        ...scenario,
        phases: scenario.phases.map((phase) =>
          phase.batches.flat().some(({ index }) => index === probe.index) ? { ...phase, conntrack: 'flush' } : phase,
        ),
      };
    case 'add-server':
      return addServer(scenario, remedy);
    case 'listen':
      return {
        ...scenario,
        servers: scenario.servers.map((server) => (listensOn(server, remedy) ? { ...server, address: remedy.address } : server)),
      };
    case 'wait':
      return changeProbe(scenario, probe, { timeoutMs: remedy.timeoutMs });
    case 'several':
      return remedy.remedies.reduce<Scenario | null>((changed, each) => changed && applyRemedy(changed, probe, each), scenario);
  }
}

/** Adds a server to the world, or to the machine that has the address. */
function addServer(scenario: Scenario, { protocol, address, port }: Extract<Remedy, { kind: 'add-server' }>): Scenario {
  const { interfaces } = scenario.world;
  const via = interfaces.find(({ machines }) => machines.some((machine) => machine.addresses.includes(address)))?.name ?? null;
  const server = { name: `port ${port}`, protocol, address, port, lastPort: port, via, banner: null, isTransparent: false, command: null };
  const changed = interfaces.map((own) => ({
    ...own,
    machines: own.machines.map((machine) => (machine.addresses.includes(address) ? { ...machine, isServer: true } : machine)),
  }));
  return { ...scenario, servers: [...scenario.servers, server], world: { ...scenario.world, interfaces: changed } };
}

function listensOn(server: Scenario['servers'][number], { address, port }: Extract<Remedy, { kind: 'listen' }>): boolean {
  return isWildcard(server.address) && isSameFamily(server.address, address) && server.port <= port && port <= server.lastPort;
}

function changeProbe(scenario: Scenario, { index }: ProbeSpec, change: Partial<ProbeSpec>): Scenario {
  const changeOne = (probe: ProbeSpec) => (probe.index === index ? { ...probe, ...change } : probe);
  return {
    ...scenario,
    phases: scenario.phases.map((phase) => ({ ...phase, batches: phase.batches.map((batch) => batch.map(changeOne)) })),
  };
}

/** The number of the phase whose rule set a probe meets. */
export function findRuleSetPhase({ phases }: Scenario, { index }: ProbeSpec): number {
  const own = phases.findIndex(({ batches }) => batches.flat().some((probe) => probe.index === index));
  return phases.findLastIndex(({ ruleSet }, place) => place <= own && ruleSet !== null);
}

function changeRuleSet(scenario: Scenario, probe: ProbeSpec, change: (ruleSet: RuleSet) => RuleSet | null): Scenario | null {
  const place = findRuleSetPhase(scenario, probe);
  const changed = change(scenario.phases[place]?.ruleSet ?? { rules: [], natives: [], files: [] });
  return changed === null
    ? null
    : { ...scenario, phases: scenario.phases.map((phase, at) => (at === place ? { ...phase, ruleSet: changed } : phase)) };
}

function changeRules(scenario: Scenario, probe: ProbeSpec, change: (rules: ScenarioRule[]) => ScenarioRule[] | null): Scenario | null {
  return changeRuleSet(scenario, probe, (ruleSet) => {
    const changed = change(ruleSet.rules);
    return changed && { ...ruleSet, rules: changed };
  });
}

function addRules(rules: ScenarioRule[], lines: string[]): ScenarioRule[] | null {
  let next = getNextIndex(rules);
  const added: ScenarioRule[] = [];
  for (const text of lines) {
    const entry = parse(text);
    if (entry === null) {
      return null;
    }
    added.push(makeRule(next++, text, [entry], rules.at(-1)));
  }
  return [...rules, ...added];
}

function parse(line: string): Entry | null {
  try {
    return parseRuleText(line);
  } catch (error) {
    if (error instanceof RuleError) {
      return null;
    }
    throw error;
  }
}

function makeRule(index: number, text: string, entries: Entry[], neighbour: ScenarioRule | undefined): ScenarioRule {
  return { index, name: null, text, file: null, line: null, backend: neighbour?.backend ?? null, entries };
}

function getNextIndex(rules: ScenarioRule[]): number {
  return Math.max(-1, ...rules.map(({ index }) => index ?? -1)) + 1;
}

function moveRule(rules: ScenarioRule[], { index, before }: Extract<Remedy, { kind: 'move-rule' }>): ScenarioRule[] | null {
  const moved = rules.find((rule) => rule.index === index);
  const rest = rules.filter((rule) => rule !== moved);
  const place = rest.findIndex((rule) => rule.index === before);
  return moved === undefined || place === -1 ? null : rest.toSpliced(place, 0, moved);
}

function toAppended(rule: ScenarioRule): ScenarioRule {
  const append = ({ family, table, chain, rules }: Extract<Entry, { kind: 'insert' }>): Entry => ({
    kind: 'append',
    family,
    table,
    chain,
    rules,
  });
  return { ...rule, entries: rule.entries.map((entry) => (entry.kind === 'insert' ? append(entry) : entry)) };
}

/** Lets the rule of the probe's family end with REJECT. */
function rejectBy(rules: ScenarioRule[], { index, type }: Extract<Remedy, { kind: 'reject' }>, family: Family): ScenarioRule[] | null {
  const place = rules.findIndex((rule) => rule.index === index);
  const owner = rules[place];
  if (owner === undefined) {
    return null;
  }
  const toReject = (rule: Rule): Rule => ({
    ...rule,
    target: { how: 'jump', name: 'REJECT', options: [{ flag: '--reject-with', negated: false, values: [type] }] },
  });
  const change = (entry: Entry, changeOne: (rule: Rule) => Rule): Entry =>
    'rules' in entry && entry.family === family ? { ...entry, rules: entry.rules.map(changeOne) } : entry;
  const needsCopy = type === 'tcp-reset' && owner.entries.some((entry) => 'rules' in entry && entry.rules.some((rule) => !isForTcp(rule)));
  if (!needsCopy) {
    return rules.with(place, { ...owner, entries: owner.entries.map((entry) => change(entry, toReject)) });
  }
  const forTcp = (rule: Rule): Rule => ({ ...toReject(rule), protocol: { negated: false, value: 'tcp' } });
  const own = owner.entries.filter((entry) => entry.kind === 'append' && entry.family === family);
  const isFree = own.every((entry) => 'rules' in entry && entry.rules.every(({ protocol }) => protocol === null));
  const copy = makeRule(
    getNextIndex(rules),
    owner.text,
    own.map((entry) => change(entry, forTcp)),
    owner,
  );
  return isFree && own.length > 0 ? rules.toSpliced(place, 0, copy) : null;
}

function isForTcp({ protocol }: Rule): boolean {
  return protocol?.value === 'tcp' && !protocol.negated;
}

/** Adds a command at the end of the file: it inserts the rule where the chain's first one is. */
function insertStatement(
  { natives, ...rest }: RuleSet,
  { family, table, chain, statement }: Extract<Remedy, { kind: 'insert-nft' }>,
): RuleSet | null {
  const declared = natives.flatMap((native) => listTables(native).map((own) => ({ ...own, native })));
  const found = declared.filter((own) => own.name === table && NFT_FAMILIES[family].includes(own.family));
  const [only] = found;
  if (only === undefined || new Set(found.map((own) => own.family)).size > 1) {
    return null;
  }
  const last = natives.at(-1) ?? only.native;
  const end = last.text.endsWith('\n') ? '' : '\n';
  const text = `${last.text}${end}insert rule ${only.family} ${table} ${chain} ${statement}\n`;
  return { ...rest, natives: natives.map((native) => (native === last ? { ...native, text } : native)) };
}

function listTables({ text }: NativeRules): { family: string; name: string }[] {
  const statements = splitNftStatements(tokenizeNft(text));
  const families = getNftFamilies(statements);
  return statements.flatMap((statement, place) => {
    const name = readTableName(statement);
    return name === null ? [] : [{ family: families[place] ?? '', name: name.text }];
  });
}

/** Only in a file without includes: there the lines of the text are those of the file. */
function moveLine({ natives, ...rest }: RuleSet, { file, line, before }: Extract<Remedy, { kind: 'move-line' }>): RuleSet | null {
  const native = natives.find((own) => own.file === file);
  const lines = native?.text.split('\n') ?? [];
  const moved = lines[line - 1];
  if (native === undefined || native.sources.length > 1 || moved === undefined) {
    return null;
  }
  const text = lines
    .toSpliced(line - 1, 1)
    .toSpliced(before - 1, 0, moved)
    .join('\n');
  return { ...rest, natives: natives.map((own) => (own === native ? { ...native, text } : own)) };
}
