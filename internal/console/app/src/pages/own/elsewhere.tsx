import { Button, Tag } from 'antd';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Problem } from '@/api/problem';
import { useSession, workIn } from '@/api/session';
import { Nothing, Page } from '@/parts/page';
import { ProblemNote } from '@/parts/problem';
import { useWords } from '@/words/language';
import { problemOfRest, useAsked } from './asked';
import { said } from './words';

interface Place { id: string; kind: string; name: string; current: boolean }

const placesOf = (value: unknown) => value as { tenants: Place[] };

/** The tenants somebody works in, and the way from one to another. */
export default function Elsewhere() {
  const w = useWords(said);
  const { restart } = useSession();
  const navigate = useNavigate();
  const { data, problem, again } = useAsked('/auth/tenants', placesOf);
  const [refused, setRefused] = useState<Problem | null>(null);
  const go = async (place: Place) => {
    setRefused(null);
    try {
      await workIn(place.id);
    } catch (e) {
      setRefused(problemOfRest(e));
      return;
    }
    await navigate('/');
    restart();
  };
  const all = data?.tenants ?? [];
  return (
    <Page title={w.elsewhere} about={w.elsewhereAbout}>
      <ProblemNote problem={problem} retry={again} />
      <ProblemNote problem={refused} />
      <div className="cards">{all.map((p) => (
        <article key={p.id} className="card">
          <h2 className="card-title">{p.name}</h2>
          <p className="faint">{(w.kind as Record<string, string>)[p.kind.toUpperCase()] ?? p.kind}</p>
          {p.current ? <Tag color="green">{w.here}</Tag> : <Button type="primary" aria-label={w.goTo(p.name)} onClick={() => void go(p)}>{w.go}</Button>}
        </article>
      ))}</div>
      {data && all.length < 2 && <Nothing>{w.one}</Nothing>}
    </Page>
  );
}
