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
  return `A REJECT drops a packet and answers it. \`--reject-with\` chooses the answer. The client's kernel decides what the client sees of it, and when.

Everything in this document is measured: every answer of REJECT, on loopback, on the nft and the legacy back end. If a cell does not name a back end,
both gave the same result. Each cell is a probe of loopfw that passed. So the kernel's own trace shows that this rule decided.

Measured on Linux ${release} with iptables ${version}. In a clone of the repository, this command writes this file:

\`\`\`sh
npm run docs:reject-table
\`\`\`

It takes some minutes and works in its own namespaces. It fails instead of guessing. A second run on the same machine gives the same file.

A cell has the [outcome](verdicts/README.md#outcomes-what-the-client-saw), the client's errno, and the time at which the client learned of it:

${TIMES}

The column "answer" has what came back to the client's kernel: a RST, or an ICMP message by type/code.

| client | how it connects |
|---|---|
| TCP, non-blocking | a non-blocking connect(2), as Node.js, curl and browsers do |
| TCP, blocking | a blocking connect(2), as plain Python and many C programs do |
| UDP | a connected socket |
| ICMP echo | a raw socket with IP_RECVERR, which sees more than ping(8) prints; no other client sets IP_RECVERR |`;
}
