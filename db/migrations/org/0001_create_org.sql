CREATE TABLE `awards` (
	`key` integer PRIMARY KEY NOT NULL,
	`badge_key` integer NOT NULL,
	`customer_id` integer NOT NULL,
	`request_key` integer NOT NULL,
	`enrolment_key` integer,
	`revoked_on` integer,
	FOREIGN KEY (`request_key`) REFERENCES `requests`(`key`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `awards_customer` ON `awards` (`customer_id`,`badge_key`,`request_key`,`enrolment_key`,`revoked_on`);
CREATE INDEX `awards_revoked` ON `awards` (`badge_key`) WHERE revoked_on IS NOT NULL;
CREATE TABLE `badges` (
	`key` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`numeric_id` integer NOT NULL,
	`definition_key` integer NOT NULL,
	`name` text NOT NULL,
	`start_on` integer NOT NULL,
	`expires_on` integer NOT NULL,
	`earn_type` text NOT NULL,
	`active` integer NOT NULL,
	`group_id` text,
	`rank` integer,
	`issued_count` integer DEFAULT 0 NOT NULL,
	`earned_count` integer DEFAULT 0 NOT NULL,
	`created_on` integer NOT NULL,
	`created_by` integer NOT NULL,
	`last_updated_on` integer NOT NULL,
	`last_updated_by` integer NOT NULL
);

CREATE UNIQUE INDEX `badges_id` ON `badges` (`id`);
CREATE UNIQUE INDEX `badges_numeric_id` ON `badges` (`numeric_id`);
CREATE INDEX `badges_name` ON `badges` (`name`);
CREATE TABLE `claims` (
	`key` integer PRIMARY KEY NOT NULL,
	`badge_key` integer NOT NULL,
	`position` integer NOT NULL,
	`owner_type` text NOT NULL,
	`reference_id` text NOT NULL,
	`is_active` integer NOT NULL,
	FOREIGN KEY (`badge_key`) REFERENCES `badges`(`key`) ON UPDATE no action ON DELETE no action
);

CREATE UNIQUE INDEX `claims_badge_position` ON `claims` (`badge_key`,`position`);
CREATE TABLE `custom_fields` (
	`key` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`data_type` text NOT NULL,
	`is_mandatory` integer NOT NULL,
	`default_value` text,
	`is_active` integer NOT NULL,
	`created_on` integer NOT NULL,
	`created_by` integer NOT NULL,
	`last_updated_on` integer NOT NULL,
	`last_updated_by` integer NOT NULL
);

CREATE UNIQUE INDEX `custom_fields_id` ON `custom_fields` (`id`);
CREATE UNIQUE INDEX `custom_fields_active_name` ON `custom_fields` (`name`) WHERE is_active = 1;
CREATE TABLE `customer_identifiers` (
	`key` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`value` text NOT NULL,
	`customer_id` integer NOT NULL
);

CREATE UNIQUE INDEX `customer_identifiers_value` ON `customer_identifiers` (`kind`,`value`);
CREATE TABLE `definitions` (
	`key` integer PRIMARY KEY NOT NULL,
	`badge_key` integer NOT NULL,
	`definition` text NOT NULL
);

CREATE INDEX `definitions_badge` ON `definitions` (`badge_key`);
CREATE TABLE `enrolments` (
	`key` integer PRIMARY KEY NOT NULL,
	`badge_key` integer NOT NULL,
	`customer_id` integer NOT NULL,
	`request_key` integer NOT NULL,
	`revoked_on` integer,
	FOREIGN KEY (`request_key`) REFERENCES `requests`(`key`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `enrolments_customer` ON `enrolments` (`customer_id`,`badge_key`,`request_key`,`revoked_on`);
CREATE TABLE `groups` (
	`key` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`name` text NOT NULL,
	`rank` integer NOT NULL,
	`is_active` integer NOT NULL,
	`created_on` integer NOT NULL,
	`created_by` integer NOT NULL,
	`last_updated_on` integer NOT NULL,
	`last_updated_by` integer NOT NULL
);

CREATE UNIQUE INDEX `groups_id` ON `groups` (`id`);
CREATE UNIQUE INDEX `groups_active_name` ON `groups` (`name`) WHERE is_active = 1;
CREATE TABLE `org` (
	`key` integer PRIMARY KEY NOT NULL,
	`org_id` integer NOT NULL,
	`salt` integer NOT NULL,
	`settings` text NOT NULL,
	`created_on` integer NOT NULL
);

CREATE TABLE `org_meta` (
	`key` integer PRIMARY KEY NOT NULL,
	`id` text NOT NULL,
	`tags` text NOT NULL,
	`created_on` integer NOT NULL,
	`created_by` integer NOT NULL,
	`last_updated_on` integer NOT NULL,
	`last_updated_by` integer NOT NULL
);

CREATE TABLE `refusals` (
	`key` integer PRIMARY KEY NOT NULL,
	`request_key` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`outcome` integer NOT NULL,
	`outcome_rank` integer NOT NULL,
	`customer_id` integer,
	`line` text,
	`earlier_key` integer,
	`cap` integer,
	`cap_count` integer,
	FOREIGN KEY (`request_key`) REFERENCES `requests`(`key`) ON UPDATE no action ON DELETE no action
);

CREATE INDEX `refusals_outcome` ON `refusals` (`request_key`,`outcome`);
CREATE INDEX `refusals_customer` ON `refusals` (`customer_id`,`request_key`);
CREATE TABLE `requests` (
	`key` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`request_id` text NOT NULL,
	`state` text NOT NULL,
	`badge_key` integer NOT NULL,
	`definition_key` integer NOT NULL,
	`owner_type` text NOT NULL,
	`reference_id` text,
	`event_date` integer NOT NULL,
	`event_date_sent` integer NOT NULL,
	`expires_on` integer NOT NULL,
	`processed_on` integer NOT NULL,
	`made_on` integer NOT NULL,
	`source` text NOT NULL,
	`total` integer NOT NULL,
	`succeeded` integer NOT NULL,
	`first_key` integer NOT NULL,
	`first_refusal_key` integer NOT NULL,
	`refusals` text NOT NULL,
	`errors` text NOT NULL,
	`duration_milliseconds` integer NOT NULL
);

CREATE INDEX `requests_request_id` ON `requests` (`request_id`);
CREATE INDEX `requests_badge` ON `requests` (`badge_key`);