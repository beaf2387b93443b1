import { useMemo, useState } from 'preact/hooks';
import type { RuleResult, Unreached } from '../../../model/result.js';
import { getBaseName } from '../../../words/rule-name.js';
import { tellUnreached } from '../unreached.js';
import { countThings, tellObserved } from '../words.js';
import { StatusIcon } from './icons.js';
import { listMeeting, type ProbeItem } from './items.js';

/** A longer rule set is shown as a whole only when somebody asks for it. */
const MOST_RULES = 1000;
/** More probes are only counted. */
const MOST_PROBES = 50;

interface Props {
  item: ProbeItem;
  rules: RuleResult[];
  picked: number | null;
  setPicked: (rule: number | null) => void;
  select: (item: ProbeItem) => void;
}

/** The rule set with its counters. A click on a rule shows the probes that met it. */
export function RuleTable({ item, rules, picked, setPicked, select }: Props) {
  const [isWhole, setWhole] = useState(false);
  const counted = rules.filter(({ packets }) => packets !== null);
  const reached = counted.filter(({ packets }) => packets !== 0).length;
  const decided = item.probe.rule?.index ?? null;
  const shown = isWhole ? rules : rules.slice(0, Math.max(MOST_RULES, (picked ?? 0) + 1, (decided ?? 0) + 1));
  return (
    <section class="rules">
      <h4>
        Rules{' '}
        <span class="soft">
          {reached} of {counted.length} reached by a packet{reached < counted.length ? `, ${counted.length - reached} never` : ''}. Choose a
          rule to see its probes.
        </span>
      </h4>
      {picked !== null && <Meeting item={item} rule={picked} close={() => setPicked(null)} select={select} />}
      <RuleRows rules={shown} decided={decided} picked={picked} setPicked={setPicked} />
      {shown.length < rules.length && (
        <button type="button" class="pill" onClick={() => setWhole(true)}>
          show all {countThings(rules.length, 'rule')}
        </button>
      )}
    </section>
  );
}

interface RowsProps {
  rules: RuleResult[];
  decided: number | null;
  picked: number | null;
  setPicked?: (rule: number | null) => void;
}

/** The rules with a heading for each chain. Without setPicked, as on paper, nothing can be chosen. */
export function RuleRows({ rules, decided, picked, setPicked }: RowsProps) {
  const most = useMemo(() => Math.max(1, ...rules.map(({ packets }) => packets ?? 0)), [rules]);
  return (
    <div class="table-box" tabIndex={setPicked === undefined ? undefined : 0} role="region" aria-label="Rules">
      <table class="rule-table">
        <thead>
          <tr>
            <th scope="col">#</th>
            <th scope="col">line</th>
            <th scope="col">packets</th>
            <th scope="col">rule</th>
          </tr>
        </thead>
        {groupChains(rules).map(({ title, rules: group }, place) => (
          <tbody key={place}>
            <tr class="chain">
              <th colSpan={4} scope="colgroup">
                {title}
              </th>
            </tr>
            {group.map((rule) => (
              <RuleRow
                key={rule.index}
                rule={rule}
                most={most}
                isDecider={rule.index === decided}
                isPicked={rule.index === picked}
                pick={setPicked && (() => setPicked(rule.index === picked ? null : rule.index))}
              />
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

interface RowProps {
  rule: RuleResult;
  most: number;
  isDecider: boolean;
  isPicked: boolean;
  pick: (() => void) | undefined;
}

function RuleRow({ rule: { index, name, text, line, packets, unreached }, most, isDecider, isPicked, pick }: RowProps) {
  const classes = [packets === 0 ? 'never' : '', isPicked ? 'picked' : '', isDecider ? 'decider' : ''].filter((word) => word !== '');
  return (
    <tr id={`rule-${index}`} class={classes.join(' ')} onClick={pick}>
      <td>
        {pick === undefined ? (
          index
        ) : (
          <button type="button" class="link" aria-pressed={isPicked} aria-label={`rule ${index}: its probes`}>
            {index}
          </button>
        )}
      </td>
      <td>{line ?? ''}</td>
      <td class="packets-of">
        {packets === null ? (
          <span class="soft">–</span>
        ) : packets === 0 ? (
          <b>never</b>
        ) : (
          <>
            <span class="log-bar" style={{ width: `${Math.max(4, (36 * Math.log(packets + 1)) / Math.log(most + 1)).toFixed(1)}px` }} />
            <b>{packets}</b>
          </>
        )}
      </td>
      <td>
        {name !== null && <b>{name} </b>}
        <code>{text}</code>
        {isDecider && <span class="tag">decided this probe</span>}
        {unreached !== undefined && <WhyUnreached unreached={unreached} />}
      </td>
    </tr>
  );
}

/** Why no packet reached the rule. It is there where the run was asked for it (--coverage). */
function WhyUnreached({ unreached }: { unreached: Unreached }) {
  const { text, lines } = tellUnreached(unreached);
  return (
    <p class="why-unreached">
      {text}
      {lines.map((line) => (
        <code key={line}>{line}</code>
      ))}
    </p>
  );
}

function Meeting({ item, rule, close, select }: { item: ProbeItem; rule: number; close: () => void; select: (item: ProbeItem) => void }) {
  const probes = useMemo(() => listMeeting(item, rule), [item, rule]);
  return (
    <div class="meeting">
      <button type="button" class="pill" onClick={close}>
        probes that met rule {rule} <span aria-hidden="true">✕</span>
        <span class="hidden">close</span>
      </button>{' '}
      <span class="soft">
        {probes.length} of {item.parent.probes.length}
      </span>
      <ul class="plain">
        {probes.slice(0, MOST_PROBES).map((other) => (
          <li key={other.probe.id}>
            <button type="button" class="link" aria-current={other === item} onClick={() => select(other)}>
              <StatusIcon status={other.probe.status} /> {other.name}
            </button>{' '}
            <span class="soft">{tellObserved(other.probe)}</span>
          </li>
        ))}
        {probes.length > MOST_PROBES && <li class="soft">and {probes.length - MOST_PROBES} more</li>}
      </ul>
    </div>
  );
}

/** Neighbours of one file, table and chain. */
function groupChains(rules: RuleResult[]): { title: string; rules: RuleResult[] }[] {
  const groups: { title: string; rules: RuleResult[] }[] = [];
  for (const rule of rules) {
    const title = [rule.table, rule.chain, ...(rule.file === null ? [] : [`· ${getBaseName(rule.file)}`])].join(' ');
    const last = groups.at(-1);
    if (last?.title === title) {
      last.rules.push(rule);
    } else {
      groups.push({ title, rules: [rule] });
    }
  }
  return groups;
}
