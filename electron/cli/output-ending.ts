import { requireOutput, placeOf, type KeptFile } from '../disk/output-place';
import type { MessagePart } from '../../shared/words/message';
import { UsageError } from './command';

/** Endings by which people, Laurel and other programs know what a file is. */
const KNOWN_ENDINGS = [
  ...[
    'badge',
    'badge-art',
    'scenario',
    'policy',
    'plan',
    'partners',
    'definitions',
    'connection',
    'practice-state',
  ].map((kind) => `.${kind}.json`),
  ...['.laurel', '.csv', '.xlsx', '.parquet', '.png', '.svg', '.pdf', '.html', '.har', '.zip'],
];

/**
 * Refuses an output that would destroy something, and one whose name says that it is another kind of file. A name that says
 * nothing, such as `out.json`, is anybody's choice, and a pipe or a device has the name it has.
 *
 * @param target absolute path
 * @param out as the person named it
 * @param kind `{ ending: '.plan.json', what: 'plan' }`
 * @param nothing what was not done, with its full stop
 * @throws Failure `invalid-input`; UsageError where the name is of another kind
 */
export function requireNamedOutput(
  target: string,
  out: string,
  { ending, what }: { ending: string; what: string },
  keep: readonly KeptFile[],
  nothing: MessagePart,
): void {
  requireOutput(target, out, keep, nothing);
  const name = out.toLowerCase();
  const isOther = KNOWN_ENDINGS.some((known) => known !== ending && name.endsWith(known));
  if (!isOther || placeOf(target).kind === 'stream') return;
  throw new UsageError(`--out ${out} is called another kind of file than a ${what}: end it with ${ending}.`);
}
