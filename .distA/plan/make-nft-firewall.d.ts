import type { NftFirewall } from '../model/plan.js';
import type { RuleSet, WorldSpec } from '../model/scenario.js';
/** A rule set for nft itself, with loopfw's own table beside it. */
export declare function makeNftFirewall({ file, text }: Extract<RuleSet, {
    kind: 'nft';
}>, { interfaces }: WorldSpec): NftFirewall;
