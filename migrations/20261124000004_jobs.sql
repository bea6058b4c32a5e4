-- Long work: what a user asked for that takes longer than a request may.
--
-- One table is both the queue and what its tenant sees of it. The application
-- may insert and read rows of its tenant; every change of one is a function
-- below, so that a job is run by one worker at a time, its end is written by the
-- worker that holds it and by no other, and what has ended stays as it is.

CREATE TABLE job (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  kind text NOT NULL CHECK (kind ~ '^[a-z][a-z.-]{0,39}$'),
  input jsonb NOT NULL,               -- what was asked for, as the kind writes it
  asked_by uuid NOT NULL,             -- the user, by whose rights of the moment it runs
  token_id uuid,                      -- asked by a token: it runs within the token's limits, and not once that has ended
  asked_at timestamptz NOT NULL,
  state text NOT NULL DEFAULT 'queued' CHECK (state IN ('queued','running','done','failed','cancelled')),
  due_at timestamptz NOT NULL,        -- not before; later after each try that failed
  attempt integer NOT NULL DEFAULT 0, -- how often it was begun
  lease uuid,                         -- of the worker that runs it
  leased_until timestamptz,           -- past: that worker is gone, and another may begin anew
  stop boolean NOT NULL DEFAULT false,-- its user wants it to end
  done bigint NOT NULL DEFAULT 0 CHECK (done >= 0),
  total bigint CHECK (total >= 0),    -- NULL: not known
  started_at timestamptz,             -- of the last try
  finished_at timestamptz,
  error text NOT NULL DEFAULT '',     -- the code of the fault
  error_args jsonb NOT NULL DEFAULT '{}',
  file text NOT NULL DEFAULT '',      -- key in the store of files; '' again when it was swept
  file_name text NOT NULL DEFAULT '',
  media_type text NOT NULL DEFAULT '',
  bytes bigint NOT NULL DEFAULT 0,
  rows bigint NOT NULL DEFAULT 0,
  sha256 text NOT NULL DEFAULT '',
  expires_at timestamptz,             -- of the file
  CHECK ((state = 'running') = (lease IS NOT NULL)),
  CHECK ((lease IS NULL) = (leased_until IS NULL)),
  CHECK ((state IN ('done','failed','cancelled')) = (finished_at IS NOT NULL)),
  CHECK ((state = 'failed') = (error <> '')),
  CHECK (file = '' OR state = 'done'),
  UNIQUE (tenant_id, id)
);
CALL leitai_tenant_table('job', 'app.draft_tenants', 'insert');
-- Nobody but the own tenant reads a job, not even one that reads its drafts.
DROP POLICY r ON job;
CREATE POLICY r ON job FOR SELECT USING (tenant_id = (SELECT app_tenant()));
CREATE TRIGGER fixed_home BEFORE UPDATE ON job FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

CREATE UNIQUE INDEX job_turn ON job (tenant_id, kind) WHERE state = 'running'; -- one of a kind at a time
CREATE INDEX job_waiting ON job (due_at) WHERE state = 'queued';
CREATE INDEX job_leased ON job (leased_until) WHERE state = 'running';
CREATE INDEX job_begun ON job (tenant_id, started_at);
CREATE INDEX job_asked ON job (tenant_id, asked_by, id);
CREATE INDEX job_kept ON job (tenant_id, expires_at) WHERE file <> '';

-- A job begins as one that waits, and one that has ended only loses its file.
CREATE FUNCTION leitai_job_ended() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_user = 'leitai_maint' THEN
    RETURN NEW;
  END IF;
  IF TG_OP = 'INSERT' THEN
    IF NEW.state <> 'queued' OR NEW.attempt <> 0 OR NEW.file <> '' OR NEW.stop THEN
      RAISE EXCEPTION 'a job begins in the queue' USING ERRCODE = 'LT001';
    END IF;
  ELSIF OLD.finished_at IS NOT NULL AND (to_jsonb(NEW) - 'file') <> (to_jsonb(OLD) - 'file') OR NEW.file <> OLD.file AND OLD.file <> '' AND NEW.file <> '' THEN
    RAISE EXCEPTION 'the job has ended' USING ERRCODE = 'LT001';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER job_ended BEFORE INSERT OR UPDATE ON job FOR EACH ROW EXECUTE FUNCTION leitai_job_ended();

-- ---- the worker's side -----------------------------------------------------

-- job_take gives the next job to a worker for some milliseconds: one that waits, or
-- one whose worker is gone. Those who take turn by turn see each other's
-- choices. Tenants with fewer jobs under way come first, then those served
-- longest ago, so that a tenant with a long list delays its own jobs only.
CREATE FUNCTION job_take(kinds text[], held uuid, lasting integer)
RETURNS TABLE (job_id uuid, tenant_id uuid, kind text, input jsonb, asked_by uuid, person_id uuid, attempt integer, waited integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  moment timestamptz;
  chosen uuid;
BEGIN
  PERFORM pg_advisory_xact_lock(hashtextextended('leitai job_take', 7));
  moment := clock_timestamp();
  SELECT j.id INTO chosen FROM job j
    WHERE j.kind = ANY (kinds) AND (
      j.state = 'running' AND j.leased_until <= moment OR
      j.state = 'queued' AND j.due_at <= moment AND NOT EXISTS (SELECT FROM job o WHERE o.tenant_id = j.tenant_id AND o.kind = j.kind AND o.state = 'running'))
    ORDER BY (SELECT count(*) FROM job o WHERE o.tenant_id = j.tenant_id AND o.state = 'running' AND o.leased_until > moment),
             (SELECT max(o.started_at) FROM job o WHERE o.tenant_id = j.tenant_id) NULLS FIRST, j.due_at, j.id
    LIMIT 1 FOR UPDATE OF j SKIP LOCKED;
  IF chosen IS NULL THEN
    RETURN;
  END IF;
  RETURN QUERY UPDATE job j SET state = 'running', lease = held, leased_until = moment + make_interval(secs => least(lasting, 600000) / 1000.0),
      attempt = j.attempt + 1, started_at = moment, done = 0, total = NULL
    WHERE j.id = chosen RETURNING j.id, j.tenant_id, j.kind, j.input, j.asked_by,
      (SELECT p.id FROM person p WHERE p.tenant_id = j.tenant_id AND p.user_id = j.asked_by), j.attempt,
      least(1000 * greatest(extract(epoch FROM moment - j.due_at), 0), 2147483647)::integer; -- milliseconds
END $$;

-- job_beat keeps a job for its worker and notes how far it is. It says 'run',
-- 'stop' when the user wants it to end, and nothing when another holds it.
CREATE FUNCTION job_beat(wanted uuid, held uuid, lasting integer, so_far bigint, in_all bigint) RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE job j SET leased_until = clock_timestamp() + make_interval(secs => least(lasting, 600000) / 1000.0), done = so_far, total = in_all
    WHERE j.id = wanted AND j.lease = held AND j.state = 'running'
    RETURNING CASE WHEN j.stop THEN 'stop' ELSE 'run' END $$;

-- job_return gives a job back to the queue: after a try that failed, for later;
-- by a worker that stops, at once, and the try does not count. Times in milliseconds.
CREATE FUNCTION job_return(wanted uuid, held uuid, later integer, counts boolean) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE job j SET state = CASE WHEN j.stop THEN 'cancelled' ELSE 'queued' END, finished_at = CASE WHEN j.stop THEN clock_timestamp() END,
      lease = NULL, leased_until = NULL, due_at = clock_timestamp() + make_interval(secs => later / 1000.0), attempt = j.attempt - CASE WHEN counts THEN 0 ELSE 1 END
    WHERE j.id = wanted AND j.lease = held AND j.state = 'running' RETURNING true $$;

-- job_end writes how a job ended, for the worker that holds it alone, in a
-- transaction of the job's own tenant.
CREATE FUNCTION job_end(wanted uuid, held uuid, outcome text, code text, args jsonb, key text, name text, media text, size bigint, lines bigint, sum text, days integer)
RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE job j SET state = outcome, error = code, error_args = args, file = key, file_name = name, media_type = media, bytes = size, rows = lines, sha256 = sum,
      done = CASE WHEN outcome = 'done' THEN lines ELSE j.done END, total = CASE WHEN outcome = 'done' THEN lines ELSE j.total END,
      lease = NULL, leased_until = NULL, finished_at = clock_timestamp(),
      expires_at = CASE WHEN key <> '' THEN clock_timestamp() + make_interval(days => days) END
    WHERE j.id = wanted AND j.tenant_id = app_tenant() AND j.lease = held AND j.state = 'running' RETURNING true $$;

-- job_counts tells the operator how many jobs of a kind wait and run.
CREATE FUNCTION job_counts() RETURNS TABLE (kind text, queued bigint, running bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT j.kind, count(*) FILTER (WHERE j.state = 'queued'), count(*) FILTER (WHERE j.state = 'running')
    FROM job j WHERE j.state IN ('queued', 'running') GROUP BY 1 ORDER BY 1 $$;

-- ---- the tenant's side -----------------------------------------------------

-- job_stop ends a job that waits and tells the worker of one that runs; it
-- gives the state then, and nothing for one that has ended.
CREATE FUNCTION job_stop(wanted uuid) RETURNS text
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE job j SET stop = true, state = CASE WHEN j.state = 'queued' THEN 'cancelled' ELSE j.state END,
      finished_at = CASE WHEN j.state = 'queued' THEN clock_timestamp() END
    WHERE j.id = wanted AND j.tenant_id = app_tenant() AND j.state IN ('queued', 'running') RETURNING j.state $$;

-- job_swept forgets files that were removed because their days are over, and
-- jobs that ended long ago.
CREATE FUNCTION job_swept(gone uuid[], days integer) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE job j SET file = '' WHERE j.tenant_id = app_tenant() AND j.id = ANY (gone) AND j.expires_at <= clock_timestamp();
  DELETE FROM job j WHERE j.tenant_id = app_tenant() AND j.file = '' AND j.finished_at < clock_timestamp() - make_interval(days => greatest(days, 30));
END $$;

-- open_job opens a transaction as the user who asked for a job, by the rights
-- that user has now: for the worker that holds it, and, without a lease, for
-- reading the file of one that is done. What an opening is has one rule,
-- open_request; a user who signed in is asked for by a session that exists for
-- the length of this statement and that nobody else ever sees.
CREATE FUNCTION open_job(wanted uuid, held uuid, draft_roles text[])
RETURNS TABLE (user_id uuid, locale text, tenant_id uuid, tenant_kind text, tenant_unit uuid, region text, time_zone text, demo boolean,
               person_id uuid, credential_id text, scopes text[], units uuid[], read_only boolean, epoch bigint, readable uuid[], drafts uuid[],
               ancestors uuid[], asked_as text)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
DECLARE
  j job;
  proof bytea;
  how text := 'token';
BEGIN
  SELECT * INTO j FROM job x WHERE x.id = wanted AND (x.state = 'running' AND x.lease = held OR held IS NULL AND x.state = 'done' AND x.file <> '');
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF j.token_id IS NOT NULL THEN
    SELECT t.secret_hash INTO proof FROM api_token t WHERE t.tenant_id = j.tenant_id AND t.id = j.token_id;
  ELSE
    how := 'session';
    proof := sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
    INSERT INTO session (hash, user_id, tenant_id, created_at, seen_at, idle_until, expires_at)
      SELECT proof, u.id, j.tenant_id, clock_timestamp(), clock_timestamp(), clock_timestamp() + interval '1 minute', clock_timestamp() + interval '1 minute'
      FROM app_user u WHERE u.id = j.asked_by;
  END IF;
  RETURN QUERY SELECT o.user_id, o.locale, o.tenant_id, o.tenant_kind, o.tenant_unit, o.region, o.time_zone, o.demo, o.person_id, o.credential_id,
      o.scopes, o.units, o.read_only, o.epoch, o.readable, o.drafts, o.ancestors, how
    FROM open_request(how, proof, draft_roles) o WHERE o.tenant_id = j.tenant_id AND o.user_id = j.asked_by;
  IF how = 'session' THEN
    DELETE FROM session s WHERE s.hash = proof;
  END IF;
END $$;

GRANT SELECT, UPDATE, DELETE ON job TO leitai_lookup;

-- A new owner needs CREATE on the schema for the moment of the hand-over only.
GRANT CREATE ON SCHEMA public TO leitai_lookup;
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY['job_take(text[], uuid, integer)', 'job_beat(uuid, uuid, integer, bigint, bigint)', 'job_return(uuid, uuid, integer, boolean)',
      'job_end(uuid, uuid, text, text, jsonb, text, text, text, bigint, bigint, text, integer)', 'job_counts()', 'job_stop(uuid)', 'job_swept(uuid[], integer)',
      'open_job(uuid, uuid, text[])']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leitai_app, leitai_job', f);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
