import type { Catalogue } from '../message';

export const domain: Catalogue['domain'] = {
  ownerLoyalty: 'Treueprogramm',
  ownerLoyaltyPromotion: 'Treueaktion',
  ownerReferralCampaigns: 'Empfehlungskampagnen',
  ownerJourneys: 'Journeys',
  ownerAudienceCampaigns: 'Zielgruppenkampagnen',
  ownerRewardsCatalog: 'Prämienkatalog',
  ownerGoodwill: 'Kulanz',
  ownerMilestones: 'Meilensteine',
  ownerHistoricalImport: 'Historischer Import',
  ownerMembercare: 'MemberCare',

  earnDirect: 'Direkt',
  earnEnrolFirst: 'Erst einschreiben',

  statusLive: 'Live',
  statusUpcoming: 'Bevorstehend',
  statusExpired: 'Abgelaufen',
  statusWouldBeLive: 'Wäre live',
  statusLiveOrWouldBe: 'Live oder wäre live',

  unitDays: 'Tage',
  unitWeeks: 'Wochen',
  unitMonths: 'Monate',

  monday: 'Montag',
  tuesday: 'Dienstag',
  wednesday: 'Mittwoch',
  thursday: 'Donnerstag',
  friday: 'Freitag',
  saturday: 'Samstag',
  sunday: 'Sonntag',

  imageUnearned: 'Noch nicht erhalten',
  imageInProgress: 'Auf dem Weg',
  imageEarned: 'Erhalten',
};
