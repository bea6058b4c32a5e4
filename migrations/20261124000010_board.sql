-- A published board never changes and is read over and over, whole: it is laid
-- out once, when its standings are written, as one row. The standings stay what
-- counts; this follows from them and is made again with every row of theirs,
-- whoever writes it.

CREATE TABLE board (
  id uuid PRIMARY KEY, -- the publication's
  tenant_id uuid NOT NULL REFERENCES tenant (id),
  region text NOT NULL,
  round_id uuid NOT NULL,
  revision integer NOT NULL CHECK (revision > 0),
  trial boolean NOT NULL,
  audience text NOT NULL CHECK (audience IN ('person','township','county','public')), -- of the publication, so that the policy needs no join
  show text NOT NULL,           -- of the template: what of a ranking is shown (G8)
  best text[] NOT NULL,         -- keys of the template's bands of the best
  worst text[] NOT NULL,        -- and of the worst
  public_hash text NOT NULL,
  published_at timestamptz NOT NULL,
  units uuid[] NOT NULL,        -- the places; their names and codes are those of today
  lines text NOT NULL,          -- one a standing, by position; fields apart by tabs (leitai_board_line)
  UNIQUE (tenant_id, id),
  UNIQUE (tenant_id, round_id, revision),
  FOREIGN KEY (tenant_id, id) REFERENCES publication (tenant_id, id),
  FOREIGN KEY (tenant_id, round_id) REFERENCES round (tenant_id, id)
) WITH (toast_tuple_target = 8160); -- a board of thirty stays in the row, uncompressed
CREATE INDEX board_round ON board (round_id, revision); -- a county looks for one round in many townships
CALL leitai_tenant_table('board', 'app.draft_tenants', '');
CREATE POLICY r_published ON board FOR SELECT USING (NOT trial AND (
  tenant_id = (SELECT app_tenant()) AND audience <> 'person'
  OR audience IN ('township','county','public') AND tenant_id = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[])));
CREATE TRIGGER fixed_home BEFORE UPDATE ON board FOR EACH ROW EXECUTE FUNCTION leitai_fixed_home();
GRANT SELECT, INSERT, UPDATE (units, lines) ON board TO leitai_lookup;
GRANT SELECT (region) ON publication TO leitai_lookup;

-- leitai_board_line joins fields by tabs; as COPY does, it writes a tab, a new
-- line and a backslash inside a field as \t, \n and \\. NULL is an empty field.
CREATE FUNCTION leitai_board_line(VARIADIC fields text[]) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
SELECT string_agg(coalesce(replace(replace(replace(f.value, '\', '\\'), E'\t', '\t'), E'\n', '\n'), ''), E'\t' ORDER BY f.at)
FROM unnest(fields) WITH ORDINALITY f(value, at) $$;

-- leitai_lay_boards lays out the boards of publications, or all for NULL.
CREATE FUNCTION leitai_lay_boards(publications uuid[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
INSERT INTO board AS b (id, tenant_id, region, round_id, revision, trial, audience, show, best, worst, public_hash, published_at, units, lines)
SELECT p.id, p.tenant_id, p.region, p.round_id, p.revision, p.trial, p.audience, coalesce(d.doc->'ranking'->>'show', ''),
  ARRAY(SELECT x->>'key' FROM jsonb_array_elements(coalesce(d.doc->'bands', '[]')) x WHERE x ? 'best'),
  ARRAY(SELECT x->>'key' FROM jsonb_array_elements(coalesce(d.doc->'bands', '[]')) x WHERE x ? 'worst'),
  p.public_hash, p.published_at, l.units, l.lines
FROM publication p
JOIN round r ON r.tenant_id = p.tenant_id AND r.id = p.round_id
LEFT JOIN LATERAL (SELECT nullif(t.canonical, '')::jsonb doc FROM template_version t
  WHERE t.tenant_id = r.tenant_id AND t.id = r.template_version_id AND t.state = 'active' OFFSET 0) d ON true -- parsed once
JOIN LATERAL (SELECT array_agg(DISTINCT s.unit_id) units, string_agg(leitai_board_line(
    s.unit_id::text, nullif(s.subject_id, s.unit_id)::text, s.subject_kind, s.code, s.name, s.total::text, s.rank::text, s.rank_exact::text,
    s.rank_change::text, s.rank_low::text, s.rank_high::text, nullif(s.bands, '{}')::text, s.unranked, s.track, s.track_rank::text, s.percentile::text,
    s.light, k.streaks, nullif(s.parts, '[]')::text, nullif(s.grades, '[]')::text, nullif(s.vetoes, '{}')::text),
    E'\n' ORDER BY s.position, s.subject_id) lines
  FROM standing s
  CROSS JOIN LATERAL (SELECT array_agg(x.value ORDER BY e.at, x.at)::text streaks -- key, length and whether it counted, one after the other
    FROM jsonb_array_elements(CASE jsonb_typeof(s.streaks) WHEN 'array' THEN s.streaks ELSE '[]' END) WITH ORDINALITY e(streak, at),
      unnest(ARRAY[e.streak->>'key', e.streak->>'count', coalesce(e.streak->>'triggered', 'false')]) WITH ORDINALITY x(value, at)) k
  WHERE s.tenant_id = p.tenant_id AND s.publication_id = p.id) l ON l.units IS NOT NULL
WHERE publications IS NULL OR p.id = ANY (publications)
ON CONFLICT (id) DO UPDATE SET units = excluded.units, lines = excluded.lines $$;

CREATE FUNCTION leitai_board() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
  PERFORM leitai_lay_boards(ARRAY(SELECT DISTINCT a.publication_id FROM added a));
  RETURN NULL;
END $$;
CREATE TRIGGER board AFTER INSERT ON standing REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION leitai_board();

-- shared_boards is shared_standings of a board that is laid out: one that is
-- published to more than its own line of tenants (Q35). shared_standings stays
-- for programs of the release before.
CREATE FUNCTION shared_boards(wanted uuid, wanted_revision integer)
RETURNS TABLE (tenant_id uuid, round_id uuid, competition_id uuid, period text, held date, trial boolean, superseded boolean, publication_id uuid,
               revision integer, audience text, show text, best text[], worst text[], public_hash text, published_at timestamptz, lines text,
               places text, host_kind text, host_name text, host_unit uuid, host_region text, host_zone text, host_demo boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT b.tenant_id, b.round_id, r.competition_id, r.period, r.held, r.trial, r.published_revision > b.revision, b.id, b.revision, b.audience,
       b.show, b.best, b.worst, b.public_hash, b.published_at, b.lines, (
  SELECT string_agg(concat_ws(E'\t', u.id, coalesce(u.code, u.id::text), translate(u.shown_name, E'\n', ' ')), E'\n') FROM unit u WHERE u.id = ANY (b.units)), t.kind, t.name, t.unit_id, t.region, t.time_zone, t.demo
FROM board b
JOIN round r ON r.tenant_id = b.tenant_id AND r.id = b.round_id
JOIN tenant t ON t.id = b.tenant_id AND t.status = 'active'
WHERE b.round_id = wanted AND NOT r.trial AND NOT b.trial AND (wanted_revision = 0 OR b.revision = wanted_revision) AND (SELECT app_tenant()) IS NOT NULL
  AND (b.audience = 'public' OR b.audience = 'county' AND (b.tenant_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]) OR EXISTS (
    SELECT FROM adoption l JOIN adoption u ON u.tenant_id = l.other_id AND u.other_id = l.tenant_id AND u.side = 'upper' AND u.ended_at IS NULL
    WHERE l.tenant_id = b.tenant_id AND l.side = 'lower' AND l.ended_at IS NULL AND l.other_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]))))
ORDER BY b.revision DESC LIMIT 1 $$;

GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
ALTER FUNCTION leitai_lay_boards(uuid[]) OWNER TO leitai_lookup;
ALTER FUNCTION leitai_board() OWNER TO leitai_lookup;
ALTER FUNCTION shared_boards(uuid, integer) OWNER TO leitai_lookup;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
SELECT leitai_lay_boards(NULL); -- what was published before
REVOKE ALL ON FUNCTION leitai_lay_boards(uuid[]) FROM PUBLIC;
REVOKE ALL ON FUNCTION leitai_board() FROM PUBLIC;
REVOKE ALL ON FUNCTION shared_boards(uuid, integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION shared_boards(uuid, integer) TO leitai_app, leitai_job;
