import { Alert, Button } from 'antd';
import { useMemo, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useQuery } from 'urql';
import type { EvidenceKind } from '@/api/schema';
import { useMe, useSession } from '@/api/session';
import { Choice } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { AddPiece, type Start } from './add';
import { AskVillages } from './ask';
import { EvidenceHomeDocument, EvidenceRoundDocument, type EvidenceHomeQuery } from './operations';
import { Missing, Requests } from './open';
import { Pieces } from './pieces';
import { said } from './words';
import './evidence.css';

const pick = (d: EvidenceHomeQuery) => d.evidence;

/** A date so many days on. */
function shifted(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** What is asked, what is missing, what is there. */
export default function EvidenceView() {
  const w = useWords(said);
  const { may } = useSession();
  const { today, tenant } = useMe();
  const [search, setSearch] = useSearchParams();
  const [start, setStart] = useState<Start | null>(null);
  const [asking, setAsking] = useState(false);
  const [told, setTold] = useState('');
  const [village, kind, round] = [search.get('village') ?? '', search.get('kind') ?? '', search.get('round') ?? ''];
  const put = (key: string, value: string) => setSearch((s) => { if (value) s.set(key, value); else s.delete(key); return s; }, { replace: true });
  const variables = useMemo(() => ({ from: shifted(today, -365), to: shifted(today, 365), unitCode: village || null, kind: kind in said.zh.kinds ? kind as EvidenceKind : null, township: tenant.unit.id }), [today, village, kind, tenant.unit.id]);
  const list = useMore(EvidenceHomeDocument, variables, pick);
  const [ofRound, readRound] = useQuery({ query: EvidenceRoundDocument, variables: { round }, pause: !round });
  const again = () => { list.again(); if (round) readRound({ requestPolicy: 'network-only' }); };
  const data = list.data;
  const own = data?.viewer.roles.flatMap((r) => r.unit.level === 'VILLAGE' ? [r.unit] : []) ?? [];
  const villages = may('round:open') || own.length === 0 ? data?.units.nodes ?? [] : own;
  return (
    <Page title={w.title} about={w.about} actions={may('evidence:write') && data && <>
      <Button type="primary" onClick={() => setStart({ round })}>{w.add}</Button>
      {may('round:open') && <Button onClick={() => setAsking(true)}>{w.ask}</Button>}
    </>}>
      {told && <Alert role="status" type="success" showIcon title={told} closable={{ onClose: () => setTold('') }} />}
      <Read data={data} error={list.error} again={list.again}>
        {(d) => (
          <>
            <Requests requests={d.evidenceRequests} give={may('evidence:write') ? (s) => setStart({ ...s, round }) : null} />
            <section className="card evidence-part">
              <h2>{w.missing}</h2>
              <Choice label={w.chooseRound} value={round} empty={w.choose} options={d.rounds.nodes.filter((r) => r.state !== 'CANCELLED').map((r) => ({ value: r.id, label: `${r.competition.name} ${r.period}` }))} onChange={(v) => put('round', v)} />
              {!round ? <p className="faint">{w.noRound}</p> : <Read data={ofRound.data} error={ofRound.error} again={again}>{(r) => <Missing data={r} give={may('evidence:write') ? (s) => setStart({ ...s, round }) : null} />}</Read>}
            </section>
            <section className="card evidence-part">
              <h2>{w.pieces}</h2>
              <div className="fields no-print">
                {villages.length > 1 && <Choice label={w.village} value={village} empty={w.allVillages} options={villages.map((u) => ({ value: u.code ?? '', label: u.shownName }))} onChange={(v) => put('village', v)} />}
                <Choice label={w.kind} value={kind} empty={w.allKinds} options={(Object.keys(w.kinds) as EvidenceKind[]).map((k) => ({ value: k, label: w.kinds[k] }))} onChange={(v) => put('kind', v)} />
              </div>
              <Pieces list={list} rounds={d.rounds.nodes} filtered={village !== '' || kind !== ''} again={again} />
            </section>
            {start && <AddPiece start={start} close={() => setStart(null)} home={d} villages={villages} again={again} />}
            <AskVillages open={asking} close={() => setAsking(false)} home={d} asked={(text) => { setTold(text); again(); }} />
          </>
        )}
      </Read>
    </Page>
  );
}
