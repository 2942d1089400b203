import { MemoryOrg } from '../domain/memory-org';
import { BASE_PATH } from '../gateway/base-path';
import { answerRequest } from '../gateway/router';
import { probeOrg, type ProbeAnswer, type ProbeCall, type ProbeOrder } from './probe-org';

/**
 * The calls that a probe sends to an org that answers as Laurel reads the documents, exactly as they are sent; ids that the
 * org gives stand as `{badge 1}`. Another org gets some more: a refused request id is repeated, MemberCare's owner sought.
 */
export async function plannedCalls(order: ProbeOrder): Promise<ProbeCall[]> {
  const org = new MemoryOrg({ zone: order.zone });
  // Parameters stand only in the look for badges whose making had no answer, and here each has one.
  const send = (call: ProbeCall): Promise<ProbeAnswer> => {
    const headers = Object.fromEntries(
      Object.entries(call.headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const body = call.body === null ? '' : JSON.stringify(call.body);
    const request = { method: call.method, path: `${BASE_PATH}/${call.path}`, query: {}, headers, body };
    const { status, body: answer } = answerRequest(org, request, { now: order.now, newBatchId: () => 'batch' });
    return Promise.resolve({ kind: 'answered', status, body: JSON.parse(JSON.stringify(answer)) as unknown });
  };
  const { sent, badges } = await probeOrg({ send, wait: () => Promise.resolve() }, order);
  const names = new Map(badges.map(({ id }, index) => [id, `{badge ${String(index + 1)}}`]));
  const named = (text: string): string => text.replace(/[0-9a-f]{24}/g, (id) => names.get(id) ?? '{award}');
  return sent.map(({ call }) => ({
    ...call,
    path: named(call.path),
    body: JSON.parse(named(JSON.stringify(call.body))) as ProbeCall['body'],
  }));
}
