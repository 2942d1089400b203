CREATE TABLE `award_counts` (
	`badge_key` integer NOT NULL,
	`day` integer NOT NULL,
	`read_on` integer NOT NULL,
	`awards` integer NOT NULL,
	PRIMARY KEY(`badge_key`, `day`),
	FOREIGN KEY (`badge_key`) REFERENCES `counted_badges`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE TABLE `counted_badges` (
	`key` integer PRIMARY KEY NOT NULL,
	`connection_key` integer NOT NULL,
	`remote_id` text NOT NULL,
	`name` text NOT NULL,
	FOREIGN KEY (`connection_key`) REFERENCES `connections`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `counted_badges_remote` ON `counted_badges` (`connection_key`,`remote_id`);--> statement-breakpoint
CREATE INDEX `counted_badges_name` ON `counted_badges` (`connection_key`,`name`);