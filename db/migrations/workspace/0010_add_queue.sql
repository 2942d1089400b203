ALTER TABLE `live_jobs` ADD `queue_place` integer;--> statement-breakpoint
ALTER TABLE `live_jobs` ADD `starts_on` integer;