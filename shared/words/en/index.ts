import { activity } from './activity';
import { answers } from './answers';
import { art } from './art';
import { audit } from './audit';
import { backups } from './backups';
import { badges } from './badges';
import { bulk } from './bulk';
import { network } from './network';
import { opening } from './opening';
import { phrases } from './phrases';
import { components } from './components';
import { copies } from './copies';
import { customers } from './customers';
import { damaged } from './damaged';
import { definitions } from './definitions';
import { diagnostics } from './diagnostics';
import { domain } from './domain';
import { failures } from './failures';
import { fidelity } from './fidelity';
import { folder } from './folder';
import { forget } from './forget';
import { handbook } from './handbook';
import { held } from './held';
import { holidays } from './holidays';
import { imports } from './imports';
import { inWindow } from './in-window';
import { issue } from './issue';
import { json } from './json';
import { calendar } from './calendar';
import { keptScenarios } from './kept-scenarios';
import { known } from './known';
import { lists } from './lists';
import { live } from './live';
import { lookAhead } from './look-ahead';
import { orgRules } from './org-rules';
import { partners } from './partners';
import { plans } from './plans';
import { policies } from './policies';
import { portable } from './portable';
import { practice } from './practice';
import { practiceStates } from './practice-states';
import { refusals } from './refusals';
import { samples } from './samples';
import { scenarios } from './scenarios';
import { scorecard } from './scorecard';
import { settings } from './settings';
import { shell } from './shell';
import { simulate } from './simulate';
import { sync } from './sync';
import { connections } from './connections';
import { jobs } from './jobs';
import { org } from './org';
import { comparison } from './comparison';
import { sources } from './sources';
import { store } from './store';
import { explanations } from './explanations';
import { replay } from './replay';
import { programme } from './programme';
import { promote } from './promote';
import { report } from './report';
import { system } from './system';
import { tables } from './tables';
import { tableFiles } from './table-files';
import { tableLook } from './table-look';
import { learning } from './learning';
import { sheet } from './sheet';
import { templates } from './templates';
import { transfer } from './transfer';
import { takeBack } from './take-back';
import { trash } from './trash';
import { updates } from './updates';
import { views } from './views';
import { workspaces } from './workspaces';

/** Every text of Laurel in English, by area and key. */
export const en = {
  activity,
  answers,
  art,
  audit,
  backups,
  badges,
  bulk,
  phrases,
  components,
  copies,
  customers,
  damaged,
  definitions,
  diagnostics,
  domain,
  failures,
  fidelity,
  folder,
  forget,
  handbook,
  held,
  holidays,
  imports,
  inWindow,
  issue,
  json,
  calendar,
  keptScenarios,
  known,
  lists,
  live,
  lookAhead,
  takeBack,
  opening,
  orgRules,
  partners,
  plans,
  policies,
  portable,
  network,
  practice,
  practiceStates,
  refusals,
  samples,
  scenarios,
  scorecard,
  settings,
  shell,
  simulate,
  sync,
  connections,
  jobs,
  org,
  comparison,
  sources,
  store,
  explanations,
  replay,
  programme,
  promote,
  report,
  system,
  tables,
  tableFiles,
  tableLook,
  learning,
  sheet,
  templates,
  transfer,
  trash,
  updates,
  views,
  workspaces,
} as const;
export type English = typeof en;
