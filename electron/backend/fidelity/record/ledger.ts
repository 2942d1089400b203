import type { LedgerContents, LedgerLine, LedgerStore } from '../../../../db/workspace/ledger';
import { version } from '../../../../package.json';
import { NO_BODY, NOT_RECORDED, type Source, type SourceCall } from './source';

/** Lines read at a time. */
const PORTION = 500;

/** What Laurel itself sent to one org, oldest first; a request that is on its way, or never left, is none. */
export function readLedger(ledger: Pick<LedgerStore, 'after' | 'contents'>, connectionKey: number): Source {
  const calls: SourceCall[] = [];
  for (let after = 0; ;) {
    const lines = ledger.after(connectionKey, after, PORTION);
    for (const line of lines) {
      after = line.key;
      if (line.outcome !== 'sending' && line.outcome !== 'failed') calls.push(callOf(line, ledger.contents(line.key)));
    }
    if (lines.length === 0) break;
  }
  return { kind: 'ledger', program: `Laurel ${version}`, calls, broken: 0 };
}

function callOf(line: LedgerLine, contents: LedgerContents): SourceCall {
  const { status, sentOn, answeredOn, method, url } = line;
  const pairs = (headers: LedgerContents['requestHeaders']) =>
    headers.map(({ name, value }): [string, string] => [name, value]);
  return {
    ...{ at: sentOn, method, url, headers: pairs(contents.requestHeaders) },
    milliseconds: answeredOn === null ? null : Math.max(0, (answeredOn - sentOn) / 1000),
    body: contents.requestBody === null ? NO_BODY : { text: contents.requestBody, missing: null },
    answer:
      status === null
        ? null
        : {
            status,
            headers: pairs(contents.responseHeaders),
            body: contents.responseBody === null ? NOT_RECORDED : { text: contents.responseBody, missing: null },
          },
  };
}
