import type { RuleSet } from '../../../model/scenario.js';
import { type DraftServer, makeWorld, type World } from '../document.js';
import { draftNetwork, type DraftNetwork, isAboutLoAlone, listFamilies } from '../network.js';
import { readRuleSetWords } from '../rule-set.js';
import { type DraftTable, type NamedClient, PartyNames } from './parties.js';
import { listOthers, listServices, spread } from './questions.js';
import { type LeftOut, makeTables, shorten } from './tables.js';

/** A scenario without expectations: a truth table for each direction. */
export interface DraftScenario {
  world: World;
  /** The interfaces whose addresses are loopfw's choice. */
  chosen: string[];
  /** The interfaces between which the world forwards packets. */
  forwards: string[];
  /** The interface to the world. */
  outer: string;
  clients: NamedClient[];
  servers: DraftServer[];
  tables: DraftTable[];
  leftOut: LeftOut[];
}

/** Drafts a scenario with truth tables of each service that the rules name. */
export function draftScenario(ruleSet: RuleSet): DraftScenario {
  const read = readRuleSetWords(ruleSet, 'ipv4');
  const isOnLo = isAboutLoAlone([ruleSet], read.words, read.ways);
  const families = listFamilies(read.words, read.ways);
  const drafted = draftNetwork(read.words, read.ways, families);
  const network: DraftNetwork = isOnLo ? { ...drafted, interfaces: [] } : drafted;
  const services = listServices(read.ways, network);
  const questions = [...services, ...spread(services, network, families), ...listOthers(read.ways, network, families, services)];
  const { tables, leftOut } = shorten(makeTables(questions, network));
  const names = new PartyNames(questions, read.ways, network);
  const named = tables.map((table) => names.name(table));
  const { interfaces } = network;
  return {
    world: makeWorld(network, read.asksForRoutes),
    chosen: interfaces.filter(({ isNamed }) => !isNamed).map(({ name }) => name),
    forwards: interfaces.length > 1 ? interfaces.map(({ name }) => name) : [],
    outer: network.outer,
    clients: [...names.clients.values()],
    servers: [...names.servers.values()],
    tables: named,
    leftOut,
  };
}
