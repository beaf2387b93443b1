/**
 * The seed of the property tests. It is the same for every run, so a test fails only because of a change.
 * To search for new failures, set LOOPFW_TEST_SEED=random. To repeat a failure, set the number that it printed.
 */
const wanted = process.env['LOOPFW_TEST_SEED'] ?? '20261120';

export const SEED = wanted === 'random' ? {} : { seed: Number(wanted) };
