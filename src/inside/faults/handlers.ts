import type { CommandRunner } from '../../kernel/process/run-command.js';
import type { Handlers } from '../../model/message.js';
import { Faults } from './faults.js';
import { SynHold } from './hold.js';
import { assertCanEnd } from './standing.js';
import type { FaultSurroundings } from './surroundings.js';

/** The part of a world that faults are in: null before the first of them. */
interface Place {
  faults: Faults | null;
  /** Whether the program has started. The first fault may come later. */
  hasBegun: boolean;
  world: FaultSurroundings;
}

/** The handlers of the requests about faults. @param getOpened the world, which must be open */
export function makeFaultHandlers(
  getOpened: () => Place,
  getCommands: () => CommandRunner,
): Pick<Handlers, 'faults' | 'faults-begin' | 'heal' | 'fault-hits' | 'fault-trial'> {
  return {
    faults: ({ plans }) => {
      const opened = getOpened();
      opened.faults ??= makeFaults(opened, getCommands());
      opened.faults.add(plans);
      return Promise.resolve(null);
    },
    'faults-begin': () => {
      const opened = getOpened();
      opened.hasBegun = true;
      opened.faults?.begin();
      return Promise.resolve(null);
    },
    heal: ({ ids }) => {
      getOpened().faults?.heal(ids);
      return Promise.resolve(null);
    },
    'fault-hits': () => Promise.resolve(getOpened().faults?.readHits() ?? []),
    'fault-trial': async ({ part }) => {
      getOpened();
      if (part === 'end') {
        assertCanEnd();
      } else {
        const hold = new SynHold();
        try {
          await hold.assertWorks();
        } finally {
          await hold.close();
        }
      }
      return null;
    },
  };
}

function makeFaults({ world, hasBegun }: Place, commands: CommandRunner): Faults {
  const faults = new Faults(commands, world);
  if (hasBegun) {
    faults.begin();
  }
  return faults;
}
