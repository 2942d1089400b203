import { requireOutput, placeOf, type KeptFile } from '../disk/output-place';
import type { MessagePart } from '../../shared/words/message';
import { UsageError } from './command';

/**
 * Refuses an output that would destroy something, and one whose name says that it is another kind of file. A pipe or a
 * device has the name it has.
 *
 * @param target absolute path
 * @param out as the person named it
 * @param kind `{ ending: '.plan.json', what: 'plan' }`
 * @param nothing what was not done, with its full stop
 * @throws Failure `invalid-input`; UsageError where the name ends otherwise
 */
export function requireNamedOutput(
  target: string,
  out: string,
  { ending, what }: { ending: string; what: string },
  keep: readonly KeptFile[],
  nothing: MessagePart,
): void {
  requireOutput(target, out, keep, nothing);
  if (out.toLowerCase().endsWith(ending) || placeOf(target).kind === 'stream') return;
  throw new UsageError(`--out ${out} can be no ${what}: end it with ${ending}.`);
}
