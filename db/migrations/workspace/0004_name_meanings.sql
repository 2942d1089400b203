-- Meanings were stored as a line for each field in the order in which the code listed the fields. That order is frozen
-- here; from now on the first line of a meaning names the fields.
UPDATE `links` SET `base_meaning` = '2 name description startOn expiresOn earnType earnedBadgeExpiry issuedBadgeExpiry restrictedToOwners customerConstraints badgeConstraints active images tags benefits badgeGroupId badgeRank defaultTillId customFields' || char(10) || `base_meaning` WHERE `base_meaning` IS NOT NULL;
--> statement-breakpoint
UPDATE `snapshots` SET `meaning` = '2 name description startOn expiresOn earnType earnedBadgeExpiry issuedBadgeExpiry restrictedToOwners customerConstraints badgeConstraints active images tags benefits badgeGroupId badgeRank defaultTillId customFields' || char(10) || `meaning` WHERE `meaning` IS NOT NULL;
--> statement-breakpoint
DELETE FROM `draft_meanings`;
