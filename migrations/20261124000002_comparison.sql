-- The county's comparison.

-- What one published revision of a round leaves for comparison: mergeable totals,
-- written in the township's own transaction with the publication. `sources`
-- names the columns: "total" first (the published totals, best first), then
-- "dimension:…", "item:…" (an item without a dimension) and "part:…" (a part not
-- made of items). Scores are whole numerators over the column's denominator, 0 to
-- 100, column after column, one for each contestant in the same order; NULL: none.
CREATE TABLE round_total (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  publication_id uuid NOT NULL,
  round_id uuid NOT NULL,
  competition_id uuid NOT NULL,
  revision integer NOT NULL CHECK (revision > 0),
  audience text NOT NULL CHECK (audience IN ('person','township','county','public')),
  subject text NOT NULL,                    -- what is judged: village, person, township …
  template_key text NOT NULL,
  opened date,                              -- days in the tenant's time zone
  published date NOT NULL,                  -- of the first revision: a correction is no delay
  contestants integer NOT NULL CHECK (contestants >= 0),
  sources text[] NOT NULL,
  weights numeric[] NOT NULL,               -- of the template; only proportions matter
  denominators numeric[] NOT NULL,
  scores numeric[] NOT NULL,
  digest text NOT NULL,                     -- what comparing reads when it needs nobody's own score, in cells apart by tabs; the last is
                                            -- sources;weights|counts|sums|their denominators|the one or two totals in the middle, by source
  ranges integer NOT NULL DEFAULT 0,        -- contestants with a range of ranks when any one judge is left out
  range_width integer NOT NULL DEFAULT 0,   -- worst minus best rank, summed over them
  severity numeric,                         -- mean distance of a judge from the others in percent of the scale of marks; NULL: not to be told
  issue_sources text[] NOT NULL DEFAULT '{}', -- issues found up to then, by the source of their item; "" for those of no item
  issues_opened integer[] NOT NULL DEFAULT '{}',
  issues_closed integer[] NOT NULL DEFAULT '{}',
  issues_overdue integer[] NOT NULL DEFAULT '{}', -- not closed by the due day
  CHECK (cardinality(sources) = cardinality(weights) AND cardinality(sources) = cardinality(denominators)),
  CHECK (cardinality(scores) = cardinality(sources) * contestants),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, publication_id),
  UNIQUE (tenant_id, round_id, revision),
  FOREIGN KEY (tenant_id, publication_id) REFERENCES publication (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id)
);
-- Rows are read by the dozen for their digest, and rarely for their scores.
ALTER TABLE round_total ALTER scores SET STORAGE EXTERNAL, ALTER digest SET STORAGE MAIN;
CALL leitai_tenant_table('round_total', 'app.draft_tenants', 'insert');
CREATE POLICY r_published ON round_total FOR SELECT USING (
  tenant_id = (SELECT app_tenant()) AND audience <> 'person'
  OR audience IN ('township','county','public') AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[]));
CALL leitai_seal('round_total');
CREATE TRIGGER fixed_home BEFORE UPDATE ON round_total FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

-- What a county compares by, year by year; the newest number of a year rules, and
-- a year without one is ruled by the last year that has one. Those below read by
-- what they are compared.
CREATE TABLE comparison_rule (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  year integer NOT NULL CHECK (year BETWEEN 2000 AND 2100),
  number integer NOT NULL CHECK (number > 0),
  dimensions text[] NOT NULL CHECK (cardinality(dimensions) > 0),
  weights numeric[] NOT NULL,
  min_coverage numeric NOT NULL CHECK (min_coverage BETWEEN 0 AND 1),
  within_days integer NOT NULL CHECK (within_days BETWEEN 0 AND 366), -- from the day of a round to its publication, to be on time
  reason text NOT NULL CHECK (reason <> ''),
  set_by uuid NOT NULL,
  set_at timestamptz NOT NULL,
  CHECK (cardinality(dimensions) = cardinality(weights)),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, year, number),
  FOREIGN KEY (tenant_id, set_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('comparison_rule', 'app.tenants', 'insert');
CREATE POLICY r_above ON comparison_rule FOR SELECT USING (tenant_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]));
CALL leitai_seal('comparison_rule');
CREATE TRIGGER fixed_home BEFORE UPDATE ON comparison_rule FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

-- Onto which dimension of its dictionary a county maps what a township's template
-- gave none, or one of its own. Dated by the period from which it counts; the
-- newest counts, an empty dimension ends a mapping. The township mapped reads it,
-- its siblings do not.
CREATE TABLE crosswalk (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  township_id uuid NOT NULL,                -- the tenant mapped
  template_key text NOT NULL DEFAULT '',    -- '': whatever template
  source text NOT NULL CHECK (source ~ '^(dimension|item|part):[^ ,{}"\\]+$'),
  dimension text NOT NULL DEFAULT '',
  from_day date NOT NULL,                   -- the first day of the period from which it counts
  reason text NOT NULL CHECK (reason <> ''),
  number integer NOT NULL CHECK (number > 0), -- running in the county
  mapped_by uuid NOT NULL,
  mapped_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, number),
  FOREIGN KEY (tenant_id, mapped_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX crosswalk_township ON crosswalk (tenant_id, township_id);
CALL leitai_tenant_table('crosswalk', 'app.tenants', 'insert');
CREATE POLICY r_mapped ON crosswalk FOR SELECT USING (township_id = (SELECT app_tenant()) AND tenant_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]));
CALL leitai_seal('crosswalk');
CREATE TRIGGER fixed_home BEFORE UPDATE ON crosswalk FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

-- A comparison that its county published: to the prefecture above it alone, or to
-- its townships as well. It is frozen; a later one of the same months supersedes.
CREATE TABLE comparison_publication (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  from_day date NOT NULL,
  to_day date NOT NULL CHECK (to_day > from_day),
  revision integer NOT NULL CHECK (revision > 0),
  audience text NOT NULL CHECK (audience IN ('prefecture','county')),
  body jsonb NOT NULL,                      -- rule and lines as they were
  comment text NOT NULL DEFAULT '',
  published_by uuid NOT NULL,
  published_at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, from_day, to_day, revision),
  FOREIGN KEY (tenant_id, published_by) REFERENCES person (tenant_id, id)
);
CALL leitai_tenant_table('comparison_publication', 'app.tenants', 'insert');
CREATE POLICY r_below ON comparison_publication FOR SELECT USING (audience = 'county' AND tenant_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]));
CALL leitai_seal('comparison_publication');
CREATE TRIGGER fixed_home BEFORE UPDATE ON comparison_publication FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

-- The county's totals of one month of a published comparison, merged over its
-- townships, for the prefecture's comparison of counties. Columns as in
-- round_total; sources are dimensions of the county's dictionary, as far as mapped.
CREATE TABLE comparison_total (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  publication_id uuid NOT NULL,
  month date NOT NULL,                      -- its first day
  townships integer NOT NULL CHECK (townships >= 0),
  due integer NOT NULL,
  published integer NOT NULL,
  on_time integer NOT NULL,
  contestants integer NOT NULL CHECK (contestants >= 0),
  sources text[] NOT NULL,
  weights numeric[] NOT NULL,
  denominators numeric[] NOT NULL,
  scores numeric[] NOT NULL,
  issues_opened integer NOT NULL DEFAULT 0, -- of the months so far
  issues_closed integer NOT NULL DEFAULT 0,
  issues_overdue integer NOT NULL DEFAULT 0,
  CHECK (cardinality(sources) = cardinality(weights) AND cardinality(sources) = cardinality(denominators)),
  CHECK (cardinality(scores) = cardinality(sources) * contestants),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, publication_id, month),
  FOREIGN KEY (tenant_id, publication_id) REFERENCES comparison_publication (tenant_id, id)
);
CREATE INDEX comparison_total_month ON comparison_total (tenant_id, month);
CALL leitai_tenant_table('comparison_total', 'app.tenants', 'insert');
CALL leitai_seal('comparison_total');
CREATE TRIGGER fixed_home BEFORE UPDATE ON comparison_total FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
