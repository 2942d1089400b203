CREATE TABLE `folder_files` (
	`badge_key` integer PRIMARY KEY NOT NULL,
	`place` text NOT NULL,
	`base_art` text,
	`open` text NOT NULL,
	`revision` integer,
	`body_seen` text,
	`art_seen` text,
	`base` text,
	FOREIGN KEY (`badge_key`) REFERENCES `badges`(`key`) ON UPDATE no action ON DELETE cascade
);
--> statement-breakpoint
CREATE UNIQUE INDEX `folder_files_place` ON `folder_files` (`place`);