CREATE TABLE `simulations` (
	`key` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`name` text NOT NULL,
	`ran_on` integer NOT NULL,
	`milliseconds` integer NOT NULL,
	`seed` integer NOT NULL,
	`engine` text NOT NULL,
	`replications` integer NOT NULL,
	`events` integer NOT NULL,
	`sentence` text NOT NULL,
	`scenario` blob NOT NULL,
	`csv` text,
	`pseudonyms` integer NOT NULL,
	`result` blob NOT NULL,
	`answers` blob NOT NULL
);
--> statement-breakpoint
CREATE INDEX `simulations_ran` ON `simulations` (`ran_on`,`key`);