import { setImmediate as othersTurn } from 'node:timers/promises';
import type { ExportedFile } from '../../../../db/portable/export';
import { writeFiles } from '../../../../db/portable/write-export';
import type { LedgerFilter, LedgerLine, LedgerStore } from '../../../../db/workspace/ledger';
import { Failure } from '../../../../shared/ipc/errors';
import { MOST_CHOSEN } from '../../../../shared/ipc/sync-contract';
import { message } from '../../../../shared/words/message';
import { writeWhole } from '../../../disk/whole-file';
import { curlOf } from './curl';
import { brunoOf, harOf, postmanOf } from './exchange-files';
import { withoutSecrets, type SharedExchange } from './without-secrets';

/** Requests in one file at most. */
export const MOST_SHARED = MOST_CHOSEN;
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

/** Requests that are shared: the numbers of those that were chosen, or what all of them fit. */
export type Shared = readonly number[] | LedgerFilter;

const isChosen = (which: Shared): which is readonly number[] => Array.isArray(which);

function chosen(ledger: LedgerStore, which: Shared): LedgerLine[] {
  if (isChosen(which)) {
    return [...new Set(which)]
      .sort((one, other) => one - other)
      .map((key) => {
        const line = ledger.find(key);
        if (line) return line;
        throw new Failure('not-found', message('activity.noSuchEntry'));
      });
  }
  const { total, lines } = ledger.list(which, 0, MOST_SHARED);
  if (total > MOST_SHARED) {
    throw new Failure('invalid-input', message('activity.tooManyToShare', { count: total, most: MOST_SHARED }));
  }
  if (total === 0) throw new Failure('invalid-input', message('activity.nothingToShare'));
  return lines.reverse();
}

/** Exchanges that are held at once, by the characters of their bodies. */
class Held {
  #characters = 0;

  /** @throws Failure `invalid-input` where it would be too much */
  take(exchange: SharedExchange): SharedExchange {
    this.#characters += (exchange.requestBody?.length ?? 0) + (exchange.answer?.body?.length ?? 0);
    if (this.#characters > MOST_CHARACTERS) throw new Failure('invalid-input', message('activity.tooMuchToShare'));
    return exchange;
  }
}

/**
 * Requests as commands of a shell, oldest first, without secrets.
 *
 * @param platform as Node names it
 * @throws Failure `invalid-input` where they are too much, `not-found`
 */
export async function commandsOf(ledger: LedgerStore, which: readonly number[], platform: string): Promise<string> {
  const commands: string[] = [];
  const held = new Held();
  for (const line of chosen(ledger, which)) {
    commands.push(curlOf(held.take(withoutSecrets(line, ledger.contents(line.key))), platform));
    if (commands.length % 50 === 0) await othersTurn();
  }
  return commands.join('\n');
}

async function* textFile(text: string): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(Buffer.from(text, 'utf8'));
}

/**
 * Writes requests, oldest first, in a form that other programs read; without secrets. One that no whole answer
 * came to is among them, without an answer.
 *
 * @returns how many
 * @throws Failure `invalid-input` where there are too many or none, `cancelled`, or why nothing was written
 */
export async function shareExchanges(
  ledger: LedgerStore,
  which: Shared,
  { file, form, signal, progress }: ShareOrder,
): Promise<number> {
  const lines = chosen(ledger, which);
  const exchanges: SharedExchange[] = [];
  const held = new Held();
  for (const line of lines) {
    if (signal.aborted) throw new Failure('cancelled', message('activity.notShared'));
    exchanges.push(held.take(withoutSecrets(line, ledger.contents(line.key))));
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
