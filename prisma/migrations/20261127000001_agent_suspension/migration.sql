-- A result that cannot be: it fails the attempt, and is held against the agent.
ALTER TYPE attempt_outcome ADD VALUE 'REFUSED';

ALTER TABLE agent
  ADD COLUMN refused_results int NOT NULL DEFAULT 0,
  ADD COLUMN last_refusal text,
  ADD COLUMN suspended_at timestamptz(3),
  -- Of those that are known already nobody has noted it: they count as having computed.
  ADD COLUMN has_computed boolean NOT NULL DEFAULT true;

ALTER TABLE agent ALTER COLUMN has_computed SET DEFAULT false;
