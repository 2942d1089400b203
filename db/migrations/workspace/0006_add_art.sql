CREATE TABLE `art_pictures` (
	`key` text PRIMARY KEY NOT NULL,
	`bytes` blob NOT NULL
);
--> statement-breakpoint
CREATE TABLE `art_uses` (
	`art` text NOT NULL,
	`picture` text NOT NULL,
	PRIMARY KEY(`art`, `picture`),
	FOREIGN KEY (`art`) REFERENCES `arts`(`digest`) ON UPDATE no action ON DELETE cascade,
	FOREIGN KEY (`picture`) REFERENCES `art_pictures`(`key`) ON UPDATE no action ON DELETE no action
);
--> statement-breakpoint
CREATE INDEX `art_uses_picture` ON `art_uses` (`picture`);--> statement-breakpoint
CREATE TABLE `arts` (
	`digest` text PRIMARY KEY NOT NULL,
	`design` text NOT NULL
);
--> statement-breakpoint
ALTER TABLE `badges` ADD `art` text;--> statement-breakpoint
ALTER TABLE `revisions` ADD `art` text REFERENCES arts(digest);--> statement-breakpoint
CREATE INDEX `revisions_art` ON `revisions` (`art`) WHERE art IS NOT NULL;