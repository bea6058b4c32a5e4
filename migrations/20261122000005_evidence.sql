-- Evidence: the files that were taken in, the pieces that tie them to a village,
-- an item and a day, and what villages are asked for. What belongs to a round or
-- a competition goes with it when a trial is wiped; its files are then swept.

-- A file in the blob store under a key that the server made; the same content is
-- held once by a tenant. The row comes after the file: what is acknowledged is
-- there. A file that no piece names is swept some days after it was last sent.
CREATE TABLE evidence_file (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  key text NOT NULL,                        -- of the object in the store
  thumbnail text NOT NULL DEFAULT '',       -- key of the small picture; '' for documents
  sha256 text NOT NULL CHECK (sha256 ~ '^[0-9a-f]{64}$'), -- of what is stored: pictures are drawn anew without their metadata
  media_type text NOT NULL CHECK (media_type ~ '^[a-z]+/[a-z0-9.+-]+$'),
  bytes bigint NOT NULL CHECK (bytes > 0),
  width integer NOT NULL DEFAULT 0,         -- pixels; 0 for documents
  height integer NOT NULL DEFAULT 0,
  name text NOT NULL DEFAULT '',            -- what the sender called it, for downloads only
  uploaded_by uuid NOT NULL,                -- the user who sent it first
  senders uuid[] NOT NULL DEFAULT '{}',     -- every user who sent this content
  uploaded_at timestamptz NOT NULL,         -- when it was last sent
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, sha256),
  UNIQUE (tenant_id, key)
);
CALL leitai_tenant_table('evidence_file', 'app.draft_tenants');

-- A piece of evidence about one village and one item on one day. A later round
-- takes it over by a row of its own that names the earlier piece (G4).
CREATE TABLE evidence_item (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  competition_id uuid NOT NULL,
  round_id uuid,                            -- null: given between rounds
  unit_id uuid NOT NULL REFERENCES unit (id),
  subject_id uuid NOT NULL,                 -- the contestant; the unit itself where units compete
  item_key text NOT NULL DEFAULT '',
  check_key text NOT NULL DEFAULT '',       -- one check of a checklist item
  kind text NOT NULL CHECK (kind IN ('document','photo','observed','interview')),
  taken_on date NOT NULL,
  note text NOT NULL DEFAULT '',
  file_id uuid,                             -- null: seen on paper, observed or asked (G3)
  asked_role text NOT NULL DEFAULT '',      -- interview: the post of whoever was asked (B23)
  answer text NOT NULL DEFAULT '' CHECK (answer IN ('','known','partly','unknown')),
  reuses uuid,                              -- the earlier piece
  entered_by uuid NOT NULL,
  entered_at timestamptz NOT NULL,
  withdrawn_by uuid,
  withdrawn_at timestamptz,
  withdrawn_reason text NOT NULL DEFAULT '',
  CHECK (kind <> 'photo' OR file_id IS NOT NULL),
  CHECK ((kind = 'interview') = (answer <> '')),
  CHECK ((withdrawn_at IS NULL) = (withdrawn_reason = '') AND (withdrawn_at IS NULL) = (withdrawn_by IS NULL)),
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, file_id) REFERENCES evidence_file (tenant_id, id),
  FOREIGN KEY (tenant_id, reuses) REFERENCES evidence_item (tenant_id, id) ON DELETE SET NULL (reuses),
  FOREIGN KEY (tenant_id, entered_by) REFERENCES person (tenant_id, id),
  FOREIGN KEY (tenant_id, withdrawn_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX evidence_item_round ON evidence_item (tenant_id, round_id, unit_id);
CREATE INDEX evidence_item_unit ON evidence_item (tenant_id, unit_id, item_key, kind);
CREATE INDEX evidence_item_file ON evidence_item (tenant_id, file_id);
CALL leitai_tenant_table('evidence_item', 'app.draft_tenants', 'insert,update');

-- What a village was asked for. The county sees it (G9); one that the village
-- had given already points to that piece from the start (G4).
CREATE TABLE evidence_request (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  competition_id uuid NOT NULL,
  round_id uuid,
  trial boolean NOT NULL DEFAULT false,
  unit_id uuid NOT NULL REFERENCES unit (id),
  item_key text NOT NULL DEFAULT '',
  check_key text NOT NULL DEFAULT '',
  kind text NOT NULL CHECK (kind IN ('document','photo','observed','interview')),
  note text NOT NULL DEFAULT '',
  due date NOT NULL,
  given_id uuid,                            -- the piece that answers it
  already boolean NOT NULL DEFAULT false,   -- it was there when it was asked for
  asked_by uuid NOT NULL,
  asked_on date NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE NULLS NOT DISTINCT (tenant_id, competition_id, round_id, unit_id, item_key, check_key, kind),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, given_id) REFERENCES evidence_item (tenant_id, id) ON DELETE SET NULL (given_id),
  FOREIGN KEY (tenant_id, asked_by) REFERENCES person (tenant_id, id)
);
CREATE INDEX evidence_request_unit ON evidence_request (tenant_id, unit_id, asked_on);
CALL leitai_tenant_table('evidence_request', 'app.draft_tenants', 'insert,update');
CREATE POLICY r_asked ON evidence_request FOR SELECT USING (NOT trial AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[]));

-- Good practice with its pictures (A42, B06). What is shared is read by the
-- county and, through shared_highlights, by the other townships it adopted.
CREATE TABLE highlight (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  unit_id uuid NOT NULL REFERENCES unit (id),
  competition_id uuid,
  round_id uuid,
  trial boolean NOT NULL DEFAULT false,
  item_key text NOT NULL DEFAULT '',
  dimension text NOT NULL,                  -- of the county's dictionary
  title text NOT NULL CHECK (title <> ''),
  body text NOT NULL DEFAULT '',
  shared boolean NOT NULL DEFAULT false,    -- with the county
  entered_by uuid NOT NULL,
  entered_on date NOT NULL,
  revision integer NOT NULL DEFAULT 1,
  UNIQUE (tenant_id, id),
  FOREIGN KEY (tenant_id, competition_id) REFERENCES competition (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, entered_by) REFERENCES person (tenant_id, id),
  CHECK (NOT (trial AND shared))
);
CREATE INDEX highlight_dimension ON highlight (tenant_id, dimension);
CALL leitai_tenant_table('highlight', 'app.draft_tenants');
CREATE POLICY r_shared ON highlight FOR SELECT USING (shared AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[]));

CREATE TABLE highlight_evidence (
  id uuid PRIMARY KEY,
  tenant_id uuid NOT NULL,
  region text NOT NULL,
  highlight_id uuid NOT NULL,
  evidence_id uuid NOT NULL,
  position integer NOT NULL,
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, highlight_id, evidence_id),
  FOREIGN KEY (tenant_id, highlight_id) REFERENCES highlight (tenant_id, id) ON DELETE CASCADE,
  FOREIGN KEY (tenant_id, evidence_id) REFERENCES evidence_item (tenant_id, id) ON DELETE CASCADE
);
CALL leitai_tenant_table('highlight_evidence', 'app.draft_tenants');

-- shared_with says whether what a tenant shares with its county may be read here:
-- by the tenant itself, by those above it, and by the others of its county.
CREATE FUNCTION shared_with(host uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT (SELECT app_tenant()) IS NOT NULL AND (host = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[]) OR EXISTS (
  SELECT FROM adoption l JOIN adoption u ON u.tenant_id = l.other_id AND u.other_id = l.tenant_id AND u.side = 'upper' AND u.ended_at IS NULL
  WHERE l.tenant_id = host AND l.side = 'lower' AND l.ended_at IS NULL AND l.other_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]))) $$;

-- shared_highlights lists what the own county's tenants share, newest first; an
-- empty dimension means all. after is the id the page before ended with.
CREATE FUNCTION shared_highlights(wanted text, after uuid, most integer)
RETURNS TABLE (id uuid, tenant_id uuid, host text, unit_id uuid, dimension text, item_key text, title text, body text, entered_on date, files uuid[])
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT h.id, h.tenant_id, t.name, h.unit_id, h.dimension, h.item_key, h.title, h.body, h.entered_on,
       ARRAY(SELECT e.file_id FROM highlight_evidence x JOIN evidence_item e ON e.tenant_id = x.tenant_id AND e.id = x.evidence_id
             WHERE x.tenant_id = h.tenant_id AND x.highlight_id = h.id AND e.withdrawn_at IS NULL AND e.file_id IS NOT NULL ORDER BY x.position)
FROM highlight h JOIN tenant t ON t.id = h.tenant_id AND t.status = 'active'
WHERE h.shared AND (wanted = '' OR h.dimension = wanted) AND (after IS NULL OR h.id < after) AND shared_with(h.tenant_id)
ORDER BY h.id DESC LIMIT least(most, 200) $$;

-- shared_file finds a file of a highlight that is shared here; nothing else.
CREATE FUNCTION shared_file(wanted uuid)
RETURNS TABLE (id uuid, tenant_id uuid, key text, thumbnail text, sha256 text, media_type text, bytes bigint, width integer, height integer, name text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT f.id, f.tenant_id, f.key, f.thumbnail, f.sha256, f.media_type, f.bytes, f.width, f.height, f.name
FROM evidence_file f JOIN tenant t ON t.id = f.tenant_id AND t.status = 'active'
WHERE f.id = wanted AND EXISTS (
  SELECT FROM evidence_item e JOIN highlight_evidence x ON x.tenant_id = e.tenant_id AND x.evidence_id = e.id
  JOIN highlight h ON h.tenant_id = x.tenant_id AND h.id = x.highlight_id
  WHERE e.tenant_id = f.tenant_id AND e.file_id = f.id AND e.withdrawn_at IS NULL AND h.shared) AND shared_with(f.tenant_id) $$;

-- shared_rubrics lists the items by which rounds were judged that are published
-- to the own county or to everybody, newest first; the own line of tenants
-- reads every published one. Results are not among it.
CREATE FUNCTION shared_rubrics(wanted text, most integer)
RETURNS TABLE (tenant_id uuid, host text, round_id uuid, competition text, period text, held date, item_key text, name_zh text, name_en text,
               dimension text, points text, criteria text)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT i.tenant_id, t.name, r.id, c.name, r.period, r.held, i.key, i.name_zh, i.name_en, i.dimension, i.points::text, i.criteria
FROM rubric_item i
JOIN round r ON r.tenant_id = i.tenant_id AND r.id = i.round_id AND r.state = 'published' AND NOT r.trial
JOIN competition c ON c.tenant_id = r.tenant_id AND c.id = r.competition_id
JOIN tenant t ON t.id = i.tenant_id AND t.status = 'active'
WHERE (wanted = '' OR i.dimension = wanted) AND EXISTS (
  SELECT FROM publication p WHERE p.tenant_id = r.tenant_id AND p.round_id = r.id AND p.revision = r.published_revision AND (
    p.audience = 'public' AND (SELECT app_tenant()) IS NOT NULL
    OR p.audience <> 'person' AND r.tenant_id = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[])
    OR p.audience = 'county' AND shared_with(r.tenant_id)))
ORDER BY r.held DESC, i.tenant_id, r.id, i.position LIMIT least(most, 500) $$;

GRANT SELECT ON evidence_file, evidence_item, highlight, highlight_evidence TO leitai_lookup;
GRANT SELECT (tenant_id, round_id, position, key, name_zh, name_en, dimension, points, criteria) ON rubric_item TO leitai_lookup;
GRANT SELECT (state) ON round TO leitai_lookup;
GRANT SELECT (name) ON competition TO leitai_lookup;
GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
ALTER FUNCTION shared_with(uuid) OWNER TO leitai_lookup;
ALTER FUNCTION shared_highlights(text, uuid, integer) OWNER TO leitai_lookup;
ALTER FUNCTION shared_file(uuid) OWNER TO leitai_lookup;
ALTER FUNCTION shared_rubrics(text, integer) OWNER TO leitai_lookup;
REVOKE ALL ON FUNCTION shared_with(uuid), shared_highlights(text, uuid, integer), shared_file(uuid), shared_rubrics(text, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shared_highlights(text, uuid, integer), shared_file(uuid), shared_rubrics(text, integer) TO leitai_app, leitai_job;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;

CREATE TRIGGER fixed_home BEFORE UPDATE ON evidence_file FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
CREATE TRIGGER fixed_home BEFORE UPDATE ON evidence_item FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
CREATE TRIGGER fixed_home BEFORE UPDATE ON evidence_request FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
CREATE TRIGGER fixed_home BEFORE UPDATE ON highlight FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
CREATE TRIGGER fixed_home BEFORE UPDATE ON highlight_evidence FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
