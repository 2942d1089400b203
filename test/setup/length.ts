/** How long the tests are that have a short form in `npm test` and a long one in `npm run test:long`. */
import { LENGTH } from '../../scripts/test/slow-tests.mjs';

/**
 * @param short what `npm test` goes through: enough to fail where the thing is broken
 * @param long what `npm run test:long` goes through
 */
export function atLength<T>(short: T, long: T): T {
  return process.env[LENGTH] === 'long' ? long : short;
}
