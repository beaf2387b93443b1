import type { Scenario } from '../model/scenario.js';
declare const SCENARIOS: {
    ipv4: {
        name: string;
        servers: {
            web: string;
        };
        rules: string[];
        probes: {
            from: string;
            to: string;
            expect: string;
        }[];
    };
    ipv6: {
        name: string;
        servers: {
            web: string;
        };
        rules: string[];
        probes: {
            from: string;
            to: string;
            expect: string;
        }[];
    };
    native: {
        name: string;
        servers: {
            web: string;
        };
        probes: {
            from: string;
            to: string;
            expect: string;
        }[];
    };
    icmp: {
        name: string;
        probes: {
            from: string;
            to: string;
            expect: string;
        }[];
    };
};
/** The smallest scenario that shows whether something works, as a user would write it: one probe, which must pass with evidence. */
export declare function getDoctorScenario(name: keyof typeof SCENARIOS): Scenario;
export {};
