import { z } from 'zod';
import { OWNER_TYPES } from '../../domain/badge';
import { named } from './components';

/** The body of claim and unclaim, which shared/domain/claims.ts checks for the window too; a test holds one to the other. */
export const claimBody = named(
  'ClaimBody',
  z.looseObject({ ownerType: z.enum(OWNER_TYPES), referenceId: z.union([z.string().min(1), z.number()]) }),
);
