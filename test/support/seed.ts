/**
 * The seed of the property tests: the same for every run, so that a test that fails does so because of a change. To look for what nobody has
 * thought of, LOOPFW_TEST_SEED=random, or a number that a failure has printed.
 */
const wanted = process.env['LOOPFW_TEST_SEED'] ?? '20261120';

export const SEED = wanted === 'random' ? {} : { seed: Number(wanted) };
