import { WorldDocument } from '../input/world-document.js';
import { SpecError, UsageError } from '../model/errors.js';
import type { ScenarioInput } from '../model/scenario-file.js';
import type { Signal } from '../run/run-suite.js';
import { assertCommandsAllowed } from '../run/runs.js';
import { assertMayStart, parseFault } from '../run/world/faults/parse.js';
import { didYouMean } from '../words/suggestion.js';
import { quote } from '../words/phrases.js';
import { findCallSite } from './call-site.js';
import type { World } from './world.js';

/** What a world may have of a scenario. */
const KEYS = [
  ...(['servers', 'clients', 'rules', 'ipsets', 'backend', 'hosts'] as const),
  ...(['interfaces', 'bridges', 'addresses', 'routes', 'ipRules', 'sysctl', 'loopback'] as const),
] satisfies (keyof ScenarioInput)[];

/** Options of createWorld: keys of a scenario, and what `loopfw exec` has. */
export interface WorldOptions extends Pick<ScenarioInput, (typeof KEYS)[number]> {
  /** Faults that are in force from the beginning, such as `refused=127.0.0.2:5432`. */
  faults?: string[];
  /** Whether servers may be programs. Only `true` allows them. */
  allowCommands?: boolean;
  /** Whether programs may change the network and the rules of the world. Only `true` allows it. */
  allowNetAdmin?: boolean;
  /** Ends the start of the world early. */
  signal?: Signal;
}

/**
 * Makes a world that lives until it is closed: `await using world = await createWorld()` closes it at the end of the block. Programs and
 * sockets in it have its network, with its servers, rules and faults. The namespace of this process does not change. A world ends with this
 * process, however that ends, and does not keep it alive.
 *
 * @throws SpecError with every mistake in servers, rules and the others
 * @throws UsageError for a fault that is not one, or an unknown option
 * @throws EnvironmentError if this machine cannot make the world
 */
export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const place = findCallSite(createWorld);
  const { faults = [], allowCommands, allowNetAdmin, signal, ...input } = options;
  signal?.throwIfAborted();
  const parsed = faults.map(parseFault);
  assertMayStart(parsed);
  assertKnown(input);
  const startsPrograms = allowCommands === true;
  const document = readAt(place, input, startsPrograms);
  const { World } = await import('./world.js');
  return await World.open({ document, faults: parsed, startsPrograms, allowsNetAdmin: allowNetAdmin === true, signal });
}

function assertKnown(input: object): void {
  const unknown = Object.keys(input).find((key) => !KEYS.some((known) => known === key));
  if (unknown !== undefined) {
    throw new UsageError(
      `createWorld() has no option ${quote(unknown)}${didYouMean(unknown, [...KEYS, 'faults', 'allowCommands', 'allowNetAdmin'])}`,
    );
  }
}

/** Mistakes have the place of the call. @throws SpecError */
function readAt(place: ReturnType<typeof findCallSite>, input: object, startsPrograms: boolean): WorldDocument {
  try {
    const document = WorldDocument.parse(input, 'world');
    if (!startsPrograms) {
      assertCommandsAllowed([document.scenario]);
    }
    return document;
  } catch (error) {
    const diagnostics = error instanceof SpecError ? error.diagnostics : null;
    throw diagnostics === null
      ? error
      : new SpecError(
          diagnostics.map((each) => ({ ...each, ...place })),
          'the world',
        );
  }
}
