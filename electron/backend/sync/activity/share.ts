import { setImmediate as othersTurn } from 'node:timers/promises';
import type { ExportedFile } from '../../../../db/portable/export';
import { writeFiles } from '../../../../db/portable/write-export';
import type { LedgerFilter, LedgerLine, LedgerStore } from '../../../../db/workspace/ledger';
import { Failure } from '../../../../shared/ipc/errors';
import { message } from '../../../../shared/words/message';
import { writeWhole } from '../../../disk/whole-file';
import { brunoOf, harOf, postmanOf } from './exchange-files';
import { withoutSecrets, type SharedExchange } from './without-secrets';

/** Requests in one file at most: other programs open it as a whole. */
export const MOST_SHARED = 1_000;
/** Characters of all bodies. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/** Where requests go, in which form. */
export interface ShareOrder {
  /** Absolute path, and the name that people know. */
  file: { path: string; name: string };
  form: 'har' | 'postman' | 'bruno';
  signal: AbortSignal;
  progress(report: { done: number; total: number }): void;
}

function chosen(ledger: LedgerStore, which: number | LedgerFilter): LedgerLine[] {
  if (typeof which === 'number') {
    const line = ledger.find(which);
    if (!line) throw new Failure('not-found', message('activity.noSuchEntry'));
    return [line];
  }
  const { total, lines } = ledger.list(which, 0, MOST_SHARED);
  if (total > MOST_SHARED) {
    throw new Failure('invalid-input', message('activity.tooManyToShare', { count: total, most: MOST_SHARED }));
  }
  if (total === 0) throw new Failure('invalid-input', message('activity.nothingToShare'));
  return lines.reverse();
}

async function* textFile(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text, 'utf8'));
}

/**
 * Writes requests, oldest first, in a form that other programs read; without secrets. One that no whole answer
 * came to is among them, without an answer.
 *
 * @param which the number of one, or what all of them fit
 * @returns how many
 * @throws Failure `invalid-input` where there are too many or none, `cancelled`, or why nothing was written
 */
export async function shareExchanges(
  ledger: LedgerStore,
  which: number | LedgerFilter,
  { file, form, signal, progress }: ShareOrder,
): Promise<number> {
  const lines = chosen(ledger, which);
  const exchanges: SharedExchange[] = [];
  let characters = 0;
  for (const line of lines) {
    if (signal.aborted) throw new Failure('cancelled', message('activity.notShared'));
    const exchange = withoutSecrets(line, ledger.contents(line.key));
    characters += (exchange.requestBody?.length ?? 0) + (exchange.answer?.body?.length ?? 0);
    if (characters > MOST_CHARACTERS) throw new Failure('invalid-input', message('activity.tooMuchToShare'));
    exchanges.push(exchange);
    if (exchanges.length % 50 === 0) {
      progress({ done: exchanges.length, total: lines.length });
      await othersTurn();
    }
  }
  if (form === 'bruno') await writeBruno(exchanges, file.path, signal);
  else await writeWhole(file.path, form === 'har' ? harOf(exchanges) : postmanOf(exchanges), { name: file.name });
  return exchanges.length;
}

async function writeBruno(exchanges: readonly SharedExchange[], path: string, signal: AbortSignal): Promise<void> {
  const files = brunoOf(exchanges).map(({ name, text }): ExportedFile => ({
    name: `Laurel/${name}`,
    content: textFile(text),
  }));
  await writeFiles(
    files,
    { path, form: 'zip', signal },
    {
      packing: 'deflated',
      tooLarge: message('activity.tooMuchToShare'),
      failed: (reason) => message('activity.notSharedBecause', { reason }),
    },
  );
}
