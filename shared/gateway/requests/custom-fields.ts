import { z } from 'zod';
import { ruleError, type RuleError } from '../../domain/codes';
import { CUSTOM_FIELD_TYPES, type CustomField, type OrgState } from '../../domain/org';
import { refusal, refusalWithStatus, success, successBare } from '../answer';
import { bodyForm, flag, member, text, type BodyField } from '../body-form';
import { fieldError, unreadable } from '../body-values';
import type { RequestFunction } from '../call';
import { dated } from '../instant-view';
import { choice, cutPage, ORDER, pageOf, yesOrNo } from '../query-values';

const UNKNOWN: RuleError = { code: 404, message: 'Passed custom field is not found', reference: null };
const USER = 1;

function fieldView(org: OrgState, field: CustomField): Record<string, unknown> {
  return {
    id: field.id,
    orgId: org.orgId,
    name: field.name,
    isMandatory: field.isMandatory,
    defaultValue: field.defaultValue,
    isActive: field.isActive,
    dataType: field.dataType,
    ...dated('createdOn', field.createdOn, org.settings.zone),
    createdBy: field.createdBy,
    ...dated('lastUpdatedOn', field.lastUpdatedOn, org.settings.zone),
    lastUpdatedBy: field.lastUpdatedBy,
  };
}

/** Undefined when the body does not speak of it; an empty text is a default (semantics F1). */
const defaultValue: BodyField<string | null | undefined> = {
  keys: () => ({ defaultValue: z.union([z.string(), z.number(), z.boolean(), z.null()]) }),
  read: ({ defaultValue: value }) => {
    if (value === undefined || value === null || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw unreadable('defaultValue must be text');
  },
};

const FIELD = {
  name: text('name'),
  dataType: member('dataType', CUSTOM_FIELD_TYPES),
  isMandatory: flag('isMandatory'),
  defaultValue,
  isActive: flag('isActive'),
};
export const NEW_FIELD_BODY = bodyForm(FIELD, ['name', 'dataType']);
export const CHANGED_FIELD_BODY = bodyForm(FIELD);

const isNameTaken = (org: OrgState, name: string, exceptId: string | null): boolean =>
  org.customFields().some((field) => field.isActive && field.name === name && field.id !== exceptId);

/** POST /customField (gateway-api section 7; semantics F1, local codes 990005 and 990008). */
export const createCustomField: RequestFunction = (org, call, { now }) => {
  const { name, dataType, isMandatory, defaultValue: standard } = NEW_FIELD_BODY.read(call.body);
  if (name === null || dataType === null) {
    const errors: RuleError[] = [];
    if (name === null) errors.push(fieldError('name', 'name is mandatory'));
    if (dataType === null) errors.push(fieldError('dataType', 'dataType is mandatory'));
    return refusal(errors, org.settings);
  }
  if (isNameTaken(org, name, null)) return refusal([ruleError(990005, 'name')], org.settings);
  const isNeeded = isMandatory ?? false;
  if (isNeeded && typeof standard !== 'string') return refusal([ruleError(990008, 'defaultValue')], org.settings);
  const field = org.addCustomField({
    name,
    dataType,
    isMandatory: isNeeded,
    defaultValue: standard ?? null,
    isActive: true,
    createdOn: now,
    createdBy: USER,
    lastUpdatedOn: now,
    lastUpdatedBy: USER,
  });
  return success(fieldView(org, field), [], 201);
};

/** PUT /customField/{id}: what the body leaves out stays (gateway-api section 7; semantics F1, 990005–990008). */
export const updateCustomField: RequestFunction = (org, call, { now }) => {
  const reading = CHANGED_FIELD_BODY.read(call.body);
  const stored = org.findCustomField(call.path['fieldId'] ?? '');
  if (!stored) return refusalWithStatus(404, [UNKNOWN]);
  const field: CustomField = {
    ...stored,
    name: reading.name ?? stored.name,
    isMandatory: reading.isMandatory ?? stored.isMandatory,
    defaultValue: reading.defaultValue === undefined ? stored.defaultValue : reading.defaultValue,
    isActive: reading.isActive ?? stored.isActive,
    lastUpdatedOn: now,
    lastUpdatedBy: USER,
  };
  if (field.isActive && isNameTaken(org, field.name, stored.id))
    return refusal([ruleError(990005, 'name')], org.settings);
  if (field.isActive && !stored.isActive) return refusal([ruleError(990006, 'isActive')], org.settings);
  if (reading.dataType !== null && reading.dataType !== stored.dataType) {
    return refusal([ruleError(990007, 'dataType')], org.settings);
  }
  if (field.isMandatory && field.defaultValue === null)
    return refusal([ruleError(990008, 'defaultValue')], org.settings);
  org.updateCustomField(field);
  return success(fieldView(org, field));
};

/** GET /customField/{id}: only an active one is found (semantics F1). */
export const customFieldById: RequestFunction = (org, call) => {
  const field = org.findCustomField(call.path['fieldId'] ?? '');
  return field?.isActive ? successBare(fieldView(org, field)) : refusalWithStatus(404, [UNKNOWN]);
};

const SORT_ON = choice('sortOn', ['LAST_UPDATED_DATE'], { anyCase: true });
const IS_ACTIVE = yesOrNo('isActive', true);
/** Parameters of {@link listCustomFields}. */
export const FIELD_FILTERS = [SORT_ON, ORDER, IS_ACTIVE];

/** GET /customField: active ones, unless `isActive=false` asks for the disabled; by last update (section 7). */
export const listCustomFields: RequestFunction = (org, call) => {
  const page = pageOf(call.query);
  SORT_ON.of(call.query);
  const sign = ORDER.of(call.query) === 'DESC' ? -1 : 1;
  const isActive = IS_ACTIVE.of(call.query);
  const fields = org
    .customFields()
    .filter((field) => field.isActive === isActive)
    .sort((one, other) => sign * (one.lastUpdatedOn - other.lastUpdatedOn));
  const { rows, pagination } = cutPage(fields, page);
  return success({ customFieldROList: rows.map((field) => fieldView(org, field)), pagination });
};
