import { isUtf8 } from 'node:buffer';
import type { Readable } from 'node:stream';

/** A request's body may have this many bytes; more is refused and nothing is done. */
export const BODY_LIMIT_BYTES = 16 * 1024 * 1024;

/** A larger body than this is not even read to its end: the connection is closed. */
const DRAIN_LIMIT_BYTES = 256 * 1024 * 1024;

/** A body's text; null when its bytes are not UTF-8; `too-large` beyond the limit. */
export type BodyText = { kind: 'text'; text: string | null } | { kind: 'too-large' };

function decode(chunks: readonly Buffer[]): string | null {
  const bytes = chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks);
  return isUtf8(bytes) ? bytes.toString('utf8') : null;
}

/**
 * Reads a body to its end. One beyond the limit is read on without being kept, because a client that is still sending
 * would otherwise see a broken connection instead of the answer.
 */
export function readBody(stream: Readable): Promise<BodyText> {
  return new Promise((resolve, reject) => {
    let chunks: Buffer[] = [];
    let length = 0;
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= BODY_LIMIT_BYTES) chunks.push(chunk);
      else {
        chunks = [];
        if (length > DRAIN_LIMIT_BYTES) stream.destroy();
      }
    });
    stream.once('end', () => {
      if (length > BODY_LIMIT_BYTES) resolve({ kind: 'too-large' });
      else resolve({ kind: 'text', text: length === 0 ? '' : decode(chunks) });
    });
    stream.once('error', reject);
    stream.once('close', () => {
      if (!stream.readableEnded) reject(new Error('The body ended early'));
    });
  });
}
