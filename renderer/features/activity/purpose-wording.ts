const PURPOSES: Readonly<Record<string, string>> = {
  token: 'Sign in',
  test: 'Test',
  list: 'Pull',
  read: 'Read a badge',
  fields: 'Custom fields',
  settle: 'Look after',
  'read before writing': 'Look first',
  create: 'Create',
  update: 'Update',
  activate: 'Activate',
  deactivate: 'Deactivate',
  claim: 'Claim',
  unclaim: 'Unclaim',
  enrol: 'Enrol',
  award: 'Award',
};

/** What a request was for, in a word or two. */
export function purposeWord(purpose: string): string {
  return PURPOSES[purpose] ?? purpose;
}

/** The part of an address that tells requests to the same org apart. */
export function pathOf(url: string): string {
  return url.replace(/^https?:\/\/[^/]+/, '').replace(/^\/api_gateway\/v1\/badges/, '');
}
