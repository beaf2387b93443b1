import { getMember, getSound } from './place.js';
/** The back ends that a scenario runs on: nft unless it says otherwise. */
export function getBackends(scenario, problems) {
    return [getSound(getMember(scenario, 'backend'), problems) ?? 'nft'].flat();
}
