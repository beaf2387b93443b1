import type { UnseenTable } from '../../../model/scenario.js';
import { locateNftLine } from '../../../words/nft-lines.js';
import type { Finder } from './finder.js';

/** What passes the tables of a family. */
const PASSES: Record<UnseenTable['family'], string> = {
  arp: 'the ARP packets of the world, without which nothing goes by an interface to a neighbour over IPv4',
  bridge: 'what the ports of a bridge of the world receive and send',
  netdev: 'each packet that a device receives (ingress) or sends (egress)',
};

/** Finds the nft tables whose packets no trace of a probe shows. */
export const findUnseen: Finder = ({ phases }) =>
  phases.flatMap(({ ruleSet }) =>
    ruleSet?.kind === 'nft'
      ? ruleSet.unseen.map(({ column, line, ...table }) => ({ ...locateNftLine(ruleSet.sources, line), column, message: describe(table) }))
      : [],
  );

function describe({ family, name }: UnseenTable): string {
  return `table ${family} ${name} is loaded, but loopfw does not see what its rules do: through it passes ${PASSES[family]}. Where a packet may have ended there, the verdict is inconclusive, and no rule of it is named`;
}
