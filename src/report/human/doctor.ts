import type { Capability, CommandSet, Examination, Finding, LimitName } from '../../model/examination.js';
import { FAMILY_NAMES } from '../../words/addresses.js';
import { makeHarmless } from '../../words/harmless.js';
import { countNoun } from '../../words/phrases.js';
import { getColumns, type Screen, wrap } from '../shared/layout.js';
import { makePaint, type Paint } from '../shared/paint.js';
import type { ReportOptions } from '../shared/reporter.js';

const DETAIL = '    ';

/** The name of a capability, and what does not work without it. */
interface Words<C extends Capability> {
  getTitle(capability: C): string;
  getLoss(capability: C): string;
}

const LOSSES = {
  nft: 'every scenario, unless it asks for the legacy back end',
  legacy: 'scenarios with "backend": "legacy"',
  native: 'scenarios with a rule set for nft itself',
  ipset: 'scenarios with "ipsets"',
} satisfies Record<CommandSet, string>;

const LIMIT_LOSSES = {
  'open files': 'a scenario of many probes or servers runs out of them, which looks like a reset or ends it with an error',
  processes: 'nothing starts, or a command of a scenario does not, where this user runs that many processes and threads',
  'net.core.rmem_max': 'trace messages are lost where many packets come at once, and those probes are inconclusive',
  'user.max_user_namespaces': 'loopfw does not start where that many of this user run at the same time',
  'user.max_net_namespaces': 'every world takes one: scenarios end with an error when they are used up',
  'user.max_pid_namespaces': 'loopfw does not start where that many of this user run at the same time',
} satisfies Record<LimitName, string>;

const FAULT_LOSSES = {
  hold: 'exec with faults that answer by an ICMP error: host-unreachable and others',
  end: "exec with faults that end connections: reset-established, half-open, and refused and others with after, unless keep-live; loopfw's own servers still end theirs",
};

const WORDS = {
  namespaces: {
    getTitle: ({ rootless }) => `namespaces (network, pid${rootless ? ', user' : ''})`,
    getLoss: () => 'everything: there is no place to apply rules in',
  },
  commands: {
    getTitle: ({ set }) => `commands: ${set === 'native' ? 'nft itself' : set}`,
    getLoss: ({ set }) => (set === 'nft' ? `${LOSSES.nft} or has native rule sets only` : LOSSES[set]),
  },
  loopback: { getTitle: () => 'loopback', getLoss: () => 'everything: no packet goes anywhere' },
  firewall: {
    getTitle: ({ backend, family }) => `${backend}, ${FAMILY_NAMES[family]}: rules and trace`,
    getLoss: ({ backend, family }) => (family === 'ipv4' ? LOSSES[backend] : `${LOSSES[backend]}, where it has IPv6 in it`),
  },
  native: { getTitle: () => 'nft itself: rules and trace', getLoss: () => LOSSES.native },
  ipset: { getTitle: () => 'ipsets', getLoss: () => LOSSES.ipset },
  icmp: { getTitle: () => 'raw ICMP', getLoss: () => 'probes to icmp://' },
  veth: { getTitle: () => 'veth', getLoss: () => 'scenarios with interfaces of their own' },
  faults: {
    getTitle: ({ part }) => `faults: ${part === 'hold' ? 'SYNs are held for a moment' : 'connections are ended'}`,
    getLoss: ({ part }) => FAULT_LOSSES[part],
  },
  limit: { getTitle: ({ name }) => `limit: ${name}`, getLoss: ({ name }) => LIMIT_LOSSES[name] },
} satisfies { [Kind in Capability['kind']]: Words<Extract<Capability, { kind: Kind }>> };

/** A note about the legacy back end for the owner of the machine. It is shown whether the back end works or not. */
const LEGACY_NOTE = 'may load kernel modules on the host: ip_tables, iptable_raw, xt_TRACE, nfnetlink_log and others';

/** The report of `loopfw doctor` for people: a line for each capability. What does not work also has its consequence and its remedies. */
export function reportDoctor(examination: Examination, { color, columns }: Pick<ReportOptions, 'color' | 'columns'>): string {
  const screen = { paint: makePaint(color), columns: getColumns(columns) };
  return `${[...examination.findings.flatMap((finding) => showFinding(finding, screen)), '', showEnd(examination, screen.paint)].join('\n')}\n`;
}

function showFinding(finding: Finding, screen: Screen): string[] {
  const { paint } = screen;
  if (finding.kind === 'versions') {
    return [`  ${paint.bold('versions')}  loopfw ${finding.loopfw}, Node.js ${finding.node}, Linux ${makeHarmless(finding.kernel)}`];
  }
  const words = WORDS[finding.kind] as Words<Capability>;
  const title = paint.bold(words.getTitle(finding));
  const note = finding.kind === 'commands' && finding.set === 'legacy' ? [wrap(paint.dim(LEGACY_NOTE), DETAIL, screen)] : [];
  switch (finding.state) {
    case 'works':
      return [`${paint.mark('passed')} ${title}  ${paint.dim(makeHarmless(finding.detail))}`, ...note];
    case 'untried':
      return [`${paint.dim('–')} ${title}  not tried: ${makeHarmless(finding.cause)}`, ...note];
    case 'fails':
      return [
        `${paint.mark(finding.needed ? 'failed' : 'inconclusive')} ${title}  ${finding.needed ? '' : `${paint.warn('warning:')} `}${makeHarmless(finding.cause)}`,
        wrap(`${paint.bold('lost:')} ${words.getLoss(finding)}`, DETAIL, screen),
        // Not wrapped: users copy the commands.
        ...finding.remedies.map((remedy) => `${DETAIL}${paint.bold('remedy:')} ${makeHarmless(remedy)}`),
        ...note,
      ];
  }
}

function showEnd({ usable, findings }: Examination, paint: Paint): string {
  const warnings = findings.filter((finding) => finding.kind !== 'versions' && !finding.needed && finding.state === 'fails').length;
  const more = warnings === 0 ? '' : paint.warn(`, ${countNoun(warnings, 'warning')}`);
  return `${usable ? 'loopfw works here' : paint.fail('loopfw does not work here')}${more}`;
}
