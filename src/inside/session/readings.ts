import { readSettledCounters } from '../../kernel/network/counters.js';
import type { CommandRunner } from '../../kernel/process/run-command.js';
import { InternalError } from '../../model/errors.js';
import type { Handlers } from '../../model/message.js';
import { readHeldRules } from '../rules/held-rules.js';
import { PacketCapture } from '../world/capture.js';
import { readIptablesVersion } from '../world/iptables.js';
import { listNftAsJson } from '../world/nft.js';
import type { OpenWorld } from './state.js';

type Reading = 'capture' | 'capture-end' | 'held-rules' | 'listing' | 'journeys' | 'version' | 'counters';

/** The handlers of the requests that read what is in a world, or what happens there. They change nothing. */
export function makeReadingHandlers(getOpened: () => OpenWorld, getCommands: () => CommandRunner): Pick<Handlers, Reading> {
  return {
    capture: () => {
      getOpened().capture = new PacketCapture();
      return Promise.resolve(null);
    },
    'capture-end': () => {
      const opened = getOpened();
      const { capture } = opened;
      opened.capture = null;
      if (capture === null) {
        throw new InternalError('packets were asked for that nobody has captured');
      }
      return Promise.resolve(capture.end());
    },
    'held-rules': ({ legacyTables }) => Promise.resolve(readHeldRules(legacyTables, getCommands())),
    listing: () => Promise.resolve(listNftAsJson(getCommands())),
    journeys: ({ since }) => {
      const { journeys } = getOpened();
      if (journeys === null) {
        throw new InternalError('journeys were asked for in a world without a program');
      }
      return Promise.resolve(journeys.list(since));
    },
    version: ({ backend }) => Promise.resolve(readIptablesVersion(backend, getCommands())),
    counters: () => readSettledCounters(),
  };
}
