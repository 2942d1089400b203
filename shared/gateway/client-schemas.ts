import { z } from 'zod';

/**
 * What the client takes from answers of a remote gateway: only what it uses, with bounds, and nothing that an answer adds.
 * Envelopes print errors and warnings as a list or null, per endpoint (gateway-api section 0): both are taken.
 */

/** Some answers print numbers as texts. What is no whole number at all counts as none. */
const code = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^-?\d{1,15}$/)
      .transform(Number),
  ])
  .catch(0);
const message = z
  .string()
  .max(100_000)
  .transform((text) => text.slice(0, 2_000));

export const remoteError = z.object({
  code,
  message: message.catch('The org gave no reason.'),
  reference: z
    .string()
    .max(1_000)
    .nullish()
    .transform((reference) => reference ?? null)
    .catch(null),
});
export type RemoteError = z.output<typeof remoteError>;

export const envelope = z.object({
  data: z.unknown(),
  errors: z
    .array(remoteError)
    .max(1_000)
    .nullish()
    .transform((errors) => errors ?? []),
});

const remoteId = z.string().regex(/^[\w-]{1,64}$/);

/** What the list of badges must say of each; the rest of a row is kept as it came. */
const listRow = z.looseObject({ id: remoteId, name: z.string().max(10_000) });

/** A row of the list whose badge is in a group; ids may come as numbers. */
export const namedGroup = z.looseObject({
  badgeGroupId: z.union([z.string().min(1).max(200), z.number().transform(String)]),
  badgeGroupName: z.string().trim().min(1).max(200),
});

export const badgeList = z.object({
  metaBasicDetails: z.array(listRow).max(10_000),
  pagination: z.object({ page: z.int(), total: z.int().min(0), totalPages: z.int().min(0) }),
});

export const remoteBadge = z.looseObject({
  id: remoteId,
  name: z.string().max(10_000),
  ownership: z
    .looseObject({
      claims: z
        .array(
          z.looseObject({
            ownerType: z.string().max(200),
            referenceId: z.union([z.string().max(1_000), z.number().transform(String)]),
            isActive: z.boolean().optional(),
          }),
        )
        .max(10_000)
        .nullish(),
    })
    .nullish(),
});
export type RemoteBadge = z.output<typeof remoteBadge>;

/** A custom field as an org prints it (gateway-api section 7). */
export const remoteField = z.looseObject({
  id: remoteId.nullish().catch(null),
  name: z.string().max(1_000),
  dataType: z.string().max(60).nullish().catch(null),
  isMandatory: z.boolean().nullish(),
  isActive: z.boolean().nullish(),
  defaultValue: z
    .union([z.string().max(10_000), z.number().transform(String), z.boolean().transform(String)])
    .nullish(),
});

export const customFieldList = z.object({
  customFieldROList: z.array(remoteField).max(10_000),
  pagination: z.object({ totalPages: z.int().min(0) }),
});

/** A group as an org prints it (gateway-api section 6). */
export const remoteGroup = z.looseObject({
  id: remoteId,
  name: z.string().max(1_000),
  rank: z.int().nullish().catch(null),
  isActive: z.boolean().nullish(),
});

export const groupList = z.object({
  badgeGroups: z.array(remoteGroup).max(10_000),
  pagination: z.object({ totalPages: z.int().min(0) }),
});

/** Cycles of fixed windows with the awards that count in each (gateway-api section 2). */
export const windowCycles = z.object({
  fixedWindowCycles: z
    .array(
      z.object({
        startDate: z.union([z.number(), z.string().max(100)]),
        endDate: z.union([z.number(), z.string().max(100)]).nullish(),
        fixedWindowCycleReferenceId: z.string().max(200).nullish(),
        earnCount: z.int().min(0).nullish(),
        constraintType: z.string().max(200),
      }),
    )
    .max(10_000),
  pagination: z.object({ totalPages: z.int().min(0) }).nullish(),
});

/** A token goes into a header: what no header can carry is no token. */
export const accessToken = z.object({
  accessToken: z
    .string()
    .max(16_000)
    .regex(/^[\x21-\x7e]+$/),
  ttlSeconds: z.number().positive(),
});

const customerId = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number),
]);

/** Each is read by itself, so that an odd one spoils no other. */
const rows = z
  .array(z.unknown())
  .max(100_000)
  .nullish()
  .transform((list) => list ?? [])
  .catch([]);

/** issueBulk and both documented shapes of earnBulk (gateway-api section 10, point 3). */
export const bulkAnswer = z.object({ issuedBadges: rows, earnedBadgesList: rows, failedEarnBadgeErrorList: rows });

const anyId = z.union([z.string().min(1).max(1_000), z.int().transform(String)]);
const givenId = anyId
  .nullish()
  .transform((id) => id ?? null)
  .catch(null);

/** An error of a row, however odd: only where there is none at all was nothing refused. */
const rowError = z
  .unknown()
  .optional()
  .transform((error) => (error === undefined || error === null ? null : readError(error)));

function readError(error: unknown): RemoteError {
  const parsed = remoteError.safeParse(error);
  return parsed.success ? parsed.data : { code: 0, message: 'The org gave no reason.', reference: null };
}

export const issuedRow = z.object({ customerId, issuedId: givenId, error: rowError });
export const awardedRow = z.object({ customerId, earnedBadgeId: givenId });
export const refusedRow = z.object({ customerId, errorCode: code, errorMessage: message.catch('') });

/** revokeIssue and revokeEarn (gateway-api sections 3 and 4); `rows` above takes odd rows one by one. */
export const revokedEnrolments = z.object({ revokedIssuedBadges: z.array(z.unknown()).max(100_000) });
export const revokedRow = z.object({ customerId, issuedId: givenId, error: rowError });
export const revokedAward = z.object({ earnedBadgeId: givenId, isActive: z.boolean().nullish().catch(null) });

/** import/customerBadges answers by a list of envelopes, one for each item (gateway-api section 4); each is read by itself. */
export const importedRows = z.array(z.unknown()).max(100_000);
export const importedRow = z.object({
  data: z.object({ customerId, earnedBadgeId: givenId }).nullish().catch(null),
  errors: z
    .unknown()
    .optional()
    .transform((errors) => {
      const all: readonly unknown[] = Array.isArray(errors) ? errors : [errors ?? undefined];
      const [first] = all;
      return first === undefined ? null : readError(first);
    }),
});

const dated = z
  .union([z.number(), z.string().max(100)])
  .nullish()
  .catch(null);
const word = z.string().max(1_000).nullish().catch(null);
const count = z.int().min(0).nullish().catch(null);

/**
 * One customer's records of one badge (gateway-api section 5). Every record must bear an id; what else cannot be read of
 * one speaks neither for nor against it.
 */
export const customerRecords = z.object({
  issualDetails: z
    .object({
      issuedCount: count,
      issuals: z
        .array(
          z.object({
            ...{ issueId: anyId, issuedOn: dated, issueEventDate: dated, ownerType: word, ownerReferenceId: word },
            ...{ issuedStatus: word, issueExpiresOn: dated, revokedOn: dated },
          }),
        )
        .max(100_000)
        .nullish(),
    })
    .nullish(),
  earnDetails: z
    .object({
      earnCount: count,
      earns: z
        .array(
          z.object({
            ...{ earnId: anyId, earnedOn: dated, earnEventDate: dated, ownerType: word, ownerReferenceId: word },
            ...{ earnStatus: word, earnExpiresOn: dated, revokedOn: dated },
          }),
        )
        .max(100_000)
        .nullish(),
    })
    .nullish(),
});

/** The badges that an org lists for a customer (gateway-api section 5). */
export const customerBadges = z.object({
  customerBadges: z
    .array(
      z.object({
        badgeMetaId: remoteId,
        name: z.string().max(10_000),
        badgeType: word,
        badgeStatus: word,
        issueStatus: word,
        earnCount: count,
        lastEarnedOn: dated,
      }),
    )
    .max(10_000),
  pagination: z.object({ totalPages: z.int().min(0) }),
});

const limitNumber = z.number().nullish().catch(null);

/** How far one limit is used up, in a customer's view of a badge. An entry that cannot be read says nothing. */
const limitUse = z.object({
  constraintType: word,
  rollType: word,
  rollValue: limitNumber,
  maxEarnLimit: limitNumber,
  earnConstraintBlockStatistics: z
    .object({
      currentEarnCount: count,
      currentEarnCountDays: count,
      currentEarnCountWeeks: count,
      currentEarnCountMonths: count,
    })
    .nullish()
    .catch(null),
  fixedWindowCycle: z.object({ startDate: dated }).nullish().catch(null),
  rollingWindowLimits: z.record(z.string().max(100), z.unknown()).nullish().catch(null),
});
export type LimitUse = z.output<typeof limitUse>;

const limitUses = z
  .array(limitUse)
  .max(1_000)
  .nullish()
  .transform((list) => list ?? [])
  .catch([]);

/** What an org counts of each limit for a customer (gateway-api section 5). */
export const customerLimits = z.object({ customerConstraints: limitUses, badgeConstraints: limitUses });
