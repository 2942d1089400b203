CREATE TABLE `badge_tags` (
	`badge_key` integer NOT NULL,
	`tag` text NOT NULL,
	`name` text NOT NULL,
	PRIMARY KEY(`badge_key`, `tag`),
	FOREIGN KEY (`badge_key`) REFERENCES `badges`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `badge_tags_tag` ON `badge_tags` (`tag`,`badge_key`);--> statement-breakpoint
CREATE INDEX `badge_tags_name` ON `badge_tags` (`name`,`badge_key`);--> statement-breakpoint
CREATE TABLE `badges` (
	`key` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`revision` integer NOT NULL,
	`last_revision` integer NOT NULL,
	`created_on` integer NOT NULL,
	`changed_on` integer NOT NULL,
	`deleted_on` integer,
	`pushed_on` integer,
	`name` text NOT NULL,
	`sort_name` text NOT NULL,
	`search_text` text NOT NULL,
	`description` text,
	`earn_type` text,
	`start_on` integer,
	`expires_on` integer,
	`active` integer NOT NULL,
	`owners` integer NOT NULL,
	`tags` text NOT NULL,
	`active_claims` integer NOT NULL,
	`problems` integer NOT NULL,
	`problems_past_allowed` integer NOT NULL,
	`name_shared` integer NOT NULL
);
--> statement-breakpoint
CREATE UNIQUE INDEX `badges_id` ON `badges` (`id`);--> statement-breakpoint
CREATE INDEX `badges_name` ON `badges` (`name`) WHERE deleted_on IS NULL;--> statement-breakpoint
CREATE INDEX `badges_by_name` ON `badges` (`sort_name`,`key`) WHERE deleted_on IS NULL;--> statement-breakpoint
CREATE INDEX `badges_by_change` ON `badges` (`changed_on`,`key`) WHERE deleted_on IS NULL;--> statement-breakpoint
CREATE INDEX `badges_by_start` ON `badges` (`start_on`,`key`) WHERE deleted_on IS NULL;--> statement-breakpoint
CREATE INDEX `badges_by_end` ON `badges` (`expires_on`,`key`) WHERE deleted_on IS NULL;--> statement-breakpoint
CREATE INDEX `badges_by_search` ON `badges` (`search_text`,`earn_type`,`owners`,`problems`,`problems_past_allowed`,`name_shared`,`start_on`,`expires_on`) WHERE deleted_on IS NULL;--> statement-breakpoint
CREATE INDEX `badges_by_facet` ON `badges` (`earn_type`,`owners`,`problems`,`problems_past_allowed`,`name_shared`,`start_on`,`expires_on`) WHERE deleted_on IS NULL;--> statement-breakpoint
CREATE INDEX `badges_deleted` ON `badges` (`deleted_on`) WHERE deleted_on IS NOT NULL;--> statement-breakpoint
CREATE TABLE `claims` (
	`key` integer PRIMARY KEY NOT NULL,
	`badge_key` integer NOT NULL,
	`owner_type` text NOT NULL,
	`reference_id` text NOT NULL,
	`is_active` integer NOT NULL,
	`claimed_on` integer NOT NULL,
	FOREIGN KEY (`badge_key`) REFERENCES `badges`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `claims_badge` ON `claims` (`badge_key`);--> statement-breakpoint
CREATE TABLE `jobs` (
	`key` integer PRIMARY KEY NOT NULL,
	`title` text NOT NULL,
	`request_id` text,
	`started_on` integer NOT NULL
);
--> statement-breakpoint
CREATE TABLE `revisions` (
	`badge_key` integer NOT NULL,
	`revision` integer NOT NULL,
	`saved_on` integer NOT NULL,
	`label` text NOT NULL,
	`body` text NOT NULL,
	`migration` integer NOT NULL,
	`start_set_on` integer NOT NULL,
	FOREIGN KEY (`badge_key`) REFERENCES `badges`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `revisions_badge_revision` ON `revisions` (`badge_key`,`revision`);--> statement-breakpoint
CREATE TABLE `settings` (
	`name` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
);
