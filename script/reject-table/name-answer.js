import { getIcmpName } from '../../build/trace/packet/icmp.js';

/**
 * The name of the answer that reached the client, from the kernel's evidence. An ICMP error is named by type and code (RFC 792, RFC 1122,
 * RFC 4443).
 */
export function nameAnswer(family, { observed: { icmp }, cause, journey }) {
  if (cause === 'service') {
    return "the server's";
  }
  // The RST of a closed port has no name: "tcp-reset" is the RST of a REJECT.
  const isClosedByRst = cause === 'no-listener' && icmp === null && journey.some(({ kind }) => kind === 'rst');
  if (icmp === 'tcp-reset' || isClosedByRst) {
    return 'RST';
  }
  return icmp === null ? 'none' : `${family.icmp.title} ${family.icmp.unreachable}/${findCode(family, icmp)}`;
}

function findCode(family, name) {
  const code = Array.from({ length: 256 }, (_, each) => each).find(
    (each) => getIcmpName(family.id, family.icmp.unreachable, each) === name,
  );
  if (code === undefined) {
    throw new Error(`${name} is no ${family.icmp.title} destination-unreachable`);
  }
  return code;
}
