import type { RuleError } from '../../domain/codes';
import type { OrgMeta, OrgState } from '../../domain/org';
import { refusalWithStatus, successBare } from '../answer';
import { bodyForm, objects } from '../body-form';
import type { RequestFunction } from '../call';
import { dated } from '../instant-view';

const EXISTS: RuleError = {
  code: 999999,
  message: 'ORG_CONFIG_ALREADY_EXIST_PLEASE_USE_UPDATE_ORG_CONFIG_API',
  reference: null,
};
const UNKNOWN: RuleError = { code: 404, message: 'Org meta is not found', reference: null };
const USER = 1;

function metaView(org: OrgState, meta: OrgMeta): Record<string, unknown> {
  return {
    id: meta.id,
    orgId: org.orgId,
    tags: meta.tags,
    ...dated('createdOn', meta.createdOn, org.settings.zone),
    createdBy: meta.createdBy,
    ...dated('lastUpdatedOn', meta.lastUpdatedOn, org.settings.zone),
    lastUpdatedBy: meta.lastUpdatedBy,
  };
}

export const ORG_META_BODY = bodyForm({ tags: objects('tags') });

/** POST /orgMeta: once; then 999999 with HTTP 409 (gateway-api section 8). */
export const createOrgMeta: RequestFunction = (org, call, { now }) => {
  const { tags } = ORG_META_BODY.read(call.body);
  if (org.orgMeta()) return refusalWithStatus(409, [EXISTS]);
  const meta = org.setOrgMeta({ tags, createdOn: now, createdBy: USER, lastUpdatedOn: now, lastUpdatedBy: USER });
  return successBare(metaView(org, meta));
};

/** PUT /orgMeta: replaces the tag definitions. */
export const updateOrgMeta: RequestFunction = (org, call, { now }) => {
  const { tags } = ORG_META_BODY.read(call.body);
  const stored = org.orgMeta();
  if (!stored) return refusalWithStatus(404, [UNKNOWN]);
  return successBare(metaView(org, org.setOrgMeta({ ...stored, tags, lastUpdatedOn: now, lastUpdatedBy: USER })));
};

/** GET /orgMeta. */
export const readOrgMeta: RequestFunction = (org) => {
  const meta = org.orgMeta();
  return meta ? successBare(metaView(org, meta)) : refusalWithStatus(404, [UNKNOWN]);
};
