/** What loopfw does with a dropped TCP packet that such a match or target has seen, by its stability. */
const WAITS = {
  packet: '',
  mark: '',
  segment: 'data',
  flow: 'after an answer',
  expected: 'after an answer',
  binding: 'yes',
  moment: 'yes',
  memory: 'yes',
};
const FAMILIES = { ipv4: 'IPv4', ipv6: 'IPv6' };

/** A table of matches or targets, with a row for each. */
export function printExtensions(rows, showProtocol) {
  const lines = Object.entries(rows)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([name, row]) => `| ${[name, printNeeds(row, showProtocol), printOptions(row), printWait(row)].join(' | ')} |`);
  return ['| name | only for | options | waits |', '|---|---|---|---|', ...lines, ''].join('\n');
}

function printNeeds(row, showProtocol) {
  const { tables = [], chains = [] } = typeof row.place === 'object' ? row.place : {};
  const protocols = (row.protocols ?? []).map((protocol) => `\`-p ${showProtocol(protocol)}\``).join(' or ');
  return [
    ...(row.families ?? []).map((family) => FAMILIES[family]),
    ...(protocols === ''
      ? []
      : [`${protocols}${row.needsNoProtocolIn === undefined ? '' : ` (not in ${FAMILIES[row.needsNoProtocolIn]})`}`]),
    ...(tables.length === 0 ? [] : [`table ${tables.join(', ')}`]),
    ...(chains.length === 0 ? [] : [chains.join(', ')]),
    ...(typeof row.place === 'function' ? ['certain chains, by its options'] : []),
  ].join('; ');
}

function printOptions({ options }) {
  return options.map(({ flag, aliases = [], negatable }) => `\`${negatable ? '[!] ' : ''}${[flag, ...aliases].join('`, `')}\``).join(' ');
}

/** The wait of most options, and those options that differ. */
function printWait({ stability, options }) {
  if (typeof stability === 'string') {
    return WAITS[stability];
  }
  const usual = WAITS[stability([])];
  const others = new Map();
  for (const { flag } of options) {
    const wait = WAITS[stability([{ flag, negated: false, values: ['', ''] }])];
    if (wait !== usual) {
      others.set(wait, [...(others.get(wait) ?? []), `\`${flag}\``]);
    }
  }
  const parts = [...others].map(([wait, flags]) => `${wait === '' ? 'no' : wait}: ${flags.join(' ')}`);
  return [usual, ...parts].filter((part) => part !== '').join('; ');
}

/** A table of what is refused. What has the same reason shares a row. */
export function printRefused(refused) {
  const byReason = new Map();
  for (const { what, why } of refused) {
    byReason.set(why, [...(byReason.get(why) ?? []), what]);
  }
  const lines = [...byReason].map(([why, all]) => `| ${all.map((what) => `\`${what}\``).join(' ')} | ${why} |`);
  return ['| what | why |', '|---|---|', ...lines, ''].join('\n');
}
