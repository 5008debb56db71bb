-- An operation is known by its name, as it stands in a source, and has as many operands as it takes. Durations that were set stay.
ALTER TABLE operation ADD COLUMN name text;
UPDATE operation
   SET name = CASE kind WHEN 'ADD' THEN '+' WHEN 'SUBTRACT' THEN '-' WHEN 'MULTIPLY' THEN '*' WHEN 'DIVIDE' THEN '/' ELSE '^' END;
ALTER TABLE operation DROP CONSTRAINT operation_pkey;
ALTER TABLE operation DROP COLUMN kind;
ALTER TABLE operation ALTER COLUMN name SET NOT NULL;
ALTER TABLE operation ADD CONSTRAINT operation_pkey PRIMARY KEY (name);

INSERT INTO operation (name, duration_ms)
SELECT name, 1000
  FROM unnest(ARRAY['abs', 'sign', 'floor', 'ceil', 'round', 'mod', 'gcd', 'lcm', 'min', 'max', 'factorial', 'binomial']) AS name;

ALTER TABLE offer ADD COLUMN operands text[];
UPDATE offer SET operands = ARRAY["left", "right"];
ALTER TABLE offer ALTER COLUMN operands SET NOT NULL;
ALTER TABLE offer DROP COLUMN "left", DROP COLUMN "right";
ALTER TABLE offer
  ALTER COLUMN operation TYPE text
  USING CASE operation WHEN 'ADD' THEN '+' WHEN 'SUBTRACT' THEN '-' WHEN 'MULTIPLY' THEN '*' WHEN 'DIVIDE' THEN '/' ELSE '^' END;

DROP TYPE operation_kind;
