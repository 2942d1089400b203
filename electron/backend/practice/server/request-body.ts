import { isUtf8 } from 'node:buffer';
import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { quotedWords } from '../../../../shared/ipc/plain-words';

/** A request's body may have this many bytes, also unpacked; more is refused and nothing is done. */
export const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/** A larger body than this is not even read to its end: it is answered, and the connection is closed. */
const DRAIN_LIMIT_BYTES = 256 * 1024 * 1024;

/** Bytes of bodies that may be under way at once, over all connections. */
const MOST_UNDER_WAY_BYTES = 256 * 1024 * 1024;

/** Why a body was not taken. */
export interface RefusedBody {
  kind: 'refused';
  status: 400 | 413 | 415 | 501 | 503;
  message: string;
  /** The rest of it was not read: the connection cannot go on. */
  isCut: boolean;
}

/** A body's text; null when its bytes are not UTF-8. */
export type BodyText = { kind: 'text'; text: string | null } | RefusedBody;

/** Bodies under way, over all connections of a server. */
export class BodyBudget {
  bytes = 0;

  constructor(readonly most = MOST_UNDER_WAY_BYTES) {}
}

type Unpack = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>;
const UNPACK: Readonly<Record<string, Unpack>> = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
};

/** The packings that are understood, for the header of the answer that refuses others. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/**
 * Reads a body to its end. One beyond the limit is read on without being kept, because a client that is still sending
 * would otherwise see a broken connection instead of the answer.
 */
export function readBody(stream: Readable, headers: IncomingHttpHeaders, budget: BodyBudget): Promise<BodyText> {
  const refusal = refusalByHeaders(headers);
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    let kept = 0;
    let lacksRoom = false;
    const release = (): void => {
      budget.bytes -= kept;
      kept = 0;
      chunks = [];
    };
    const finish = (body: BodyText | Promise<BodyText>): void => {
      resolve(body);
      release();
    };
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length > DRAIN_LIMIT_BYTES) {
        stream.pause();
        finish({ ...(refusal ?? tooLarge()), isCut: true });
        return;
      }
      if (refusal !== null || lacksRoom) return;
      if (length > BODY_LIMIT_BYTES) release();
      else if (budget.bytes + chunk.length > budget.most) {
        lacksRoom = true;
        release();
      } else {
        budget.bytes += chunk.length;
        kept += chunk.length;
        chunks.push(chunk);
      }
    });
    stream.once('end', () => {
      if (refusal !== null) finish(refusal);
      else if (lacksRoom) finish(noRoom());
      else if (length > BODY_LIMIT_BYTES) finish(tooLarge());
      else if (length === 0) finish({ kind: 'text', text: '' });
      else finish(unpacked(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks), headers));
    });
    stream.once('error', reject);
    stream.once('close', () => {
      release();
      if (!stream.readableEnded) reject(new Error('The body ended early'));
    });
  });
}

function refusalByHeaders(headers: IncomingHttpHeaders): RefusedBody | null {
  const transfer = headers['transfer-encoding'];
  if (transfer !== undefined && transfer.trim().toLowerCase() !== 'chunked') {
    return refused(501, `Transfer-Encoding ${quotedWords(transfer)} is not understood; chunked is.`);
  }
  const packing = packingOf(headers);
  if (packing === null || Object.hasOwn(UNPACK, packing)) return null;
  return refused(415, `Content-Encoding ${quotedWords(packing)} is not understood; ${ACCEPTED_ENCODINGS} are.`);
}

function packingOf(headers: IncomingHttpHeaders): string | null {
  const packing = headers['content-encoding']?.trim().toLowerCase() ?? '';
  return packing === '' || packing === 'identity' ? null : packing;
}

function unpacked(bytes: Buffer, headers: IncomingHttpHeaders): BodyText | Promise<BodyText> {
  const packing = packingOf(headers);
  const unpack = packing === null ? undefined : UNPACK[packing];
  if (packing === null || unpack === undefined) return textOf(bytes);
  return unpack(bytes, { maxOutputLength: BODY_LIMIT_BYTES }).then(textOf, (error: unknown) =>
    error instanceof RangeError
      ? tooLarge()
      : refused(400, `The body is not ${packing}, as Content-Encoding says; nothing was done.`),
  );
}

function textOf(bytes: Buffer): BodyText {
  return { kind: 'text', text: isUtf8(bytes) ? bytes.toString('utf8') : null };
}

function refused(status: RefusedBody['status'], message: string): RefusedBody {
  return { kind: 'refused', status, message, isCut: false };
}

function tooLarge(): RefusedBody {
  const limit = `${BODY_LIMIT_BYTES / 1024 / 1024} MB`;
  return refused(400, `the body is larger than ${limit}; nothing was done. Send it in parts`);
}

function noRoom(): RefusedBody {
  return refused(503, 'Too many large bodies arrive at once; nothing of this one was done. Send it again.');
}
