import http from 'node:http';
import fc from 'fast-check';
import { BODY_CALLS, randomBody, undocumented } from '../backend/practice/bad-bodies';
import { basic, CREDENTIALS, serve } from '../backend/practice/serve';
import type { FuzzRun } from './fuzz';

const BODIES = Number(process.env['LAUREL_BODIES'] ?? 100_000);
const BADGE = '0000000000000000000000b1';
const filled = (text: string): string => text.replaceAll('{badge}', BADGE);

/** 100,000 random bodies, spread over every call that reads one: always a documented answer, and a server that lives. */
export const fuzzGatewayBodies: FuzzRun = {
  name: 'gateway-bodies',
  run: async (report) => {
    const served = await serve();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const headers = { authorization: basic(CREDENTIALS), 'content-type': 'application/json' };
    const send = (method: string, path: string, body: Uint8Array | string): Promise<{ status: number; text: string }> =>
      new Promise((resolve, reject) => {
        const request = http.request(served.url + path, { method, agent, headers }, (response) => {
          let text = '';
          response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
          response.once('end', () => resolve({ status: response.statusCode ?? 0, text }));
        });
        request.once('error', reject).end(body);
      });
    const given = {
      now: '2026-03-10T12:00:00Z',
      tz: 'Europe/Berlin',
      badges: [
        {
          id: BADGE,
          createdAt: '2025-12-01T00:00:00Z',
          body: JSON.parse(filled(JSON.stringify(BODY_CALLS[1]?.body))) as unknown,
        },
      ],
      claims: [{ badge: BADGE, ownerType: 'Loyalty', referenceId: '626' }],
    };
    const each = Math.ceil(BODIES / BODY_CALLS.length);
    let sent = 0;
    try {
      for (const { method, path, body } of BODY_CALLS) {
        const reset = await send('POST', '/__practice/given', JSON.stringify(given));
        if (reset.status !== 200) throw new Error(`The org could not be reset: ${reset.text}`);
        const accepted = JSON.parse(filled(JSON.stringify(body))) as unknown;
        await fc.assert(
          fc.asyncProperty(randomBody(accepted), async (bytes) => {
            const answer = await send(method, `/api_gateway/v1/badges/${filled(path)}`, bytes);
            const wrong = undocumented(answer.status, answer.text);
            if (wrong !== null)
              throw new Error(`${method} ${path}: ${wrong} for ${Buffer.from(bytes).toString('utf8').slice(0, 2_000)}`);
            sent += 1;
          }),
          { numRuns: each },
        );
        if (served.failures.length > 0) throw new Error(`${method} ${path}: ${String(served.failures[0])}`);
        report(`${sent} of ${each * BODY_CALLS.length} bodies answered as documented (${method} ${path})`);
      }
    } finally {
      agent.destroy();
      await served.stop();
    }
  },
};
