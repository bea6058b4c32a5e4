-- Figures of the whole service, for its operator's dashboards and alerts: counts
-- by words of the program (kind of tenant, state, days past due), never by
-- tenant, unit or person, and no row of anybody. One process at a time reads
-- them, once a minute.

-- Whose turn it is. A process that has ended loses it after some minutes.
CREATE TABLE figures_turn (
  id smallint PRIMARY KEY CHECK (id = 1),
  holder uuid,
  until timestamptz NOT NULL
);
INSERT INTO figures_turn VALUES (1, NULL, '-infinity');
GRANT SELECT, UPDATE (holder, until) ON figures_turn TO leitai_lookup;
GRANT SELECT ON figures_turn TO leitai_maint;

-- What is under way is little beside what is done: each count looks at that alone.
CREATE INDEX round_under_way ON round (tenant_id) WHERE state NOT IN ('published','cancelled');
CREATE INDEX objection_waiting ON objection (tenant_id) WHERE state IN ('filed','accepted');
CREATE INDEX issue_unfinished ON issue (tenant_id) WHERE state <> 'closed';
CREATE INDEX poll_closed ON poll (closed_at) WHERE state = 'closed';

-- figures_take gives the turn to a process for some milliseconds, or says that
-- another has it.
CREATE FUNCTION figures_take(taker uuid, lasting integer) RETURNS boolean
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  UPDATE figures_turn t SET holder = taker, until = clock_timestamp() + make_interval(secs => least(lasting, 600000) / 1000.0)
    WHERE t.id = 1 AND (t.holder = taker OR t.until <= clock_timestamp()) RETURNING true $$;

-- figures_late is one of four words for a number of days past a due day.
CREATE FUNCTION figures_late(days integer) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT CASE WHEN days <= 0 THEN 'none' WHEN days <= 3 THEN '1-3' WHEN days <= 7 THEN '4-7' ELSE 'over-7' END $$;

-- figures counts one kind of thing: tenants; rounds that are not over, by the
-- days past their day or past the end of their objections; marks that wait for a
-- second person, in rounds that take marks; objections that wait for a decision
-- or to be carried out, by the days past their period; issues that are not
-- closed, by light; and of the ballots that were closed in the last 31 days
-- voters, those present, and what was cast. The moment is the business clock's;
-- trials and tenants that are suspended do not count.
CREATE FUNCTION figures(what text, moment timestamptz) RETURNS TABLE (tenant_kind text, demo boolean, state text, late text, n bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
  CASE what
  WHEN 'tenants' THEN
    RETURN QUERY SELECT t.kind, t.demo, t.status, 'none', count(*) FROM tenant t GROUP BY 1, 2, 3;
  WHEN 'rounds' THEN
    RETURN QUERY SELECT t.kind, t.demo, r.state,
        figures_late((moment AT TIME ZONE t.time_zone)::date - CASE WHEN r.state = 'provisional' THEN coalesce(r.objections_until, r.held) ELSE r.held END), count(*)
      FROM round r JOIN tenant t ON t.id = r.tenant_id AND t.status = 'active'
      WHERE r.state NOT IN ('published','cancelled') AND NOT r.trial GROUP BY 1, 2, 3, 4;
  WHEN 'marks' THEN
    RETURN QUERY SELECT t.kind, t.demo, 'waiting', 'none', sum(w.waiting)::bigint
      FROM round r JOIN tenant t ON t.id = r.tenant_id AND t.status = 'active'
      CROSS JOIN LATERAL (SELECT count(*) waiting FROM mark m WHERE m.tenant_id = r.tenant_id AND m.round_id = r.id
        AND NOT EXISTS (SELECT FROM mark_review v WHERE v.tenant_id = m.tenant_id AND v.mark_id = m.id)
        AND NOT EXISTS (SELECT FROM mark s WHERE s.tenant_id = m.tenant_id AND s.supersedes = m.id)) w
      WHERE r.state NOT IN ('published','cancelled') AND r.state = 'open' AND NOT r.trial GROUP BY 1, 2;
  WHEN 'objections' THEN
    RETURN QUERY SELECT t.kind, t.demo, o.state, figures_late((moment AT TIME ZONE t.time_zone)::date - coalesce(r.objections_until, r.held)), count(*)
      FROM objection o JOIN round r ON r.tenant_id = o.tenant_id AND r.id = o.round_id AND NOT r.trial
      JOIN tenant t ON t.id = o.tenant_id AND t.status = 'active'
      WHERE o.state IN ('filed','accepted') GROUP BY 1, 2, 3, 4;
  WHEN 'issues' THEN
    RETURN QUERY SELECT t.kind, t.demo, CASE WHEN d.days > 0 THEN 'red' WHEN d.days >= -3 THEN 'yellow' ELSE 'blue' END, figures_late(d.days), count(*)
      FROM issue i JOIN tenant t ON t.id = i.tenant_id AND t.status = 'active'
      JOIN competition c ON c.tenant_id = i.tenant_id AND c.id = i.competition_id AND NOT c.trial
      CROSS JOIN LATERAL (SELECT (moment AT TIME ZONE t.time_zone)::date - i.due AS days) d
      WHERE i.state <> 'closed' GROUP BY 1, 2, 3, 4;
  WHEN 'ballots' THEN
    RETURN QUERY SELECT t.kind, t.demo, f.state, 'none', sum(f.n)::bigint
      FROM poll p JOIN tenant t ON t.id = p.tenant_id AND t.status = 'active'
      JOIN competition c ON c.tenant_id = p.tenant_id AND c.id = p.competition_id AND NOT c.trial
      JOIN poll_group g ON g.tenant_id = p.tenant_id AND g.poll_id = p.id
      CROSS JOIN LATERAL (VALUES ('roster', g.due), ('present', g.present), ('cast', coalesce(g.used, 0) + coalesce(g.papers_returned, 0))) f(state, n)
      WHERE p.state = 'closed' AND p.closed_at > moment - interval '31 days' GROUP BY 1, 2, 3;
  END CASE;
END $$;

-- publications_to_prove names the publications after one, in the order of their
-- ids, so that a process that recomputes some of them from time to time comes
-- past each. It reads each as the program itself does, in its tenant.
CREATE FUNCTION publications_to_prove(after uuid, most integer) RETURNS TABLE (publication_id uuid, tenant_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT p.id, p.tenant_id FROM publication p WHERE p.id > after AND NOT p.trial ORDER BY p.id LIMIT least(most, 100) $$;

GRANT SELECT (id, kind, demo, status, time_zone) ON tenant TO leitai_lookup;
GRANT SELECT (id, tenant_id, trial, state, held, objections_until) ON round TO leitai_lookup;
GRANT SELECT (id, tenant_id, round_id, supersedes) ON mark TO leitai_lookup;
GRANT SELECT (tenant_id, mark_id) ON mark_review TO leitai_lookup;
GRANT SELECT (tenant_id, round_id, state) ON objection TO leitai_lookup;
GRANT SELECT (tenant_id, competition_id, due, state) ON issue TO leitai_lookup;
GRANT SELECT (id, tenant_id, trial) ON competition TO leitai_lookup;
GRANT SELECT (id, tenant_id, competition_id, state, closed_at) ON poll TO leitai_lookup;
GRANT SELECT (tenant_id, poll_id, due, present, used, papers_returned) ON poll_group TO leitai_lookup;
GRANT SELECT (id, tenant_id, trial) ON publication TO leitai_lookup;
GRANT CREATE ON SCHEMA public TO leitai_lookup; -- for the moment of the hand-over only
DO $$ DECLARE f regprocedure; BEGIN
  FOREACH f IN ARRAY ARRAY['figures_take(uuid, integer)', 'figures(text, timestamptz)', 'publications_to_prove(uuid, integer)']::regprocedure[] LOOP
    EXECUTE format('ALTER FUNCTION %s OWNER TO leitai_lookup', f);
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', f);
    EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO leitai_app, leitai_job', f);
  END LOOP;
END $$;
REVOKE CREATE ON SCHEMA public FROM leitai_lookup;
