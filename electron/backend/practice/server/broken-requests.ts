import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import { Socket } from 'node:net';
import { refusalWithStatus, type Answer } from '../../../../shared/gateway/answer';
import { quotedWords } from '../../../../shared/ipc/plain-words';
import { JSON_TYPE } from './exchange';
import type { OpenConnections } from './open-connections';

/** How long a caller may take, in milliseconds. */
export interface Patience {
  /** From the first byte, or the connection, to the end of the headers. */
  headers: number;
  /** From the first byte to the end of the body. */
  request: number;
}

export const PATIENCE: Patience = { headers: 10_000, request: 60_000 };

/** All headers of a request together, in bytes. */
export const HEADERS_LIMIT_BYTES = 16 * 1024;

/** What is shown of a request that cannot be read. */
const SHOWN_CHARACTERS = 200;

/** After an answer that ends the connection, this long is left to read it while more still arrives. */
const LAST_READING_MILLISECONDS = 1_000;

/** A request that no handler gets to see. */
export interface BrokenRequest {
  method: string;
  /** Its address, or the first line of whatever came. */
  target: string;
  /** The headers, where they were read. */
  rawHeaders: readonly string[];
  answer: Answer;
}

type ParserError = Error & { code?: string; rawPacket?: Buffer };

/**
 * Answers in the gateway's own shape what the HTTP parser turns away, what is sent too slowly, and what asks for more
 * than HTTP: Node alone would close the connection in silence, or send a status without a body. Each is told.
 */
export function answerBrokenRequests(
  server: Server,
  connections: OpenConnections,
  patience: Patience,
  tell: (request: BrokenRequest, unfinished: IncomingMessage | null) => void,
): void {
  const answered = new WeakSet<Socket>();

  const refuse = (socket: Socket, status: number, message: string, told: Partial<BrokenRequest>): void => {
    // Whatever else arrives on this connection fails in the same way again.
    if (answered.has(socket)) return;
    answered.add(socket);
    const unfinished = connections.unfinished(socket);
    const answer = refusalWithStatus(status, [{ code: status, message, reference: null }]);
    tell(
      {
        method: unfinished?.method ?? told.method ?? '',
        target: unfinished?.url ?? told.target ?? '',
        rawHeaders: unfinished?.rawHeaders ?? told.rawHeaders ?? [],
        answer,
      },
      unfinished,
    );
    connections.whenAnswered(socket, () => {
      if (!socket.writable) return;
      socket.end(rawAnswer(answer));
      setTimeout(() => socket.destroy(), LAST_READING_MILLISECONDS).unref();
    });
  };

  server.on('clientError', (error: ParserError, stream) => {
    // Somebody who connects and says nothing is no caller; one who has gone hears nothing.
    if (!(stream instanceof Socket) || error.code === 'ECONNRESET' || stream.destroyed || stream.bytesRead === 0) {
      stream.destroy();
      return;
    }
    const { status, message } = wordsOf(error, patience);
    refuse(stream, status, message, { target: firstLine(error.rawPacket) });
  });
  server.on('connect', (request, stream) => {
    const { method = '', url: target = '', rawHeaders } = request;
    stream.on('error', () => undefined);
    if (stream instanceof Socket)
      refuse(stream, 405, 'This is no proxy: CONNECT is not served.', { method, target, rawHeaders });
  });
  server.on('checkExpectation', (request, response) => {
    const expected = quotedWords(request.headers.expect ?? '');
    const message = `Expect: ${expected} cannot be met; 100-continue can. Nothing was done.`;
    const answer = refusalWithStatus(417, [{ code: 417, message, reference: null }]);
    const { method = '', url: target = '', rawHeaders } = request;
    tell({ method, target, rawHeaders, answer }, null);
    const body = Buffer.from(JSON.stringify(answer.body));
    response
      .writeHead(417, { 'content-type': JSON_TYPE, 'content-length': body.length, connection: 'close' })
      .end(body);
  });
}

function wordsOf(error: ParserError, patience: Patience): { status: number; message: string } {
  switch (error.code) {
    case 'ERR_HTTP_REQUEST_TIMEOUT':
      return {
        status: 408,
        message:
          `The request did not arrive in time; nothing was done. Its headers may take ${patience.headers / 1000} s, ` +
          `all of it ${patience.request / 1000} s.`,
      };
    case 'HPE_HEADER_OVERFLOW':
      return {
        status: 431,
        message: `The address and the headers together are larger than ${HEADERS_LIMIT_BYTES / 1024} KB; nothing was done.`,
      };
    case 'HPE_INVALID_EOF_STATE':
      return { status: 400, message: 'The request ended before it was whole; nothing of it was done.' };
    case 'HPE_CHUNK_EXTENSIONS_OVERFLOW':
      return { status: 413, message: 'The extensions of a chunk are too large; nothing was done.' };
    default:
      return {
        status: 400,
        message: `This is not HTTP as it is understood here (${quotedWords(error.message)}); nothing of it was done.`,
      };
  }
}

function firstLine(packet: Buffer | undefined): string {
  const text = packet?.toString('latin1', 0, SHOWN_CHARACTERS) ?? '';
  return text.split(/[\r\n]/, 1)[0] ?? '';
}

function rawAnswer({ status, body }: Answer): string {
  const text = JSON.stringify(body);
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
    `Content-Type: ${JSON_TYPE}`,
    `Content-Length: ${Buffer.byteLength(text)}`,
    'Connection: close',
  ];
  return `${lines.join('\r\n')}\r\n\r\n${text}`;
}
