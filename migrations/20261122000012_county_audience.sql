-- What a county publishes to its county is read by its townships as well: a
-- board of the county's own contest between them, and what it shares with them
-- (Q35). Until now only the other townships' was.
CREATE OR REPLACE FUNCTION shared_with(host uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
SELECT (SELECT app_tenant()) IS NOT NULL AND (host = ANY ((SELECT app_setting_ids('app.tenants'))::uuid[])
  OR host = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]) OR EXISTS (
  SELECT FROM adoption l JOIN adoption u ON u.tenant_id = l.other_id AND u.other_id = l.tenant_id AND u.side = 'upper' AND u.ended_at IS NULL
  WHERE l.tenant_id = host AND l.side = 'lower' AND l.ended_at IS NULL AND l.other_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]))) $$;

CREATE OR REPLACE FUNCTION shared_standings(wanted uuid, wanted_revision integer)
RETURNS TABLE (tenant_id uuid, round_id uuid, competition_id uuid, period text, held date, trial boolean, superseded boolean, publication_id uuid,
               revision integer, audience text, show text, best text[], worst text[], public_hash text, published_at timestamptz, unit_id uuid, code text,
               name text, total text, rank integer, rank_exact integer, rank_change integer, bands text[], streaks jsonb, rank_low integer,
               rank_high integer, unranked text, subject_id uuid, subject_kind text, place text, track text, track_rank integer, percentile text,
               light text, parts jsonb, grades jsonb, vetoes text[],
               host_kind text, host_name text, host_unit uuid, host_region text, host_zone text, host_demo boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
WITH head AS MATERIALIZED (
  SELECT r.tenant_id, r.id round_id, r.competition_id, r.period, r.held, r.trial, r.published_revision > p.revision superseded, p.id, p.revision, p.audience,
         p.public_hash, p.published_at, v.canonical::jsonb doc, t.kind, t.name host_name, t.unit_id host_unit, t.region host_region, t.time_zone, t.demo
  FROM round r
  JOIN publication p ON p.tenant_id = r.tenant_id AND p.round_id = r.id
  JOIN tenant t ON t.id = r.tenant_id AND t.status = 'active'
  JOIN template_version v ON v.tenant_id = r.tenant_id AND v.id = r.template_version_id AND v.state = 'active'
  WHERE r.id = wanted AND NOT r.trial AND NOT p.trial AND (wanted_revision = 0 OR p.revision = wanted_revision) AND (SELECT app_tenant()) IS NOT NULL
    AND (p.audience = 'public' OR p.audience = 'county' AND (r.tenant_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]) OR EXISTS (
      SELECT FROM adoption l JOIN adoption u ON u.tenant_id = l.other_id AND u.other_id = l.tenant_id AND u.side = 'upper' AND u.ended_at IS NULL
      WHERE l.tenant_id = r.tenant_id AND l.side = 'lower' AND l.ended_at IS NULL AND l.other_id = ANY ((SELECT app_setting_ids('app.ancestors'))::uuid[]))))
  ORDER BY p.revision DESC LIMIT 1)
SELECT h.tenant_id, h.round_id, h.competition_id, h.period, h.held, h.trial, h.superseded, h.id, h.revision, h.audience, coalesce(h.doc->'ranking'->>'show', ''),
       ARRAY(SELECT b->>'key' FROM jsonb_array_elements(coalesce(h.doc->'bands', '[]')) b WHERE b ? 'best'),
       ARRAY(SELECT b->>'key' FROM jsonb_array_elements(coalesce(h.doc->'bands', '[]')) b WHERE b ? 'worst'), h.public_hash, h.published_at,
       s.unit_id, CASE WHEN s.code = '' THEN coalesce(n.code, n.id::text) ELSE s.code END, s.name, s.total::text, s.rank, s.rank_exact, s.rank_change,
       s.bands, s.streaks, s.rank_low, s.rank_high, s.unranked, s.subject_id, s.subject_kind, n.shown_name, s.track, s.track_rank, s.percentile::text,
       s.light, s.parts, s.grades, s.vetoes, h.kind, h.host_name, h.host_unit, h.host_region, h.time_zone, h.demo
FROM head h JOIN standing s ON s.tenant_id = h.tenant_id AND s.publication_id = h.id JOIN unit n ON n.id = s.unit_id
ORDER BY s.position $$;
