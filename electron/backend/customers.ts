import type { Handlers } from '../../shared/ipc/contract';
import { Failure } from '../../shared/ipc/errors';
import type { CustomerSource } from '../../shared/ipc/issuance-contract';
import { NotRegular, reasonOf } from '../../disk/system-reasons';
import { requireRows } from './content-kind';
import type { BackendContext } from './context';
import { FileBytes } from './customers-bytes';
import { findLayout } from './customers-layout';
import { MOST_CUSTOMERS, type ResolvedSource } from './customers-source';

/** What a failed attempt to read a chosen file says. @param reason why, in words */
export function unreadable(
  name: string,
  reason = 'it was moved, deleted, or may not be read by you. Choose it again',
): Failure {
  return new Failure('not-found', `${name} cannot be read: ${reason}. Nothing was issued.`);
}

/** Replaces tokens by the files behind them. @throws Failure `not-found`, `invalid-input` */
export function resolveSource(context: Pick<BackendContext, 'files'>, source: CustomerSource): ResolvedSource {
  switch (source.kind) {
    case 'paste':
      return { kind: 'text', text: source.text };
    case 'one':
      return source;
    case 'range':
      if (source.to < source.from) {
        throw new Failure('invalid-input', 'The range ends before it starts. Swap its two numbers.');
      }
      if (source.to - source.from >= MOST_CUSTOMERS) {
        throw new Failure(
          'invalid-input',
          'A request can name up to 10,000,000 customers. Choose a shorter range, or several.',
        );
      }
      return source;
    case 'file': {
      const file = context.files.find(source.token, 'read');
      return { kind: 'file', path: file.path, name: file.name, column: source.column ?? null };
    }
  }
}

/** Handlers of `customers.*`. */
export function customersHandlers(context: Pick<BackendContext, 'files'>): Pick<Handlers, 'customers.inspectFile'> {
  return {
    'customers.inspectFile': ({ token, column }) => {
      const file = context.files.find(token, 'read');
      let bytes: FileBytes;
      try {
        bytes = new FileBytes(file.path);
      } catch (error) {
        throw error instanceof NotRegular ? unreadable(file.name, reasonOf(error)) : unreadable(file.name);
      }
      try {
        requireRows(bytes, file.name);
        const finding = findLayout(bytes, column);
        const lines = Math.round(bytes.size / finding.bytesPerLine) - (finding.header ? 1 : 0);
        return {
          token,
          name: file.name,
          bytes: bytes.size,
          delimiter: finding.delimiter,
          encoding: bytes.encoding,
          header: finding.header,
          column: finding.layout.column,
          columnReason: finding.isGuess
            ? `${finding.columnReason}, but others hold them as well: choose the right one before you go on`
            : finding.columnReason,
          columns: finding.columns,
          sample: finding.sample,
          estimatedLines: Math.max(finding.sample.length, lines),
        };
      } catch (error) {
        if (error instanceof Failure) throw error;
        throw unreadable(file.name);
      } finally {
        bytes.close();
      }
    },
  };
}
