export const live = {
  stateRunning: 'Running',
  statePaused: 'Paused',
  stateWaiting: 'Waiting for the org',
  stateDone: 'Finished',
  stateCancelled: 'Cancelled',
  customerWaiting: 'Waiting',
  customerSent: 'Sent',
  customerDone: 'Done',
  customerRefused: 'Refused',
  customerUnknown: 'Unknown',
} as const;
