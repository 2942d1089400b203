import { describe, expect, test } from 'vitest';
import { de } from '../../shared/words/de';
import { inEnglish } from '../../shared/words/english';
import { readJobCause, readJobTitle } from '../../shared/words/kept-jobs';
import { readJobNote, readOrgAnswer } from '../../shared/words/kept-org-answers';
import { message, type Message } from '../../shared/words/message';
import { speaker } from '../../shared/words/speaker';

const german = speaker('de', de, 'de-DE');
const host = 'eu.example.com';
const kept = (words: Message): string => inEnglish(words);

describe('what became of a request is read back from the ledger’s English', () => {
  test.each<Message>([
    message('org.lessOften', { host }),
    message('org.unauthorized', { host }),
    message('org.forbidden', { host }),
    message('org.nameNotFound', { host }),
    message('org.redirectTo', { host, target: 'https://other.example.com/x' }),
    message('org.timeout', { host, detail: message('org.noWholeAnswer', { seconds: '30' }) }),
    message('org.timeout', { host, detail: message('org.nothingArrived', { seconds: '0.5' }) }),
    message('org.reset', { host, detail: 'ECONNRESET' }),
    message('org.tooLarge', { host, size: '16 MB' }),
    message('org.unclear', { host, status: '502', reason: message('org.didNotSayWhy') }),
    message('org.unclearSaying', { host, status: '500', said: 'Sorry, no' }),
    message('org.unclear', {
      host,
      status: '200',
      reason: message('org.unreadable', { reason: message('org.tooDeep', { most: 40 }) }),
    }),
    message('org.stoppedBefore'),
    message('org.interrupted'),
    message('jobs.notSentStopped'),
    message('jobs.notSentReading'),
  ])('$key', (words) => {
    expect(readOrgAnswer(kept(words))).toEqual(words);
  });
});

describe('why a job waits or paused is read back', () => {
  const timeout = message('org.timeout', { host, detail: 'x' });
  test.each<Message>([
    message('jobs.fault'),
    message('jobs.cutShort'),
    message('jobs.liveReading'),
    message('jobs.goesOn', { sentence: timeout }),
    message('jobs.notWrittenDown', { wayOut: message('store.full') }),
    message('jobs.notAllNoted', { why: message('jobs.ownFault') }),
    message('jobs.notAllNoted', { why: message('store.readOnly') }),
    message('jobs.doubt', { org: 'Spring', doubt: message('jobs.oddUnreadable') }),
    message('jobs.doubt', { org: 'Spring', doubt: message('jobs.odd', { said: timeout }) }),
    message('jobs.doubt', { org: 'Spring', doubt: message('jobs.fruitless', { count: 12_000 }) }),
  ])('$key', (words) => {
    expect(readJobNote(kept(words))).toEqual(words);
  });

  test('in the language of the window no English is left', () => {
    const note = readJobNote(kept(message('jobs.notWrittenDown', { wayOut: message('store.full') })));
    expect(german.sayMessage(note!)).toContain('Der Datenträger ist voll.');
  });
});

test('a text that Laurel did not make stays as it is kept', () => {
  const strange = 'Something that an earlier version said.';
  expect(readOrgAnswer(strange)).toBeNull();
  expect(readJobNote(strange)).toBeNull();
  expect(readOrgAnswer('')).toBeNull();
});

test('what the org said itself is not taken for a sentence of ours', () => {
  const answer = message('jobs.odd', { said: 'Es ist ein Fehler aufgetreten.' });
  expect(readJobNote(kept(message('jobs.doubt', { org: 'Spring', doubt: answer })))).toEqual(
    message('jobs.doubt', { org: 'Spring', doubt: answer }),
  );
});

describe('a request that did not come to its end is read back', () => {
  test.each<Message>([
    message('store.jobEnrolment', { badge: 'A of B, request C', request: '77' }),
    message('store.jobAward', { badge: 'Sommergast', request: '77' }),
  ])('$key', (words) => {
    expect(readJobTitle(kept(words), '77')).toEqual(words);
  });

  test('with its cause', () => {
    const cause = message('store.failed', { doing: message('store.issuing'), wayOut: message('store.full') });
    expect(readJobCause(kept(cause))).toEqual(cause);
    expect(readJobCause('SQLITE_FULL')).toBeNull();
  });
});
