import type { Gateway, PlayedAnswer } from './play';
import type { VectorCall } from './vectors';

/** A server with a still clock, played over real HTTP. */
export class HttpGateway implements Gateway {
  private readonly authorization: string;

  constructor(
    private readonly url: string,
    credentials: { user: string; password: string },
  ) {
    this.authorization = `Basic ${Buffer.from(`${credentials.user}:${credentials.password}`).toString('base64')}`;
  }

  private async practice(method: string, path: string, body: unknown): Promise<void> {
    const answer = await this.send(method, path, {}, JSON.stringify(body), true);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
  }

  give(given: Record<string, unknown>): Promise<void> {
    return this.practice('POST', '/__practice/given', given);
  }

  setClock(iso: string): Promise<void> {
    return this.practice('PUT', '/__practice/clock', { now: iso });
  }

  call({ endpoint, headers, query, body }: VectorCall, withCredentials = true): Promise<PlayedAnswer> {
    const [method = '', path = ''] = endpoint.split(' ');
    const search = query === undefined ? '' : `?${new URLSearchParams(query).toString()}`;
    const text = body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body);
    return this.send(method, path + search, headers ?? {}, text, withCredentials);
  }

  private async send(
    method: string,
    path: string,
    headers: Record<string, string>,
    body: string | undefined,
    withCredentials: boolean,
  ): Promise<PlayedAnswer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...headers,
        ...(withCredentials ? { authorization: this.authorization } : {}),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
    });
    return { status: response.status, body: JSON.parse(await response.text()) as unknown };
  }
}
