import { quote } from '../../../words/phrases.js';
import { didYouMean } from '../../../words/suggestion.js';
import type { Place } from '../../json/document.js';
import type { Network } from './network.js';

/** Settings of a network namespace that affect packets. INTERFACE is all, default, lo or an interface of the scenario. */
const KNOWN = [
  'net.ipv4.ip_forward',
  'net.ipv4.ip_default_ttl',
  'net.ipv4.icmp_echo_ignore_all',
  'net.ipv4.icmp_echo_ignore_broadcasts',
  'net.ipv4.tcp_syncookies',
  'net.ipv4.conf.INTERFACE.accept_local',
  'net.ipv4.conf.INTERFACE.arp_ignore',
  'net.ipv4.conf.INTERFACE.forwarding',
  'net.ipv4.conf.INTERFACE.route_localnet',
  'net.ipv4.conf.INTERFACE.rp_filter',
  'net.ipv4.conf.INTERFACE.src_valid_mark',
  'net.ipv6.icmp.echo_ignore_all',
  'net.ipv6.conf.INTERFACE.forwarding',
  'net.netfilter.nf_conntrack_tcp_be_liberal',
  'net.netfilter.nf_conntrack_tcp_loose',
];

/** Reads a scenario's `sysctl`. The kernel decides whether a setting accepts a value. */
export function resolveSysctl(scenario: Place, { interfaces }: Network): Record<string, string> {
  const settings: Record<string, string> = {};
  const devices = ['all', 'default', 'lo', ...interfaces.map(({ name }) => name)];
  for (const [name, place] of scenario.member('sysctl').members()) {
    const problem = getNameProblem(name, devices);
    if (problem !== null) {
      place.key.complain(problem);
      continue;
    }
    const value = place.read<string | number>();
    if (value !== undefined && !/^\d{1,9}$/.test(String(value))) {
      place.complain(`expected a number that is not negative, found ${quote(String(value))}`);
    } else if (value !== undefined) {
      settings[name] = String(value);
    }
  }
  return settings;
}

function getNameProblem(name: string, devices: string[]): string | null {
  const [, before = '', device = '', key = ''] = /^(net\.ipv[46]\.conf)\.(.+)\.([^.]+)$/.exec(name) ?? [];
  const general = device === '' ? name : `${before}.INTERFACE.${key}`;
  if (KNOWN.includes(general)) {
    return device === '' || devices.includes(device) ? null : `no interface ${quote(device)}${didYouMean(device, devices)}`;
  }
  const whole = KNOWN.find((known) => known.endsWith(`.${name}`))?.replace('INTERFACE', 'all');
  if (whole !== undefined) {
    return `write the whole name of the setting: ${quote(whole)}`;
  }
  if (!name.startsWith('net.')) {
    return `${name} is no setting of a network namespace: it would be changed for the whole machine`;
  }
  const candidates = KNOWN.map((known) => known.replace('INTERFACE', device === '' ? 'all' : device));
  return `${name} is not among the settings that a scenario may change${didYouMean(name, candidates)}`;
}
