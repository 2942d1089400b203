CREATE TABLE `connections` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`base_url` text NOT NULL,
	`kind` text NOT NULL,
	`time_zone` text NOT NULL,
	`chunk_size` integer NOT NULL,
	`parallel` integer NOT NULL,
	`per_second` integer NOT NULL,
	`auth` text NOT NULL,
	`account` text NOT NULL,
	`secret_id` text NOT NULL,
	`last_pulled_on` integer,
	`field_defaults` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `draft_meanings` (
	`badge_key` integer PRIMARY KEY NOT NULL,
	`revision` integer NOT NULL,
	`meaning` text,
	FOREIGN KEY (`badge_key`) REFERENCES `badges`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `ledger` (
	`key` integer PRIMARY KEY NOT NULL,
	`connection_key` integer NOT NULL,
	`connection_name` text NOT NULL,
	`purpose` text NOT NULL,
	`badge_id` text,
	`job_key` integer,
	`method` text NOT NULL,
	`url` text NOT NULL,
	`sent_on` integer NOT NULL,
	`answered_on` integer,
	`outcome` text NOT NULL,
	`status` integer,
	`codes` text NOT NULL,
	`sentence` text NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ledger_connection` ON `ledger` (`connection_key`,`key`);--> statement-breakpoint
CREATE INDEX `ledger_badge` ON `ledger` (`badge_id`,`key`) WHERE badge_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `ledger_sending` ON `ledger` (`key`) WHERE outcome = 'sending';--> statement-breakpoint
CREATE TABLE `ledger_contents` (
	`ledger_key` integer PRIMARY KEY NOT NULL,
	`request_headers` text NOT NULL,
	`response_headers` text NOT NULL,
	`request_body` blob,
	`request_packed` integer NOT NULL,
	`response_body` blob,
	`response_packed` integer NOT NULL,
	FOREIGN KEY (`ledger_key`) REFERENCES `ledger`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `links` (
	`connection_key` integer NOT NULL,
	`badge_key` integer NOT NULL,
	`remote_id` text NOT NULL,
	`base_meaning` text,
	`synced_on` integer,
	PRIMARY KEY(`connection_key`, `badge_key`),
	FOREIGN KEY (`connection_key`) REFERENCES `connections`(`key`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`badge_key`) REFERENCES `badges`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `links_remote` ON `links` (`connection_key`,`remote_id`);--> statement-breakpoint
CREATE TABLE `live_chunks` (
	`job_key` integer NOT NULL,
	`number` integer NOT NULL,
	`state` text NOT NULL,
	`attempt` integer NOT NULL,
	`size` integer NOT NULL,
	`done` integer NOT NULL,
	`refused` integer NOT NULL,
	`codes` text NOT NULL,
	`sent_after` integer,
	`known` text,
	`customers` blob NOT NULL,
	`outcomes` blob NOT NULL,
	PRIMARY KEY(`job_key`, `number`),
	FOREIGN KEY (`job_key`) REFERENCES `live_jobs`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `live_chunks_state` ON `live_chunks` (`job_key`,`state`,`number`);--> statement-breakpoint
CREATE TABLE `live_jobs` (
	`key` integer PRIMARY KEY NOT NULL,
	`uid` text NOT NULL,
	`connection_key` integer NOT NULL,
	`connection_name` text NOT NULL,
	`badge_name` text NOT NULL,
	`remote_badge_id` text NOT NULL,
	`action` text NOT NULL,
	`owner_type` text NOT NULL,
	`reference_id` text NOT NULL,
	`event_date` integer,
	`source` text NOT NULL,
	`state` text NOT NULL,
	`note` text,
	`total` integer NOT NULL,
	`started_on` integer NOT NULL,
	`ended_on` integer,
	`org_clock` integer
);
--> statement-breakpoint
CREATE TABLE `live_rejects` (
	`job_key` integer NOT NULL,
	`ordinal` integer NOT NULL,
	`line` text NOT NULL,
	`reason` text NOT NULL,
	PRIMARY KEY(`job_key`, `ordinal`),
	FOREIGN KEY (`job_key`) REFERENCES `live_jobs`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `snapshots` (
	`connection_key` integer NOT NULL,
	`remote_id` text NOT NULL,
	`name` text NOT NULL,
	`seen_on` integer NOT NULL,
	`updated_on` integer,
	`row_digest` text NOT NULL,
	`meaning` text,
	`claims` text NOT NULL,
	`default_till` integer,
	`body` text NOT NULL,
	PRIMARY KEY(`connection_key`, `remote_id`),
	FOREIGN KEY (`connection_key`) REFERENCES `connections`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE INDEX `snapshots_name` ON `snapshots` (`connection_key`,`name`);