import type { RuleError, RuleWarning } from '../domain/codes';
import type { OrgSettings } from '../domain/settings';

/** What the gateway answers: the HTTP status and the JSON body. Instants in it are raw JSON numbers (semantics T2). */
export interface Answer {
  status: number;
  body: unknown;
  /** What a refusal may come from, for people who look at the call: the envelope of a failure has no warnings. */
  hints?: readonly RuleWarning[];
}

export type StatusSettings = Pick<
  OrgSettings,
  'customerLimitCode' | 'badgeLimitCode' | 'statusOf801' | 'statusOf815' | 'statusOf816' | 'statusOf1039'
>;

/** A success in the common envelope (gateway-api section 0). */
export function success(data: unknown, warnings: readonly RuleWarning[] = [], status = 200): Answer {
  return { status, body: { data, errors: [], warnings } };
}

/** The form of claim and unclaim: errors null, warnings a list. */
export function successWithoutErrors(data: unknown, warnings: readonly RuleWarning[] = []): Answer {
  return { status: 200, body: { data, errors: null, warnings } };
}

/** The form of reads by id and of the org meta: errors and warnings null. */
export function successBare(data: unknown): Answer {
  return { status: 200, body: { data, errors: null, warnings: null } };
}

/** A failure; its status is that of its first error. */
export function refusal(
  errors: readonly RuleError[],
  settings: StatusSettings,
  hints: readonly RuleWarning[] = [],
): Answer {
  const answer = refusalWithStatus(statusOf(errors[0]?.code ?? 500, settings), errors);
  return hints.length === 0 ? answer : { ...answer, hints };
}

export function refusalWithStatus(status: number, errors: readonly RuleError[]): Answer {
  return { status, body: { data: null, errors, warnings: null } };
}

/** The HTTP status of a code: the documents' where they name one, else the rule at the end of error-codes. */
export function statusOf(code: number, settings: StatusSettings): number {
  switch (code) {
    case 401:
    case 404:
    case 409:
    case 413:
      return code;
    case 1026:
      return 404;
    case 801:
      return settings.statusOf801;
    case 815:
      return settings.statusOf815;
    case 816:
      return settings.statusOf816;
    case 1039:
      return settings.statusOf1039;
    case 810:
    case 811:
    case 814:
    case 990009:
    case 990011:
    case settings.customerLimitCode:
    case settings.badgeLimitCode:
      return 409;
    case 999999:
      return 500;
    default:
      return 400;
  }
}
