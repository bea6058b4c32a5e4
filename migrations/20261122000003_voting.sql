-- Democratic evaluations (民主测评): who may vote, the codes, the ballots, the
-- tallied paper, the close by two officials and the scores.
--
-- Three tables are closed to every login role: ballot_code, ballot and
-- paper_tally are reached through the functions below only. A ballot is one row
-- per subject under a random id: it has no time, no user and no address, and
-- nothing tells which rows came from one sheet, because the village somebody is
-- recused from would name that somebody. Codes have no link to a voter or to a
-- ballot, and are deleted at the close, when the ballots are rewritten in random
-- order under new ids.

CREATE TABLE poll (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  competition_id uuid NOT NULL,
  round_id uuid,                -- null: an evaluation that stands alone
  ballot_key text NOT NULL,
  title text NOT NULL,
  rule jsonb NOT NULL,          -- the template's ballot, pinned
  choices text[] NOT NULL,      -- what a sheet may say of a subject
  legend jsonb NOT NULL DEFAULT '[]', -- the template's lights, pinned (B22)
  state text NOT NULL DEFAULT 'open' CHECK (state IN ('open','closed')),
  opened_by uuid NOT NULL,
  opened_at timestamptz NOT NULL,
  first_closer uuid,
  second_closer uuid CHECK (second_closer <> first_closer),
  closed_at timestamptz,
  CHECK ((state = 'closed') = (second_closer IS NOT NULL AND closed_at IS NOT NULL)),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id),
  FOREIGN KEY (tenant_id, opened_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, first_closer) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, second_closer) REFERENCES person (tenant_id, id)
);
CREATE UNIQUE INDEX poll_of_round ON poll (tenant_id, round_id, ballot_key) WHERE round_id IS NOT NULL;
CREATE INDEX poll_of_competition ON poll (tenant_id, competition_id);
CALL leitai_tenant_table('poll', 'app.draft_tenants', 'insert');

-- What is put to the ballot.
CREATE TABLE poll_subject (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  poll_id uuid NOT NULL,
  position integer NOT NULL,
  subject_id uuid NOT NULL,     -- a unit, person, organisation or team
  unit_id uuid REFERENCES unit (id), -- its village, for recusal
  name text NOT NULL,           -- as printed on the form
  branch text NOT NULL DEFAULT '', -- whose lights it is counted with (B22)
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, poll_id, subject_id),
  FOREIGN KEY (tenant_id, poll_id) REFERENCES poll (tenant_id, id)
);
CALL leitai_tenant_table('poll_subject', 'app.draft_tenants', 'insert');

-- Who may get a code: one row a person, in the most specific group (Q27).
CREATE TABLE poll_voter (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  poll_id uuid NOT NULL,
  person text NOT NULL,         -- a pseudonym or roster number, never a name
  group_key text NOT NULL,
  unit_id uuid REFERENCES unit (id),
  also text[] NOT NULL DEFAULT '{}', -- other groups the person was named in
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, poll_id, person),
  FOREIGN KEY (tenant_id, poll_id) REFERENCES poll (tenant_id, id)
);
CALL leitai_tenant_table('poll_voter', 'app.draft_tenants', 'insert,delete');

-- The counts of a rater group. used is known after the close only.
CREATE TABLE poll_group (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  poll_id uuid NOT NULL,
  group_key text NOT NULL,
  due integer NOT NULL CHECK (due >= 0),
  present integer NOT NULL DEFAULT 0 CHECK (present BETWEEN 0 AND due),
  codes integer NOT NULL DEFAULT 0 CHECK (codes >= 0),
  papers integer NOT NULL DEFAULT 0 CHECK (papers >= 0),
  used integer CHECK (used BETWEEN 0 AND codes),
  papers_returned integer CHECK (papers_returned BETWEEN 0 AND papers),
  recusal_least integer NOT NULL DEFAULT 0,
  recusal_most integer NOT NULL DEFAULT 0,
  CONSTRAINT poll_group_issued CHECK (codes + papers <= due), -- one ballot per person
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, poll_id, group_key),
  FOREIGN KEY (tenant_id, poll_id) REFERENCES poll (tenant_id, id)
);
CALL leitai_tenant_table('poll_group', 'app.draft_tenants', 'insert,delete');

CREATE TABLE ballot_code (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  poll_id uuid NOT NULL,
  group_key text NOT NULL,
  hash bytea NOT NULL UNIQUE CHECK (octet_length(hash) = 32), -- SHA-256 of 128 random bits
  used boolean NOT NULL DEFAULT false,
  FOREIGN KEY (tenant_id, poll_id) REFERENCES poll (tenant_id, id)
);
CREATE INDEX ballot_code_of_poll ON ballot_code (tenant_id, poll_id);

CREATE TABLE ballot (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(), -- version 4: it carries no time
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  poll_id uuid NOT NULL,
  group_key text NOT NULL,
  subject_id uuid NOT NULL,
  choice text NOT NULL,
  FOREIGN KEY (tenant_id, poll_id) REFERENCES poll (tenant_id, id)
);
CREATE INDEX ballot_of_poll ON ballot (tenant_id, poll_id);

-- One person's count of the paper forms of one group: totals, no ballots. Its
-- second column of a person is what makes two independent entries two.
CREATE TABLE paper_tally (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  poll_id uuid NOT NULL,
  group_key text NOT NULL,
  counted_by uuid NOT NULL,
  returned integer NOT NULL CHECK (returned >= 0),
  counts jsonb NOT NULL,        -- {subject: {choice: count}}, every choice named
  UNIQUE (tenant_id, poll_id, group_key, counted_by),
  FOREIGN KEY (tenant_id, poll_id) REFERENCES poll (tenant_id, id),
  FOREIGN KEY (tenant_id, counted_by) REFERENCES person (tenant_id, id)
);

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['ballot_code','ballot','paper_tally'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', t);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', t);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO leitai_lookup, leitai_maint', t);
  END LOOP;
END $$;

-- What is left of a ballot after the close, and what computations read.
CREATE TABLE ballot_score (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  poll_id uuid NOT NULL,
  round_id uuid,
  ballot_key text NOT NULL,
  subject_id uuid NOT NULL,
  scored boolean NOT NULL,      -- false: too few valid ballots for a score
  score text NOT NULL,          -- exact: a decimal, or a fraction in lowest terms
  due integer NOT NULL,
  present integer NOT NULL,
  issued integer NOT NULL,
  returned integer NOT NULL,
  valid integer NOT NULL,
  result jsonb NOT NULL,        -- everything that is ever said; group figures only where Q34 allows
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, poll_id, subject_id),
  FOREIGN KEY (tenant_id, poll_id) REFERENCES poll (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id)
);
CREATE INDEX ballot_score_of_round ON ballot_score (tenant_id, round_id, ballot_key);
CALL leitai_tenant_table('ballot_score', 'app.draft_tenants', 'insert');
CALL leitai_seal('ballot_score');

DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['poll','poll_subject','poll_voter','poll_group','ballot_code','ballot','paper_tally','ballot_score'] LOOP
    EXECUTE format('CREATE TRIGGER fixed_home BEFORE UPDATE ON %I FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home()', t);
  END LOOP;
END $$;

-- An evaluation begins open and without closers, whatever the application says.
CREATE FUNCTION leitai_poll_begins() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state <> 'open' OR NEW.first_closer IS NOT NULL THEN
    RAISE EXCEPTION 'an evaluation begins open' USING ERRCODE = 'LT201';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER begins BEFORE INSERT ON poll FOR EACH ROW EXECUTE FUNCTION leitai_poll_begins();

-- Subjects and roster are fixed once anything was issued; a group's counts begin
-- at 0.
CREATE FUNCTION leitai_poll_fixed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  of_poll uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.poll_id ELSE NEW.poll_id END;
BEGIN
  IF current_user NOT IN ('leitai_maint', 'leitai_lookup') THEN -- maintenance; a trial that is wiped
    PERFORM FROM poll p WHERE p.id = of_poll AND p.state = 'open';
    IF NOT FOUND THEN
      RAISE EXCEPTION 'the evaluation is not open' USING ERRCODE = 'LT201';
    END IF;
    IF EXISTS (SELECT FROM poll_group g WHERE g.poll_id = of_poll AND g.codes + g.papers > 0) THEN
      RAISE EXCEPTION 'codes were issued' USING ERRCODE = 'LT206';
    END IF;
    IF TG_TABLE_NAME = 'poll_group' AND TG_OP = 'INSERT' THEN
      NEW.present := 0; NEW.codes := 0; NEW.papers := 0; NEW.used := NULL; NEW.papers_returned := NULL;
    END IF;
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
DO $$ DECLARE t text; BEGIN
  FOREACH t IN ARRAY ARRAY['poll_subject','poll_voter','poll_group'] LOOP
    EXECUTE format('CREATE TRIGGER fixed BEFORE INSERT OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION leitai_poll_fixed()', t);
  END LOOP;
END $$;

-- No score exists before the close, whatever the application thinks.
CREATE FUNCTION leitai_score_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM poll p WHERE p.tenant_id = NEW.tenant_id AND p.id = NEW.poll_id AND p.state = 'closed'
                 AND p.round_id IS NOT DISTINCT FROM NEW.round_id AND p.ballot_key = NEW.ballot_key) THEN
    RAISE EXCEPTION 'the evaluation is not closed' USING ERRCODE = 'LT205';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER closed BEFORE INSERT ON ballot_score FOR EACH ROW EXECUTE FUNCTION leitai_score_closed();

-- The functions below run as leitai_lookup. Those of officials work on the
-- evaluations of the tenant being written only; those of voters know a hash and
-- nothing else.
GRANT UPDATE (state, first_closer, second_closer, closed_at) ON poll TO leitai_lookup;
GRANT UPDATE (present, codes, papers, used, papers_returned) ON poll_group TO leitai_lookup;

-- poll_locked takes the lock of an open evaluation of the tenant.
CREATE FUNCTION poll_locked(wanted uuid) RETURNS poll
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  p poll;
BEGIN
  SELECT * INTO p FROM poll x WHERE x.tenant_id = app_tenant() AND x.id = wanted FOR UPDATE;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such evaluation' USING ERRCODE = 'P0002';
  END IF;
  IF p.state <> 'open' THEN
    RAISE EXCEPTION 'the evaluation is closed' USING ERRCODE = 'LT201';
  END IF;
  RETURN p;
END $$;

-- ballot_codes_issue keeps the hashes of new codes; anew deletes all earlier ones
-- first, which is allowed while none was used. Rows are stored by hash, so that
-- their order says nothing of the order in which slips were printed.
CREATE FUNCTION ballot_codes_issue(wanted uuid, anew boolean, groups text[], hashes bytea[]) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  p poll := poll_locked(wanted);
  over text;
BEGIN
  IF anew THEN
    IF EXISTS (SELECT FROM ballot_code c WHERE c.tenant_id = p.tenant_id AND c.poll_id = p.id AND c.used) THEN
      RAISE EXCEPTION 'a code was used' USING ERRCODE = 'LT208';
    END IF;
    DELETE FROM ballot_code c WHERE c.tenant_id = p.tenant_id AND c.poll_id = p.id;
    UPDATE poll_group g SET codes = 0 WHERE g.tenant_id = p.tenant_id AND g.poll_id = p.id;
  END IF;
  SELECT x.group_key INTO over FROM unnest(groups) x(group_key)
    WHERE NOT EXISTS (SELECT FROM poll_group g WHERE g.tenant_id = p.tenant_id AND g.poll_id = p.id AND g.group_key = x.group_key) LIMIT 1;
  IF NOT FOUND THEN
    SELECT g.group_key INTO over FROM poll_group g JOIN (SELECT x.group_key, count(*) n FROM unnest(groups) x(group_key) GROUP BY 1) w USING (group_key)
      WHERE g.tenant_id = p.tenant_id AND g.poll_id = p.id AND g.codes + g.papers + w.n > g.due LIMIT 1;
  END IF;
  IF FOUND THEN
    RAISE EXCEPTION 'more codes than raters' USING ERRCODE = 'LT203', DETAIL = over;
  END IF;
  INSERT INTO ballot_code (tenant_id, region, poll_id, group_key, hash)
    SELECT p.tenant_id, p.region, p.id, w.group_key, w.hash FROM unnest(groups, hashes) w(group_key, hash) ORDER BY w.hash;
  UPDATE poll_group g SET codes = g.codes + w.n FROM (SELECT x.group_key, count(*) n FROM unnest(groups) x(group_key) GROUP BY 1) w
    WHERE g.tenant_id = p.tenant_id AND g.poll_id = p.id AND g.group_key = w.group_key;
END $$;

-- poll_attendance sets who is present and how many paper forms were handed out.
CREATE FUNCTION poll_attendance(wanted uuid, wanted_group text, now_present integer, now_papers integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  p poll := poll_locked(wanted);
BEGIN
  UPDATE poll_group g SET present = now_present, papers = now_papers
    WHERE g.tenant_id = p.tenant_id AND g.poll_id = p.id AND g.group_key = wanted_group;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'no such group' USING ERRCODE = 'P0002';
  END IF;
END $$;

-- paper_tally_enter keeps one person's count and says where it differs from the
-- others', without their numbers: counts are no partial result. alone tells that
-- nobody else has counted this group.
CREATE FUNCTION paper_tally_enter(wanted uuid, wanted_group text, person uuid, now_returned integer, now_counts jsonb)
RETURNS TABLE (alone boolean, subject text, what text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  p poll := poll_locked(wanted);
BEGIN
  PERFORM FROM poll_group g WHERE g.tenant_id = p.tenant_id AND g.poll_id = p.id AND g.group_key = wanted_group AND now_returned <= g.papers;
  IF NOT FOUND THEN
    RAISE EXCEPTION 'more paper returned than issued' USING ERRCODE = 'LT207', DETAIL = wanted_group;
  END IF;
  INSERT INTO paper_tally AS t (tenant_id, region, poll_id, group_key, counted_by, returned, counts)
    VALUES (p.tenant_id, p.region, p.id, wanted_group, person, now_returned, now_counts)
    ON CONFLICT (tenant_id, poll_id, group_key, counted_by) DO UPDATE SET returned = excluded.returned, counts = excluded.counts;
  RETURN QUERY
    SELECT NOT EXISTS (SELECT FROM paper_tally t WHERE t.tenant_id = p.tenant_id AND t.poll_id = p.id AND t.group_key = wanted_group AND t.counted_by <> person),
           NULL::text, NULL::text
    UNION ALL
    SELECT DISTINCT false, '', 'returned' FROM paper_tally t
      WHERE t.tenant_id = p.tenant_id AND t.poll_id = p.id AND t.group_key = wanted_group AND t.returned <> now_returned
    UNION ALL
    SELECT DISTINCT false, s.key, c.key FROM paper_tally t, jsonb_each(now_counts) s, jsonb_each(s.value) c
      WHERE t.tenant_id = p.tenant_id AND t.poll_id = p.id AND t.group_key = wanted_group AND t.counts #> ARRAY[s.key, c.key] IS DISTINCT FROM c.value;
END $$;

-- ballot_turnout is one number: sheets returned so far, of all groups together.
CREATE FUNCTION ballot_turnout(wanted uuid) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT CASE p.state
  WHEN 'closed' THEN (SELECT coalesce(sum(g.used + g.papers_returned), 0) FROM poll_group g WHERE g.tenant_id = p.tenant_id AND g.poll_id = p.id)
  ELSE (SELECT count(*) FROM ballot_code c WHERE c.tenant_id = p.tenant_id AND c.poll_id = p.id AND c.used)
     + (SELECT coalesce(sum(n.most), 0) FROM (SELECT max(t.returned) most FROM paper_tally t WHERE t.tenant_id = p.tenant_id AND t.poll_id = p.id GROUP BY t.group_key) n)
  END
FROM poll p WHERE p.tenant_id = app_tenant() AND p.id = wanted $$;

-- poll_close closes an evaluation once two persons have said so; it tells whether
-- it is closed now. Paper that two persons have not counted alike keeps it open.
CREATE FUNCTION poll_close(wanted uuid, person uuid) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  p poll := poll_locked(wanted);
  over text;
BEGIN
  SELECT g.group_key INTO over FROM poll_group g WHERE g.tenant_id = p.tenant_id AND g.poll_id = p.id
    AND (g.papers > 0 OR EXISTS (SELECT FROM paper_tally t WHERE t.tenant_id = p.tenant_id AND t.poll_id = p.id AND t.group_key = g.group_key))
    AND (SELECT count(*) >= 2 AND count(DISTINCT (t.returned, t.counts)) = 1 AND max(t.returned) <= g.papers FROM paper_tally t
         WHERE t.tenant_id = p.tenant_id AND t.poll_id = p.id AND t.group_key = g.group_key) IS NOT TRUE
    ORDER BY g.group_key LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'the paper is not counted by two' USING ERRCODE = 'LT204', DETAIL = over;
  END IF;
  IF p.first_closer IS NULL THEN
    UPDATE poll x SET first_closer = person WHERE x.tenant_id = p.tenant_id AND x.id = p.id;
    RETURN false;
  END IF;
  IF p.first_closer = person THEN
    RAISE EXCEPTION 'a second person closes' USING ERRCODE = 'LT202';
  END IF;
  UPDATE poll_group g SET
    used = (SELECT count(*) FROM ballot_code c WHERE c.tenant_id = p.tenant_id AND c.poll_id = p.id AND c.group_key = g.group_key AND c.used),
    papers_returned = coalesce((SELECT max(t.returned) FROM paper_tally t WHERE t.tenant_id = p.tenant_id AND t.poll_id = p.id AND t.group_key = g.group_key), 0)
    WHERE g.tenant_id = p.tenant_id AND g.poll_id = p.id;
  DELETE FROM ballot_code c WHERE c.tenant_id = p.tenant_id AND c.poll_id = p.id;
  WITH gone AS (DELETE FROM ballot b WHERE b.tenant_id = p.tenant_id AND b.poll_id = p.id RETURNING b.group_key, b.subject_id, b.choice)
    INSERT INTO ballot (id, tenant_id, region, poll_id, group_key, subject_id, choice)
    SELECT gen_random_uuid(), p.tenant_id, p.region, p.id, g.group_key, g.subject_id, g.choice FROM gone g ORDER BY gen_random_uuid();
  UPDATE poll x SET state = 'closed', second_closer = person, closed_at = now() WHERE x.tenant_id = p.tenant_id AND x.id = p.id;
  RETURN true;
END $$;

-- ballot_counts is read once, by the transaction that closes: before the close it
-- refuses, and once scores exist they are all there is.
CREATE FUNCTION ballot_counts(wanted uuid) RETURNS TABLE (group_key text, subject_id uuid, choice text, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM FROM poll p WHERE p.tenant_id = app_tenant() AND p.id = wanted AND p.state = 'closed'
    AND NOT EXISTS (SELECT FROM ballot_score s WHERE s.tenant_id = p.tenant_id AND s.poll_id = p.id);
  IF NOT FOUND THEN
    RAISE EXCEPTION 'there are no counts to read' USING ERRCODE = 'LT205';
  END IF;
  RETURN QUERY
    SELECT x.group_key, x.subject_id, x.choice, sum(x.n)::bigint FROM (
      SELECT b.group_key, b.subject_id, b.choice, count(*) n FROM ballot b WHERE b.tenant_id = app_tenant() AND b.poll_id = wanted GROUP BY 1, 2, 3
      UNION ALL
      SELECT t.group_key, s.key::uuid, c.key, c.value::text::bigint
        FROM (SELECT DISTINCT ON (y.group_key) y.group_key, y.counts FROM paper_tally y WHERE y.tenant_id = app_tenant() AND y.poll_id = wanted) t,
             jsonb_each(t.counts) s, jsonb_each(s.value) c) x
    GROUP BY 1, 2, 3 HAVING sum(x.n) > 0 ORDER BY 1, 2, 3;
END $$;

-- ballot_form is what the holder of a live code may fill in; no row for a code
-- that is unknown, used, or of an evaluation that is closed.
CREATE FUNCTION ballot_form(code_hash bytea)
RETURNS TABLE (host text, title text, rule jsonb, group_key text, recusal_least integer, recusal_most integer, subjects jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT t.name, p.title, p.rule, g.group_key, g.recusal_least, g.recusal_most,
       (SELECT jsonb_agg(jsonb_build_object('id', s.subject_id, 'unit', s.unit_id, 'name', s.name) ORDER BY s.position)
        FROM poll_subject s WHERE s.tenant_id = p.tenant_id AND s.poll_id = p.id)
FROM ballot_code c
JOIN poll p ON p.tenant_id = c.tenant_id AND p.id = c.poll_id AND p.state = 'open'
JOIN poll_group g ON g.tenant_id = c.tenant_id AND g.poll_id = c.poll_id AND g.group_key = c.group_key
JOIN tenant t ON t.id = c.tenant_id AND t.status = 'active'
WHERE c.hash = code_hash AND NOT c.used $$;

-- ballot_cast takes a code and puts the sheet into the box; false for a code that
-- ballot_form does not know. A sheet that is not one choice for every subject is
-- refused and leaves the code unused.
CREATE FUNCTION ballot_cast(code_hash bytea, sheet_subjects uuid[], sheet_choices text[]) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  code ballot_code;
  p poll;
BEGIN
  SELECT c.* INTO code FROM ballot_code c WHERE c.hash = code_hash AND NOT c.used;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  SELECT x.* INTO p FROM poll x JOIN tenant t ON t.id = x.tenant_id AND t.status = 'active'
    WHERE x.tenant_id = code.tenant_id AND x.id = code.poll_id AND x.state = 'open' FOR KEY SHARE OF x; -- waits for a close under way
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  UPDATE ballot_code c SET used = true WHERE c.id = code.id AND NOT c.used;
  IF NOT FOUND THEN
    RETURN false;
  END IF;
  IF cardinality(sheet_subjects) <> cardinality(sheet_choices) OR NOT sheet_choices <@ p.choices
     OR (SELECT array_agg(x.id ORDER BY x.id) FROM unnest(sheet_subjects) x(id))
        IS DISTINCT FROM (SELECT array_agg(s.subject_id ORDER BY s.subject_id) FROM poll_subject s WHERE s.tenant_id = p.tenant_id AND s.poll_id = p.id) THEN
    RAISE EXCEPTION 'the sheet is not one choice for every subject' USING ERRCODE = 'LT209';
  END IF;
  INSERT INTO ballot (tenant_id, region, poll_id, group_key, subject_id, choice)
    SELECT p.tenant_id, p.region, p.id, code.group_key, w.subject_id, w.choice
    FROM unnest(sheet_subjects, sheet_choices) w(subject_id, choice) ORDER BY gen_random_uuid();
  RETURN true;
END $$;

GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
DO $$ DECLARE f regprocedure; BEGIN
  FOR f IN SELECT p.oid::regprocedure FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
           AND p.proname IN ('poll_locked','ballot_codes_issue','poll_attendance','paper_tally_enter','ballot_turnout','poll_close','ballot_counts','ballot_form','ballot_cast') LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    IF f::text NOT LIKE 'poll_locked(%' THEN
      EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leitai_app, leitai_job', f);
    END IF;
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
