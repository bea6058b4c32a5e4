-- What happened, for subscribers, webhooks and the inbox: one row an event,
-- numbered without gaps in the order of commits, and the wake-up of those who
-- wait for it or for a change of their rights.

-- The number of each tenant's last event. Its row stays locked until the
-- transaction that took a number ends, so that nobody sees n+1 without n.
-- Nobody but the trigger moves it.
CREATE TABLE event_tip (
  id uuid PRIMARY KEY, -- the tenant's
  tenant_id uuid NOT NULL UNIQUE REFERENCES tenant (id),
  region text NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0),
  UNIQUE (tenant_id, id),
  CHECK (id = tenant_id)
);
CALL leitai_tenant_table('event_tip', 'app.draft_tenants', '');
CREATE POLICY r_own ON event_tip FOR SELECT USING (tenant_id = (SELECT app_tenant()));
CREATE TRIGGER fixed_home BEFORE UPDATE ON event_tip FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

-- Objects are named without references: an event outlives what it tells of.
CREATE TABLE event (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  seq bigint NOT NULL CHECK (seq > 0), -- given by the trigger
  kind text NOT NULL CHECK (kind ~ '^[a-z]+\.[a-z]+$'),
  reach text NOT NULL CHECK (reach IN ('drafts','tenant','published')),
  unit_id uuid NOT NULL,
  object_kind text NOT NULL,
  object_id uuid NOT NULL,
  round_id uuid,
  persons uuid[] NOT NULL DEFAULT '{}', -- whom it is for
  data jsonb NOT NULL DEFAULT '{}' CHECK (jsonb_typeof(data) = 'object'),
  at timestamptz NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, seq)
);
CREATE INDEX event_published ON event (tenant_id, seq) WHERE reach = 'published';
CREATE INDEX event_kind ON event (tenant_id, kind, seq);
CREATE INDEX event_object ON event (tenant_id, object_id, seq);
CREATE INDEX event_round ON event (tenant_id, round_id, seq) WHERE round_id IS NOT NULL;
CREATE INDEX event_old ON event (at);
CALL leitai_tenant_table('event', 'app.draft_tenants', 'insert');
CREATE POLICY r_own ON event FOR SELECT USING (reach <> 'drafts' AND tenant_id = (SELECT app_tenant()));
CREATE POLICY r_published ON event FOR SELECT USING (reach = 'published' AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[]));
-- As leitai_seal has it, but for events_sweep, whose owner may delete and not update.
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE ON event FOR EACH ROW WHEN (current_user <> 'leitai_lookup') EXECUTE FUNCTION leitai_append_only();
CREATE TRIGGER fixed_home BEFORE UPDATE ON event FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();

GRANT SELECT (tenant_id, seq), INSERT, UPDATE (seq) ON event_tip TO leitai_lookup;

CREATE FUNCTION leitai_event_order() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  INSERT INTO event_tip AS t (id, tenant_id, region, seq) VALUES (NEW.tenant_id, NEW.tenant_id, NEW.region, 1)
    ON CONFLICT (tenant_id) DO UPDATE SET seq = t.seq + 1 RETURNING t.seq INTO NEW.seq;
  RETURN NEW;
END $$;
CREATE TRIGGER event_order BEFORE INSERT ON event FOR EACH ROW EXECUTE FUNCTION leitai_event_order();

-- A wake-up carries the tenant and nothing else; it is sent at the commit.
CREATE FUNCTION leitai_event_told() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('leitai_event', n.tenant_id::text) FROM (SELECT DISTINCT added.tenant_id FROM added) n;
  RETURN NULL;
END $$;
CREATE TRIGGER event_told AFTER INSERT ON event REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION leitai_event_told();

-- ---- rights ----------------------------------------------------------------

-- Whoever follows a stream is asked again for the right to it when something
-- changes on which rights rest. leitai_rights carries the tenant concerned, or
-- nothing for all of them. It says nothing about what changed: that is read anew.
CREATE FUNCTION leitai_rights_moved() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP <> 'INSERT' THEN
    PERFORM pg_notify('leitai_rights', OLD.tenant_id::text);
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM pg_notify('leitai_rights', NEW.tenant_id::text);
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER rights_moved AFTER INSERT OR UPDATE OR DELETE ON role_grant FOR EACH ROW EXECUTE FUNCTION leitai_rights_moved();
CREATE TRIGGER rights_moved AFTER INSERT OR UPDATE OR DELETE ON tenant_role FOR EACH ROW EXECUTE FUNCTION leitai_rights_moved();
CREATE TRIGGER rights_moved AFTER INSERT OR UPDATE OR DELETE ON adoption FOR EACH ROW EXECUTE FUNCTION leitai_rights_moved();
CREATE TRIGGER rights_moved AFTER DELETE OR UPDATE OF revoked_at, expires_at, scopes, units, read_only ON api_token FOR EACH ROW EXECUTE FUNCTION leitai_rights_moved();
CREATE TRIGGER rights_moved AFTER DELETE OR UPDATE OF hash, tenant_id, expires_at ON session FOR EACH ROW EXECUTE FUNCTION leitai_rights_moved();
CREATE TRIGGER rights_moved AFTER UPDATE OF user_id ON person FOR EACH ROW EXECUTE FUNCTION leitai_rights_moved();

-- What concerns more than one tenant, or nobody knows which.
CREATE FUNCTION leitai_rights_moved_anywhere() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('leitai_rights', '');
  RETURN NULL;
END $$;
CREATE TRIGGER rights_moved AFTER UPDATE OF status, kind ON app_user FOR EACH STATEMENT EXECUTE FUNCTION leitai_rights_moved_anywhere();
CREATE TRIGGER rights_moved AFTER UPDATE OF status ON tenant FOR EACH STATEMENT EXECUTE FUNCTION leitai_rights_moved_anywhere();
CREATE TRIGGER rights_moved AFTER INSERT OR UPDATE OR DELETE ON tenant_hold FOR EACH STATEMENT EXECUTE FUNCTION leitai_rights_moved_anywhere();
CREATE TRIGGER rights_moved AFTER INSERT OR UPDATE OR DELETE ON tenant_plan FOR EACH STATEMENT EXECUTE FUNCTION leitai_rights_moved_anywhere();
CREATE TRIGGER rights_moved AFTER UPDATE OF parent_id ON unit FOR EACH STATEMENT EXECUTE FUNCTION leitai_rights_moved_anywhere();

-- When a credential ends by time alone: its own end, or that of the first grant
-- of its user that has one. Null when it is good no longer.
CREATE FUNCTION credential_until(credential_kind text, credential_hash bytea) RETURNS timestamptz
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH known AS (
  SELECT s.user_id, s.tenant_id, least(s.expires_at, s.idle_until) until FROM session s WHERE credential_kind = 'session' AND s.hash = credential_hash
  UNION ALL
  SELECT t.user_id, t.tenant_id, t.expires_at FROM api_token t WHERE credential_kind <> 'session' AND t.secret_hash = credential_hash AND t.revoked_at IS NULL)
SELECT least(k.until, (SELECT min(g.valid_until) FROM role_grant g WHERE g.user_id = k.user_id AND g.tenant_id = k.tenant_id AND g.revoked_at IS NULL
  AND g.valid_until > clock_timestamp())) FROM known k $$;

GRANT SELECT (hash, user_id, tenant_id, expires_at, idle_until) ON session TO leitai_lookup;
GRANT SELECT (secret_hash, user_id, tenant_id, expires_at, revoked_at) ON api_token TO leitai_lookup;
GRANT SELECT (user_id, tenant_id, revoked_at, valid_until) ON role_grant TO leitai_lookup;

GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
ALTER FUNCTION leitai_event_order() OWNER TO leitai_lookup;
ALTER FUNCTION credential_until(text, bytea) OWNER TO leitai_lookup;
REVOKE ALL ON FUNCTION leitai_event_order(), credential_until(text, bytea) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION credential_until(text, bytea) TO leitai_app, leitai_job;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
