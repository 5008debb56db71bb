ALTER TABLE agent
  -- As the agent says itself.
  ADD COLUMN program_version text,
  ADD COLUMN host text,
  ADD COLUMN tasks_done bigint NOT NULL DEFAULT 0,
  ADD COLUMN tasks_failed bigint NOT NULL DEFAULT 0,
  ADD COLUMN tasks_lost bigint NOT NULL DEFAULT 0,
  ADD COLUMN forgotten_at timestamptz(3);
