import { EnvironmentError } from '../errors.js';
import { findRemedies } from '../sandbox/find-remedies.js';
import { getDoctorScenario } from './doctor-scenarios.js';
import { runScenario } from './run-scenario.js';
/** What a back end's rules need of the kernel, where it has them as modules. */
const MODULES = {
    nft: { ipv4: 'nf_tables nft_compat ipt_REJECT xt_tcpudp', ipv6: 'nf_tables nft_compat ip6t_REJECT xt_tcpudp' },
    legacy: {
        ipv4: 'ip_tables iptable_filter iptable_raw xt_TRACE ipt_REJECT xt_tcpudp nfnetlink_log',
        ipv6: 'ip6_tables ip6table_filter ip6table_raw xt_TRACE ip6t_REJECT xt_tcpudp nfnetlink_log',
    },
};
/** All that a run does inside, a part at a time, in the order in which the one needs the other. */
export function listSteps(host) {
    return [
        { capability: { kind: 'loopback' }, needed: true, commands: null, remedies: findRemedies(host.surroundings), work: bringUpLoopback },
        makeFirewallStep('nft', 'ipv4', host),
        makeFirewallStep('nft', 'ipv6', host),
        makeFirewallStep('legacy', 'ipv4', host),
        makeFirewallStep('legacy', 'ipv6', host),
        {
            capability: { kind: 'native' },
            needed: false,
            commands: 'native',
            remedies: ['modules may be missing: as root on the host, modprobe --all nf_tables nft_reject_inet'],
            work: (session) => runOne('native', 'nft', session),
        },
        {
            capability: { kind: 'icmp' },
            needed: true,
            commands: 'nft',
            remedies: ['a raw socket takes CAP_NET_RAW: in a container, docker run --cap-add NET_RAW …'],
            work: (session) => runOne('icmp', 'nft', session),
        },
        {
            capability: { kind: 'veth' },
            needed: false,
            commands: null,
            remedies: ['the module may be missing: as root on the host, modprobe veth'],
            work: addVeth,
        },
    ];
}
function makeFirewallStep(backend, family, { hasIPv6 }) {
    const isLacking = family === 'ipv6' && !hasIPv6;
    return {
        capability: { kind: 'firewall', backend, family },
        // A kernel that was started without IPv6 is no worse for scenarios that have none.
        needed: backend === 'nft' && !isLacking,
        commands: backend,
        remedies: [
            isLacking
                ? 'this kernel has no IPv6: start it without ipv6.disable=1'
                : `modules may be missing: as root on the host, modprobe --all ${MODULES[backend][family]}`,
        ],
        work: (session) => runOne(family, backend, session),
    };
}
/** A world that opens has it up. */
async function bringUpLoopback(session) {
    await session.request({ type: 'open', world: null, servers: [] });
    await session.request({ type: 'close' });
    return 'lo of a new network namespace is up';
}
async function addVeth(session) {
    await session.request({ type: 'open', world: null, servers: [] });
    try {
        await session.request({ type: 'veth' });
    }
    finally {
        await session.request({ type: 'close' });
    }
    return 'a pair was made';
}
/** Runs a scenario of one probe as `loopfw run` does. It must pass, by the kernel's own evidence. */
async function runOne(name, backend, session) {
    const scenario = getDoctorScenario(name);
    const { result } = await runScenario(scenario, backend, session, { patience: 'proof' });
    const [probe] = result.probes;
    if (result.error !== null || probe === undefined) {
        throw new EnvironmentError(result.error?.message ?? 'no probe was made');
    }
    const { status, observed, cause, evidence, explanation } = probe;
    if (status !== 'passed' || evidence === 'none') {
        throw new EnvironmentError(`${scenario.name}: ${explanation}`);
    }
    const iptables = await session.request({ type: 'version', backend });
    return `${scenario.name}: the client saw ${observed?.outcome ?? 'nothing'}, the ${evidence} says ${cause}${iptables === null ? '' : `; iptables ${iptables}`}`;
}
