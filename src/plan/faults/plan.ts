import type { Fault, FaultEnd, FaultPlan, FaultSelection } from '../../model/program.js';
import type { FaultKindRow } from './kind.js';
import { isTwoWay, makeFaultObjects } from './rules.js';
import { FAULTS } from './table.js';

/** The addresses that every world has: 127.0.0.0/8 and ::1. */
const LOOPBACK = /^(?:127\.|::1$)/;

/** Where a fault is about new connections, those are selected. All existing ones are ended, for a pool would hide the fault. */
const ALL: FaultSelection = { first: null, chance: null };

/** Plans a fault. @param id a number that no other fault of the world has */
export function planFault(fault: Fault, id: number): FaultPlan {
  const row = FAULTS[fault.kind];
  const { target, afterMs, forMs, text, selection, bytes } = fault;
  const { standingSets, chosenSets, ...objects } = makeFaultObjects(fault, row, id);
  return {
    ...{ id, text, target, afterMs, forMs, selection },
    addresses: target.hosts.flatMap(({ address }) => (address === null || LOOPBACK.test(address) ? [] : [address])),
    isHeld: row.packets?.isIcmp === true && target.protocol === 'tcp',
    countsBytes: bytes !== null,
    ...objects,
    ends: getEnd(fault, row),
    standing: planStanding(fault, row, standingSets, chosenSets),
  };
}

type Sets = NonNullable<FaultPlan['standing']>['sets'];

function planStanding({ target, selection, keepsLive }: Fault, row: FaultKindRow, own: Sets, chosen: Sets): FaultPlan['standing'] {
  if (keepsLive || target.protocol === 'udp') {
    return null;
  }
  if (row.standing !== null) {
    return { action: row.standing, selection: row.packets === null ? selection : ALL, sets: own };
  }
  // Otherwise the conditions of the packets are enough.
  const isNeeded = isTwoWay(target) && selection.first === null && selection.chance === null;
  return isNeeded ? { action: 'choose', selection: ALL, sets: chosen } : null;
}

function getEnd({ target, selection }: Fault, { packets }: FaultKindRow): FaultEnd {
  const isSelective = selection.first !== null || selection.chance !== null;
  return {
    verdict: packets?.verdict[target.protocol]?.startsWith('reject') ? 'reject' : 'drop',
    instability: isSelective ? 'moment' : packets?.isOfLength ? 'segment' : null,
  };
}
