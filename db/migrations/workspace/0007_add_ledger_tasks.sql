CREATE TABLE `ledger_tasks` (
	`key` integer PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`connection_key` integer NOT NULL,
	`connection_name` text NOT NULL,
	`job_key` integer,
	`about` text,
	`started_on` integer NOT NULL,
	`last_on` integer NOT NULL,
	`requests` integer NOT NULL,
	`writes` integer NOT NULL,
	`sending` integer NOT NULL,
	`answered` integer NOT NULL,
	`refused` integer NOT NULL,
	`unknown` integer NOT NULL,
	`failed` integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX `ledger_tasks_time` ON `ledger_tasks` (`started_on`);--> statement-breakpoint
CREATE INDEX `ledger_tasks_org` ON `ledger_tasks` (`connection_key`,`started_on`);--> statement-breakpoint
CREATE INDEX `ledger_tasks_kind` ON `ledger_tasks` (`kind`,`started_on`);--> statement-breakpoint
CREATE INDEX `ledger_tasks_job` ON `ledger_tasks` (`job_key`,`kind`) WHERE job_key IS NOT NULL;--> statement-breakpoint
ALTER TABLE `ledger` ADD `task_key` integer;--> statement-breakpoint
-- Lines of before are put together by what their purposes say: a job's to the job, others of one org and one kind to one
-- task until a minute is between them. A task has the key of its first line.
CREATE TEMP TABLE `ledger_marks` (`key` integer PRIMARY KEY, `kind` text NOT NULL, `task` integer NOT NULL);
--> statement-breakpoint
INSERT INTO temp.`ledger_marks`
SELECT `key`, `kind`, min(`key`) OVER (PARTITION BY `connection_key`, `job_key`, `kind`, `run`) AS `task`
FROM (
  SELECT `key`, `connection_key`, `job_key`, `kind`,
    sum(`fresh`) OVER (PARTITION BY `connection_key`, `job_key`, `kind` ORDER BY `key`) AS `run`
  FROM (
    SELECT `key`, `connection_key`, `job_key`, `kind`,
      CASE
        WHEN `job_key` IS NOT NULL THEN 0
        WHEN `sent_on` - lag(`sent_on`) OVER (PARTITION BY `connection_key`, `job_key`, `kind` ORDER BY `key`) <= 60000000 THEN 0
        ELSE 1
      END AS `fresh`
    FROM (
      SELECT `key`, `connection_key`, `job_key`, `sent_on`,
        CASE
          WHEN `job_key` IS NOT NULL THEN CASE `purpose` WHEN 'settle' THEN 'settling' ELSE 'job' END
          WHEN `purpose` IN ('create', 'update', 'activate', 'deactivate', 'claim', 'unclaim', 'read before writing', 'settle') THEN 'push'
          WHEN `purpose` IN ('list', 'read', 'fields') THEN 'pull'
          WHEN `purpose` IN ('probe', 'test') THEN `purpose`
          ELSE 'other'
        END AS `kind`
      FROM `ledger`
    )
  )
);
--> statement-breakpoint
UPDATE `ledger` SET `task_key` = (SELECT `task` FROM temp.`ledger_marks` WHERE `ledger_marks`.`key` = `ledger`.`key`);
--> statement-breakpoint
INSERT INTO `ledger_tasks`
SELECT `l`.`task_key`, `m`.`kind`, `l`.`connection_key`, max(`l`.`connection_name`), `l`.`job_key`,
  (SELECT `badge_name` FROM `live_jobs` WHERE `live_jobs`.`key` = `l`.`job_key`),
  min(`l`.`sent_on`), max(max(`l`.`sent_on`, coalesce(`l`.`answered_on`, 0))), count(*),
  sum(`l`.`method` <> 'GET' AND `l`.`purpose` <> 'token'),
  sum(`l`.`outcome` = 'sending'), sum(`l`.`outcome` = 'answered'), sum(`l`.`outcome` = 'refused'),
  sum(`l`.`outcome` NOT IN ('sending', 'answered', 'refused', 'failed')), sum(`l`.`outcome` = 'failed')
FROM `ledger` AS `l` JOIN temp.`ledger_marks` AS `m` ON `m`.`key` = `l`.`key`
GROUP BY `l`.`task_key`;
--> statement-breakpoint
DROP TABLE temp.`ledger_marks`;
--> statement-breakpoint
CREATE INDEX `ledger_by_time` ON `ledger` (`sent_on`);--> statement-breakpoint
CREATE INDEX `ledger_writes` ON `ledger` (`sent_on`) WHERE method <> 'GET' AND purpose <> 'token';--> statement-breakpoint
CREATE INDEX `ledger_org` ON `ledger` (`connection_key`,`sent_on`);--> statement-breakpoint
CREATE INDEX `ledger_org_writes` ON `ledger` (`connection_key`,`sent_on`) WHERE method <> 'GET' AND purpose <> 'token';--> statement-breakpoint
CREATE INDEX `ledger_badge_time` ON `ledger` (`badge_id`,`sent_on`) WHERE badge_id IS NOT NULL;--> statement-breakpoint
CREATE INDEX `ledger_outcome` ON `ledger` (`outcome`,`sent_on`);--> statement-breakpoint
CREATE INDEX `ledger_purpose` ON `ledger` (`purpose`,`sent_on`);--> statement-breakpoint
CREATE INDEX `ledger_task` ON `ledger` (`task_key`,`sent_on`);