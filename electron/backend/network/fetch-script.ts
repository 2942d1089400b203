import http from 'node:http';
import https from 'node:https';
import { bareHost, portOf, type Trust } from './passage';
import { secureContextOf } from './lines';
import { LARGEST_SCRIPT } from './pac';
import { tlsOptionsFor } from './tunnel';

/** Milliseconds. */
const PATIENCE = 10_000;

/**
 * Fetches a proxy auto-configuration script. It is asked for directly: before it is there nobody knows a proxy.
 *
 * @throws Error with a short reason
 */
export function fetchScript(address: URL, trust: Trust): Promise<string> {
  return new Promise((resolve, reject) => {
    const options: https.RequestOptions = {
      agent: false,
      host: bareHost(address),
      port: portOf(address),
      path: `${address.pathname}${address.search}`,
      headers: { accept: 'application/x-ns-proxy-autoconfig, */*', 'accept-encoding': 'identity' },
      signal: AbortSignal.timeout(PATIENCE),
    };
    const request =
      address.protocol === 'https:'
        ? https.request({ ...options, ...tlsOptionsFor(bareHost(address), secureContextOf(trust)) })
        : http.request(options);
    request.once('response', (response) => {
      const status = response.statusCode ?? 0;
      if (status !== 200) {
        request.destroy();
        reject(new Error(`HTTP ${String(status)}`));
        return;
      }
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        if (length > LARGEST_SCRIPT) request.destroy(new Error('too large'));
        else chunks.push(chunk);
      });
      response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
      response.once('error', reject);
    });
    request.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.name === 'AbortError' ? new Error('no answer in time') : new Error(error.code ?? error.message)),
    );
    request.end();
  });
}
