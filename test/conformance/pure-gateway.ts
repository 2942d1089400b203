import { instantOf, type Instant } from '../../shared/domain/instant';
import { MemoryOrg } from '../../shared/domain/memory-org';
import type { OrgState } from '../../shared/domain/org';
import type { OrgSettings } from '../../shared/domain/settings';
import { applyGiven, readGiven } from '../../shared/gateway/given';
import { answerRequest } from '../../shared/gateway/router';
import type { Gateway, PlayedAnswer } from './play';
import type { VectorCall } from './vectors';

export type MakeOrg = (settings: Partial<OrgSettings>) => OrgState;

export const memoryOrg: MakeOrg = (settings) => new MemoryOrg(settings);

/** The request functions called directly over an org, through the same router as the server's. */
export class PureGateway implements Gateway {
  org: OrgState;
  now: Instant = 0;
  private batches = 0;

  constructor(private readonly makeOrg: MakeOrg = memoryOrg) {
    this.org = makeOrg({});
  }

  give(description: Record<string, unknown>): void {
    const given = readGiven(description);
    this.now = given.now;
    this.org = this.makeOrg(given.settings);
    const errors = applyGiven(this.org, given);
    if (errors.length > 0) throw new Error(`The given state is refused: ${JSON.stringify(errors)}`);
  }

  setClock(iso: string): void {
    this.now = instantOf(iso);
  }

  call(call: VectorCall, withCredentials = true): PlayedAnswer {
    if (!withCredentials) return { status: 401, body: { data: null, errors: [{ code: 401 }], warnings: null } };
    const [method = '', path = ''] = call.endpoint.split(' ');
    const answer = answerRequest(
      this.org,
      {
        method,
        path,
        query: call.query ?? {},
        headers: Object.fromEntries(
          Object.entries(call.headers ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
        ),
        body: call.body === undefined ? '' : typeof call.body === 'string' ? call.body : JSON.stringify(call.body),
      },
      { now: this.now, newBatchId: () => `batch${++this.batches}` },
    );
    return { status: answer.status, body: JSON.parse(JSON.stringify(answer.body)) as unknown };
  }
}
