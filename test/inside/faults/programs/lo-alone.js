/** The surroundings of faults in a world that has nothing but lo, without servers of loopfw's own. */
export const LO_ALONE = {
  places: { findMachine: () => null, runNow: (_, work) => work() },
  servedMachines: [],
  listOwnServers: () => [],
};
