import type { ProbeReport } from '../model/evidence.js';
import type { UnseenTable, WorldSpec } from '../model/scenario.js';

/** Causes that are concluded from what the trace does not show. */
const OPEN: ProbeReport['cause'][] = ['silent', 'not-routed', 'unexplained'];

/** The tables that packets of this world can meet. On lo alone there is no ARP, and no bridge. */
export function listMetTables(unseen: UnseenTable[], { interfaces }: Pick<WorldSpec, 'interfaces'>): UnseenTable[] {
  const isThere: Record<UnseenTable['family'], boolean> = {
    arp: interfaces.length > 0,
    bridge: interfaces.some(({ kind }) => kind === 'bridge'),
    netdev: true,
  };
  return unseen.filter(({ family }) => isThere[family]);
}

/**
 * The reason why it is not known what became of a probe: one of its packets may have ended in a table that no trace shows, or a rule there
 * may have answered it. null if the client was served, or if the trace shows what ended the packet.
 */
export function describeUnseen({ observed, cause }: Pick<ProbeReport, 'observed' | 'cause'>, met: UnseenTable[]): string | null {
  // A client's own stack reports EHOSTUNREACH where nobody answers its ARP requests.
  const isAskedInVain = cause === 'local' && observed.errno === 'EHOSTUNREACH' && met.some(({ family }) => family === 'arp');
  if (met.length === 0 || observed.outcome === 'connected' || !(OPEN.includes(cause) || isAskedInVain)) {
    return null;
  }
  const names = met.map(({ family, name }) => `${family} ${name}`).join(', ');
  return `${observed.outcome} was observed, and no trace shows whether a rule of ${names} made it so: loopfw does not see what the rules of such tables do`;
}
