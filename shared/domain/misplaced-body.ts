import { isObject, type BadgeIssue } from './body-reader';
import { message, type Message } from '../words/message';
import { parseError } from './codes';

function issue(detail: string, advice: Message): BadgeIssue {
  return { ...parseError(detail), path: '', advice, stage: 'unreadable' };
}

/**
 * Why a JSON value is not one badge though it may hold some: a gateway's answer, a list of badges. Told alone, because
 * every field would be missing. Null for anything that can be read as a body.
 */
export function misplacedBody(value: unknown): BadgeIssue | null {
  if (Array.isArray(value)) {
    const count = value.length === 1 ? 'one entry' : `${value.length.toLocaleString('en')} entries`;
    return issue(`a badge is one object, and this is a list of ${count}`, message('refusals.keepOneOfList'));
  }
  if (!isObject(value)) return null;
  const isAnswer =
    'data' in value && !('name' in value) && ('errors' in value || 'warnings' in value || isObject(value['data']));
  if (!isAnswer) return null;
  const { data } = value;
  if (isObject(data) && Array.isArray(data['metaBasicDetails']))
    return issue(
      'this is the answer of a gateway: the badges are under data.metaBasicDetails',
      message('refusals.keepOneOfAnswer'),
    );
  if (isObject(data))
    return issue('this is the answer of a gateway: the badge is under data', message('refusals.keepData'));
  return issue('this is the answer of a gateway, and it holds no badge', message('refusals.takeAnswerOfRead'));
}
