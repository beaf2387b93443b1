import { TIMES } from './limits.js';
import { printEstablished, printOutput, printSummary } from './print-prose.js';
import { printTable } from './print-table.js';

/** docs/reject-types.md: what was measured and how to repeat it, what surprises, and the tables. */
export function printDocument({ environment, sections }) {
  const parts = [
    '# What a client sees of each REJECT',
    printIntroduction(environment),
    '## Three surprises',
    printSummary(sections.input),
    '## Rules in INPUT',
    ...printTables(sections.input),
    '## Rules in OUTPUT',
    printOutput(sections.output, sections.input),
    ...printTables(sections.output),
    '## Data on an open TCP connection',
    printEstablished(sections.established),
    ...printTables(sections.established),
  ];
  return `${parts.join('\n\n')}\n`;
}

function printTables(tables) {
  return tables.flatMap((table) => [`### ${table.family.title}`, printTable(table)]);
}

function printIntroduction({ kernel, iptables }) {
  // What a distribution adds to the number would make the document another on every machine.
  const [release] = /^\d+(\.\d+)*/.exec(kernel);
  const [version] = /\d+(\.\d+)+/.exec(iptables);
  return `A REJECT drops a packet and answers it. Which answer, \`--reject-with\` says; what a client makes of the answer, and when, its kernel. All of this
document is measured: every answer that REJECT has, on loopback, on the nft and on the legacy back end. Where a cell does not name a back end,
they agree. Each cell is a probe of loopfw that passed: the kernel's own trace says that it was this rule which decided.

Measured on Linux ${release} with iptables ${version}. In a clone of the repository, this file is written by

\`\`\`sh
npm run docs:reject-table
\`\`\`

which takes some minutes, works in namespaces of its own, and fails instead of guessing. A second run on the same machine gives the same file.

A cell has the [outcome](verdicts/README.md#outcomes-what-the-client-saw), the client's errno, and when it learned of it:

${TIMES}

The answer is what came back to the client's kernel: a RST, or an ICMP message by type/code.

The clients are TCP clients with a non-blocking connect(2) (Node.js, curl, browsers) and with a blocking one (plain Python, many C programs); a UDP
client on a connected socket; and an ICMP echo from a raw socket with IP_RECVERR, which sees more than ping(8) prints. None of the others sets
IP_RECVERR.`;
}
