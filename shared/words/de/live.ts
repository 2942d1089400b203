import type { Catalogue } from '../message';

export const live: Catalogue['live'] = {
  stateRunning: 'Läuft',
  statePaused: 'Angehalten',
  stateWaiting: 'Wartet auf die Organisation',
  stateDone: 'Fertig',
  stateCancelled: 'Abgebrochen',
  customerWaiting: 'Wartet',
  customerSent: 'Gesendet',
  customerDone: 'Erledigt',
  customerRefused: 'Abgelehnt',
  customerUnknown: 'Unbekannt',
};
