export const connections = {
  badAddress: '{why} Write it like https://eu.api.example.com. Nothing was saved or sent.',
  noWebAddress: 'The address of the org is not a web address.',
  noHttps: 'The address of the org has to begin with https://.',
  credentialsInAddress: 'Credentials do not belong into the address: enter them below.',
  httpElsewhere:
    'Only an org on this machine may be reached by http: elsewhere it would show the password to everybody on the way.',
  pathInAddress: 'The address of the org ends after its host and port; Laurel adds the rest.',
  nameTaken: 'Another connection is called {name}. Nothing was saved; choose another name.',
  guardedAsTest:
    '{name} is a production org, and as a test org it would be written to without its guard. Nothing was saved; to do so all the same, type its name exactly: {name}.',
  guardedAsPractice:
    '{name} is a production org, and as a practice org it would be written to without its guard. Nothing was saved; to do so all the same, type its name exactly: {name}.',
  credentialsMissing: 'Enter the credentials of the org. Nothing was saved.',
  addressInUse: 'A live job over {name} is not over, so its address stays. Nothing was saved; cancel the job first.',
  inUse: 'A live job over {name} is not over. Nothing was deleted; cancel the job first.',
  addressFirst: 'Enter the address of the org first.',
  nameMissing: 'Give the connection a name. Nothing was saved.',
  noZone: 'There is no time zone called {timeZone}. Nothing was saved; choose one such as Europe/Berlin or UTC.',
  locked:
    '{name} is a production org and read-only until you unlock it. Nothing was sent. Unlock it first, by typing its name.',
  typeName: 'To go on, type the name of the org exactly: {name}. Nothing was sent.',
} as const;
