export const jobs = {
  oddUnreadable:
    'does not answer as a badge gateway does; what it answers cannot be read. Nothing more is sent, because nobody can tell what became of the last request. Ask who runs the org, then go on.',
  odd: 'does not answer as a badge gateway does; it answers: {said} Nothing more is sent, because nobody can tell what became of the last request. Ask who runs the org, then go on.',
  fruitless:
    'takes one new request after another for done already, or passes its customers over, and gives nobody anything. Nothing more is sent; {count, number} customers of the last request have nothing. Ask who runs the org, then go on.',
  doubt: '{org} {doubt}',
  goesOn: '{sentence} The job goes on by itself when the org answers.',
  notSentStopped: 'Not sent: the job stopped before.',
  notSentReading: 'Not sent: its customers are read first.',
  cancelled: 'Cancelled; what was not sent by then was not sent.',
  cannotBeRead: 'what it answers cannot be read',
  doesNotTell:
    '{org} does not tell what customer {customer} has: {said}. Nothing more is sent, because nobody could tell whether it is given twice. Continue the job when the org tells again.',
  connectionDeleted: 'The connection of this job was deleted.',
  cutShort: 'Laurel ended while the customers were being read. Nothing was sent; start the job again.',
  fault:
    'Laurel ran into a fault of its own. What was sent and answered is kept; resume to go on. The log has the details.',
  notWrittenDown:
    'Laurel could not write down how the job goes. {wayOut} What was sent and answered is kept; resume to go on.',
  notAllNoted: 'The customers could not all be noted. {why} Nothing was sent; start the job again.',
  ownFault: 'Laurel ran into a fault of its own; the log has the details.',
  itsConnectionDeleted: 'Its connection was deleted.',
  cancelledUnread: 'Cancelled. Nothing was sent.',
  customersUnreadable:
    'The customers could not be read: the file was moved, deleted, or may not be read by you. Nothing was sent.',
  rivalEnrols:
    'Another job enrols customers in {badge} there and is not over: after a failure nobody could tell whose records are whose. Nothing was sent; let it end or cancel it first.',
  rivalAwards:
    'Another job awards {badge} there and is not over: after a failure nobody could tell whose records are whose. Nothing was sent; let it end or cancel it first.',
  rivalTakesBack:
    'Another job takes {badge} back there and is not over. Nothing was sent; let it end or cancel it first.',
  rivalImports:
    'Another job imports awards of {badge} there and is not over: after a failure nobody could tell whose records are whose. Nothing was sent; let it end or cancel it first.',
  importMoved: 'What would be imported is no longer what you were shown. Nothing was sent; look again and start anew.',
  awardsDamaged:
    'It can no longer be read which awards this job imports: the workspace is damaged there. Nothing more is sent; what was written is kept. Cancel the job, and start another: it leaves out what customers have by then.',
  takeBackMoved:
    'What would be taken back is no longer what you were shown. Nothing was sent; look again and start anew.',
  recordsDamaged:
    'It can no longer be read which records this job takes back: the workspace is damaged there. Nothing more is sent; what was revoked is kept. Cancel the job, and start another.',
  liveReading: 'Reading the customers; nothing has been sent yet.',
  nothingSent: 'Nothing was sent.',
  noSuchBadge: '{org} has no such badge. Nothing was sent; pull to see what is there.',
  madeUp:
    'That simulation made its customers up, and {org} has other people under their numbers. Nothing was sent; replay a file of real customers, or go to a practice org.',
  unknownState: 'This job stands at “{state}”, which this version of Laurel does not know. Nothing is sent for it.',
  fileUnreadable: '{name} cannot be read: {reason}. Nothing was sent.',
  fileAmbiguous: '{name}: {question} Say which when you start the job anew. Nothing was sent.',
  tooManyCustomers:
    'A job can name up to {most, number} customers, and there are more. Nothing was sent. Part them into several jobs.',
  customersUnreadableBecause: 'The customers could not be read: {reason}. Nothing was sent.',
  requestGone: 'That request is not in the history of this workspace. Nothing was sent.',
  resultGone: 'That simulation result is not kept in this workspace. Nothing was sent.',
  orgLocked: 'Paused because the org was locked.',
  notIn: '{rule} {state} Nothing was changed.',
  onlyPausedResumes: 'Only a paused job can be resumed.',
  onlyEndedRetries: 'Refused customers can be tried again once the job is done or paused.',
  refusedWhole:
    '{org} refused everybody in one request for the same reason: {reason}. Nothing more is sent until you decide: mend the cause and try the refused again, go on with the rest, or cancel the job.',
  noneToRetry:
    '{org} would refuse every one of them again for the same reason. Nothing was changed; start another job once something about it is different.',
  missedShut:
    'It was to start at {time}, and Laurel was not running then. Nothing was sent, because a late start may be wrong: go on now, choose another time, or cancel it.',
  missedAsleep:
    'It was to start at {time}, and is too late for it: this computer slept, its clock was set, or the customers were still being read. Nothing was sent, because a late start may be wrong: go on now, choose another time, or cancel it.',
  refusedAtStart:
    'It was to start by itself, and {org} would refuse every row now: {finding} Nothing was sent. Mend that and go on, or cancel it.',
  timeIsOver: 'That time is over. Nothing was sent; choose one that lies ahead, or start now.',
  onlyPausedWaits: 'Only a job that waits or is paused can be put to wait.',
  onlyWaitingBegins: 'Only a job that waits can be started.',
  onlyWaitingMoves: 'Only a job that waits for its turn has a place among others.',
  onlyUnsentTakenOut:
    'Only a job that waits, of which nothing was sent and whose form is kept, can be taken back into the form.',
  takenOut: 'Taken out and back in the form. Nothing was sent.',
  isQueued: 'This one waits for its turn or its time.',
  isRunning: 'This one is running.',
  isPaused: 'This one is paused.',
  isWaiting: 'This one is waiting for the org.',
  isDone: 'This one is done.',
  isCancelled: 'This one is cancelled.',
  otherNotOver: 'Another job over {name} is not over; let it end first.',
} as const;
