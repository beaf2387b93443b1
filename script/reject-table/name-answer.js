import { getIcmpName } from '../../build/trace/icmp-names.js';

/** The answer that reached the client, an ICMP error by type and code (RFC 792, RFC 1122, RFC 4443), as the kernel's evidence has it. */
export function nameAnswer(family, { observed: { icmp }, cause, journey }) {
  if (cause === 'service') {
    return "the server's";
  }
  // A closed port's RST has no name of its own: "tcp-reset" is what a REJECT sends.
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
