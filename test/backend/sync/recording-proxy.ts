import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface RecordedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

/**
 * Stands before an org and notes every request as it arrives, byte for byte.
 *
 * @param note may give an answer, which then goes out instead of the org's: the request does not reach it
 */
export async function recordingProxy(
  orgUrl: string,
  note: (request: RecordedRequest) => { status: number; body: object } | undefined,
): Promise<{ url: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      const { method = '', url = '' } = request;
      const instead = note({
        method,
        url,
        headers: request.headers as Record<string, string>,
        body: body.toString('utf8'),
      });
      if (instead) {
        response.writeHead(instead.status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(instead.body));
        return;
      }
      const headers = { ...request.headers, host: new URL(orgUrl).host };
      const onward = forward(`${orgUrl}${url}`, { method, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      // An org that breaks off breaks off here, too.
      onward.on('error', () => response.destroy());
      onward.end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    stop: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}
