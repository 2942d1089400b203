import { z } from 'zod';

/**
 * What the client takes from answers of a remote gateway: only what it uses, with bounds, and nothing that an answer adds.
 * Envelopes print errors and warnings as a list or null, per endpoint (gateway-api section 0): both are taken.
 */

const code = z.number().int().catch(0);
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
export const listRow = z.looseObject({ id: remoteId, name: z.string().max(10_000) });

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

export const customFieldList = z.object({
  customFieldROList: z
    .array(
      z.looseObject({
        name: z.string().max(1_000),
        isMandatory: z.boolean().nullish(),
        isActive: z.boolean().nullish(),
        defaultValue: z
          .union([z.string().max(10_000), z.number().transform(String), z.boolean().transform(String)])
          .nullish(),
      }),
    )
    .max(10_000),
  pagination: z.object({ totalPages: z.int().min(0) }),
});

export const accessToken = z.object({ accessToken: z.string().min(1).max(16_000), ttlSeconds: z.number().positive() });

const customerId = z.union([
  z.int(),
  z
    .string()
    .regex(/^\d{1,16}$/)
    .transform(Number),
]);

/** issueBulk and both documented shapes of earnBulk (gateway-api section 10, point 3). */
export const bulkAnswer = z.object({
  issuedBadges: z
    .array(
      z.object({
        customerId,
        issuedId: z.string().max(100).nullish(),
        error: remoteError.nullish(),
      }),
    )
    .max(100_000)
    .nullish(),
  earnedBadgesList: z
    .array(z.object({ customerId, earnedBadgeId: z.string().max(100).nullish() }))
    .max(100_000)
    .nullish(),
  failedEarnBadgeErrorList: z
    .array(z.object({ customerId, errorCode: code, errorMessage: message.catch('') }))
    .max(100_000)
    .nullish(),
});
export type BulkAnswer = z.output<typeof bulkAnswer>;

const dated = z.union([z.number(), z.string().max(100)]).nullish();

/** One customer's records of one badge (gateway-api section 5). */
export const customerRecords = z.object({
  issualDetails: z
    .object({
      issuals: z
        .array(
          z.object({
            issueId: z.string().max(100),
            issuedOn: dated,
            issueEventDate: dated,
            ownerType: z.string().max(200).nullish(),
            ownerReferenceId: z.string().max(1_000).nullish(),
          }),
        )
        .max(100_000),
    })
    .nullish(),
  earnDetails: z
    .object({
      earns: z
        .array(
          z.object({
            earnId: z.string().max(100),
            earnedOn: dated,
            earnEventDate: dated,
            ownerType: z.string().max(200).nullish(),
            ownerReferenceId: z.string().max(1_000).nullish(),
          }),
        )
        .max(100_000),
    })
    .nullish(),
});
