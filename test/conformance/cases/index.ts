import { ISSUANCE_CASES } from './issuance';
import { LIFECYCLE_CASES } from './lifecycle';
import { LIMIT_CASES } from './limits';
import { ORG_CASES } from './org';
import type { Vector } from '../vectors';

/** Cases in the reference's form for sentences of the rules that no case of the reference covers. */
export const OWN_CASES: readonly Vector[] = [...LIFECYCLE_CASES, ...ISSUANCE_CASES, ...LIMIT_CASES, ...ORG_CASES];
