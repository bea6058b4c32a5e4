-- Webhooks: where a tenant has others told what happens, what is sent to them,
-- and what they answered. And the inbox: what each person was told.

-- Up to which event a reader of the program has come in a tenant; for 'overdue'
-- seq is the day up to which due dates were looked at, counted from 1970-01-01.
CREATE TABLE event_cursor (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  reader text NOT NULL CHECK (reader IN ('webhook','inbox','overdue')),
  seq bigint NOT NULL CHECK (seq >= 0),
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, reader)
);
CALL leitai_tenant_table('event_cursor', 'app.draft_tenants', 'insert,update');

CREATE TABLE webhook_endpoint (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  name text NOT NULL CHECK (name <> ''),
  format text NOT NULL CHECK (format IN ('standard','wecom','dingtalk')),
  shown text NOT NULL,             -- the address without its query, which may hold a key
  address bytea NOT NULL,          -- sealed
  secret bytea NOT NULL,           -- sealed
  previous bytea,                  -- sealed; valid beside the secret
  previous_until timestamptz,
  kinds text[] NOT NULL CHECK (cardinality(kinds) > 0),
  disabled text NOT NULL DEFAULT '', -- code of the reason; '' is in use
  failing_since timestamptz,       -- the first failure after the last success
  owner_id uuid NOT NULL,          -- the user whose rights decide what is sent
  since bigint NOT NULL,           -- the tenant's last event before it was registered
  created_at timestamptz NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  CHECK ((previous IS NULL) = (previous_until IS NULL))
);
CALL leitai_tenant_table('webhook_endpoint', 'app.draft_tenants');

-- One message for one endpoint; its id is the webhook-id.
CREATE TABLE webhook_delivery (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  endpoint_id uuid NOT NULL,
  event_id uuid,                   -- null: a test
  kind text NOT NULL,
  sequence bigint NOT NULL,
  state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting','delivered','failed','withheld')),
  attempts integer NOT NULL DEFAULT 0 CHECK (attempts >= 0), -- since it was last begun
  due_at timestamptz NOT NULL,     -- of the next attempt
  held_until timestamptz,          -- by the process that attempts it
  created_at timestamptz NOT NULL,
  settled_at timestamptz,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, event_id, endpoint_id),
  FOREIGN KEY (tenant_id, endpoint_id) REFERENCES webhook_endpoint (tenant_id, id),
  CHECK ((state = 'waiting') = (settled_at IS NULL))
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_log ON webhook_delivery (tenant_id, endpoint_id, id);
CREATE INDEX webhook_delivery_settled ON webhook_delivery (settled_at) WHERE state <> 'waiting';
CALL leitai_tenant_table('webhook_delivery', 'app.draft_tenants');

CREATE TABLE webhook_attempt (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  delivery_id uuid NOT NULL,
  at timestamptz NOT NULL,
  status integer NOT NULL CHECK (status BETWEEN 0 AND 999), -- 0: no answer
  millis integer NOT NULL CHECK (millis >= 0),
  answer text NOT NULL CHECK (octet_length(answer) <= 1024), -- its beginning
  error text NOT NULL,             -- code; '' is delivered
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, delivery_id) REFERENCES webhook_delivery (tenant_id, id)
);
CREATE INDEX webhook_attempt_of ON webhook_attempt (tenant_id, delivery_id, id);
CALL leitai_tenant_table('webhook_attempt', 'app.draft_tenants', 'insert,delete');

-- What one person was told. Whether it is still shown is decided when it is read,
-- by the permission and the unit; a null unit is anywhere in the tenant.
CREATE TABLE inbox_item (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  user_id uuid NOT NULL,
  source_id uuid NOT NULL,         -- the event, or what else it is told of
  kind text NOT NULL,
  permission text NOT NULL,
  unit_id uuid,
  about_unit uuid,                 -- where it happened
  object_kind text NOT NULL,
  object_id uuid NOT NULL,
  facts jsonb NOT NULL DEFAULT '{}', -- numbers and codes for the sentence
  created_at timestamptz NOT NULL,
  read_at timestamptz,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, user_id, source_id)
);
CREATE INDEX inbox_item_list ON inbox_item (tenant_id, user_id, id);
CREATE INDEX inbox_item_unread ON inbox_item (tenant_id, user_id, id) WHERE read_at IS NULL;
CREATE INDEX inbox_item_old ON inbox_item (created_at);
CALL leitai_tenant_table('inbox_item', 'app.draft_tenants', 'insert,update');

-- Of which kinds a person wants none.
CREATE TABLE inbox_setting (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  user_id uuid NOT NULL,
  muted text[] NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, user_id)
);
CALL leitai_tenant_table('inbox_setting', 'app.draft_tenants', 'insert,update');

-- All of these are read in the own tenant only, there by whoever works in it:
-- not by the tenants above, and not by readers of unpublished work alone.
DO $$ DECLARE t regclass; BEGIN
  FOREACH t IN ARRAY ARRAY['event_cursor','webhook_endpoint','webhook_delivery','webhook_attempt','inbox_item','inbox_setting']::regclass[] LOOP
    EXECUTE format('CREATE TRIGGER fixed_home BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home()', t);
    EXECUTE format('DROP POLICY r ON %s', t);
    EXECUTE format('CREATE POLICY r ON %s FOR SELECT USING (tenant_id = (SELECT app_tenant()))', t);
  END LOOP;
END $$;

-- ---- what the program notes of its own work -----------------------------------
-- These run with the rights of the caller, in the one tenant written.

CREATE FUNCTION event_cursor_move(wanted text, upto bigint) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
INSERT INTO event_cursor AS c (id, tenant_id, region, reader, seq)
  SELECT gen_random_uuid(), t.id, t.region, wanted, upto FROM tenant t WHERE t.id = app_tenant()
  ON CONFLICT (tenant_id, reader) DO UPDATE SET seq = greatest(c.seq, excluded.seq) $$;

CREATE FUNCTION webhook_spread(ids uuid[], endpoints uuid[], events uuid[], kinds text[], sequences bigint[], moment timestamptz, upto bigint) RETURNS void
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
INSERT INTO webhook_delivery (id, tenant_id, region, endpoint_id, event_id, kind, sequence, due_at, created_at)
  SELECT n.id, t.id, t.region, n.endpoint, n.event, n.kind, n.sequence, moment, moment
  FROM unnest(ids, endpoints, events, kinds, sequences) n(id, endpoint, event, kind, sequence) JOIN tenant t ON t.id = app_tenant()
  ON CONFLICT (tenant_id, endpoint_id, event_id) DO NOTHING;
SELECT event_cursor_move('webhook', upto) $$;

CREATE FUNCTION webhook_note(delivery uuid, new_state text, new_attempts integer, new_due timestamptz, settled timestamptz,
  attempt uuid, moment timestamptz, answered integer, took integer, said text, code text,
  endpoint uuid, failing timestamptz, off text, new_address bytea, new_secret bytea, new_previous bytea) RETURNS void
LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  UPDATE webhook_delivery d SET state = new_state, attempts = new_attempts, due_at = new_due, settled_at = settled, held_until = NULL
    WHERE d.tenant_id = app_tenant() AND d.id = delivery;
  IF attempt IS NOT NULL THEN
    INSERT INTO webhook_attempt (id, tenant_id, region, delivery_id, at, status, millis, answer, error)
      SELECT attempt, t.id, t.region, delivery, moment, answered, took, said, code FROM tenant t WHERE t.id = app_tenant();
  END IF;
  UPDATE webhook_endpoint e SET failing_since = failing, disabled = off, address = new_address, secret = new_secret, previous = new_previous,
      revision = e.revision + (e.disabled <> off)::integer
    WHERE e.tenant_id = app_tenant() AND e.id = endpoint
    AND (e.failing_since, e.disabled, e.address, e.secret, e.previous) IS DISTINCT FROM (failing, off, new_address, new_secret, new_previous);
END $$;

CREATE FUNCTION inbox_spread(ids uuid[], users uuid[], source uuid, new_kind text, needed text, at_unit uuid, about uuid, of_kind text, of_object uuid,
  told jsonb, moment timestamptz) RETURNS SETOF uuid
LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
INSERT INTO inbox_item (id, tenant_id, region, user_id, source_id, kind, permission, unit_id, about_unit, object_kind, object_id, facts, created_at)
  SELECT n.id, t.id, t.region, n.who, source, new_kind, needed, at_unit, about, of_kind, of_object, told, moment
  FROM unnest(ids, users) n(id, who) JOIN tenant t ON t.id = app_tenant()
  WHERE NOT EXISTS (SELECT FROM inbox_setting s WHERE s.tenant_id = t.id AND s.user_id = n.who AND new_kind = ANY (s.muted))
  ON CONFLICT (tenant_id, user_id, source_id) DO NOTHING RETURNING user_id $$;

-- ---- what is to be done in any tenant: ids and nothing else ---------------------

CREATE FUNCTION webhooks_behind(most integer) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT t.tenant_id FROM event_tip t
WHERE EXISTS (SELECT FROM webhook_endpoint e WHERE e.tenant_id = t.tenant_id AND e.disabled = '')
  AND t.seq > greatest(coalesce((SELECT c.seq FROM event_cursor c WHERE c.tenant_id = t.tenant_id AND c.reader = 'webhook'), 0),
                       (SELECT min(e.since) FROM webhook_endpoint e WHERE e.tenant_id = t.tenant_id AND e.disabled = ''))
  AND leitai_tenant_state(t.tenant_id) = 'active'
ORDER BY random() LIMIT most $$;

CREATE FUNCTION inbox_behind(most integer) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT t.tenant_id FROM event_tip t
WHERE t.seq > coalesce((SELECT c.seq FROM event_cursor c WHERE c.tenant_id = t.tenant_id AND c.reader = 'inbox'), 0)
  AND leitai_tenant_state(t.tenant_id) = 'active'
ORDER BY random() LIMIT most $$;

-- Tenants in which a day has begun since their due dates were looked at.
CREATE FUNCTION overdue_behind(moment timestamptz, most integer) RETURNS TABLE (tenant_id uuid)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT t.id FROM tenant t
WHERE (moment AT TIME ZONE t.time_zone)::date - date '1970-01-01'
      > coalesce((SELECT c.seq FROM event_cursor c WHERE c.tenant_id = t.id AND c.reader = 'overdue'), 0)
  AND leitai_tenant_state(t.id) = 'active'
ORDER BY random() LIMIT most $$;

-- Holds what is due: one delivery of an endpoint at a time, two of a tenant in
-- one call. What another process is holding is passed over.
CREATE FUNCTION webhooks_claim(moment timestamptz, until timestamptz, most integer) RETURNS TABLE (tenant_id uuid, delivery_id uuid, owner_active boolean)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH oldest AS (
  SELECT DISTINCT ON (d.endpoint_id) d.id, d.tenant_id, d.due_at
  FROM webhook_delivery d JOIN webhook_endpoint e ON e.tenant_id = d.tenant_id AND e.id = d.endpoint_id AND e.disabled = ''
  WHERE d.state = 'waiting' AND d.due_at <= moment
    AND NOT EXISTS (SELECT FROM webhook_delivery h WHERE h.tenant_id = d.tenant_id AND h.endpoint_id = d.endpoint_id AND h.state = 'waiting' AND h.held_until > moment)
  ORDER BY d.endpoint_id, d.due_at, d.id),
fair AS (SELECT o.id, row_number() OVER (PARTITION BY o.tenant_id ORDER BY o.due_at, o.id) nth FROM oldest o),
taken AS (
  SELECT d.id FROM webhook_delivery d JOIN fair f ON f.id = d.id AND f.nth <= 2
  WHERE d.state = 'waiting' AND d.due_at <= moment AND (d.held_until IS NULL OR d.held_until <= moment) AND leitai_tenant_state(d.tenant_id) = 'active'
  ORDER BY d.due_at, d.id LIMIT most FOR UPDATE OF d SKIP LOCKED)
UPDATE webhook_delivery d SET held_until = until FROM taken t, webhook_endpoint e
WHERE d.id = t.id AND e.tenant_id = d.tenant_id AND e.id = d.endpoint_id
RETURNING d.tenant_id, d.id, EXISTS (SELECT FROM app_user u WHERE u.id = e.owner_id AND u.status = 'active') $$;

CREATE FUNCTION webhooks_sweep(before timestamptz, most integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  old uuid[];
BEGIN
  SELECT array_agg(x.id) INTO old FROM (SELECT d.id FROM webhook_delivery d WHERE d.state <> 'waiting' AND d.settled_at < before ORDER BY d.settled_at LIMIT most FOR UPDATE SKIP LOCKED) x;
  DELETE FROM webhook_attempt a WHERE a.delivery_id = ANY (old);
  DELETE FROM webhook_delivery d WHERE d.id = ANY (old);
  RETURN coalesce(cardinality(old), 0);
END $$;

CREATE FUNCTION inbox_sweep(before timestamptz, most integer) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH old AS (DELETE FROM inbox_item i WHERE i.id IN (SELECT x.id FROM inbox_item x WHERE x.created_at < before ORDER BY x.created_at LIMIT most) RETURNING 1)
SELECT count(*) FROM old $$;

-- Removes events of before a moment, but for what somebody may still be told:
-- the kinds that are kept; of the kinds that a round's state is told by the last
-- one of each round; what the program's own readers have not come to; and what a
-- message in the log is made of. One process at a time.
CREATE FUNCTION events_sweep(before timestamptz, kept text[], of_round text[], most integer) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  removed bigint;
BEGIN
  IF NOT pg_try_advisory_xact_lock(hashtextextended('leitai events_sweep', 7)) THEN
    RETURN 0;
  END IF;
  DELETE FROM event e WHERE e.id IN (
    SELECT x.id FROM event x
    WHERE x.at < before AND x.kind <> ALL (kept)
      AND (x.round_id IS NULL OR x.kind <> ALL (of_round)
        OR EXISTS (SELECT FROM event n WHERE n.tenant_id = x.tenant_id AND n.round_id = x.round_id AND n.seq > x.seq AND n.kind = ANY (of_round)))
      AND x.seq <= (SELECT c.seq FROM event_cursor c WHERE c.tenant_id = x.tenant_id AND c.reader = 'inbox')
      AND NOT EXISTS (SELECT FROM webhook_endpoint w WHERE w.tenant_id = x.tenant_id AND w.disabled = '' AND w.since < x.seq
        AND x.seq > coalesce((SELECT c.seq FROM event_cursor c WHERE c.tenant_id = x.tenant_id AND c.reader = 'webhook'), 0))
      AND NOT EXISTS (SELECT FROM webhook_delivery d WHERE d.tenant_id = x.tenant_id AND d.event_id = x.id)
    ORDER BY x.at LIMIT most);
  GET DIAGNOSTICS removed = ROW_COUNT;
  RETURN removed;
END $$;

-- How many deliveries wait of endpoints in use, and how many of them have been
-- due since before a moment.
CREATE FUNCTION webhooks_counts(moment timestamptz) RETURNS TABLE (waiting bigint, late bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT count(*), count(*) FILTER (WHERE d.due_at < moment)
FROM webhook_delivery d JOIN webhook_endpoint e ON e.tenant_id = d.tenant_id AND e.id = d.endpoint_id AND e.disabled = '' WHERE d.state = 'waiting' $$;

GRANT SELECT (id, tenant_id, round_id, kind, seq, at), DELETE ON event TO leitai_lookup;
GRANT SELECT (tenant_id, reader, seq) ON event_cursor TO leitai_lookup;
GRANT SELECT (id, tenant_id, disabled, owner_id, since) ON webhook_endpoint TO leitai_lookup;
GRANT SELECT (id, tenant_id, endpoint_id, event_id, state, due_at, held_until, settled_at), UPDATE (held_until), DELETE ON webhook_delivery TO leitai_lookup;
GRANT SELECT (delivery_id), DELETE ON webhook_attempt TO leitai_lookup;
GRANT SELECT (id, created_at), DELETE ON inbox_item TO leitai_lookup;
GRANT SELECT (id, time_zone) ON tenant TO leitai_lookup;
GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY['webhooks_behind(integer)','inbox_behind(integer)','overdue_behind(timestamptz, integer)','webhooks_claim(timestamptz, timestamptz, integer)',
      'webhooks_sweep(timestamptz, integer)','inbox_sweep(timestamptz, integer)',
      'events_sweep(timestamptz, text[], text[], integer)','webhooks_counts(timestamptz)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leitai_app, leitai_job', f);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
