import { Button } from 'antd';
import { useState } from 'react';
import { useMe } from '@/api/session';
import { ownerOf } from '@/parts/device';
import { offerNoMore, tourTo } from '@/parts/touring';
import { useWords } from '@/words/language';
import { toursFor } from './tours';
import { said } from './words';
import './tour.css';

/** On the home page of the demonstration, once: a tour for whoever is new. */
export default function Offer() {
  const w = useWords(said);
  const me = useMe();
  const [gone, setGone] = useState(false);
  const first = toursFor(me)[0];
  if (gone || !first) return null;
  const answered = (start: boolean) => {
    offerNoMore(ownerOf(me));
    setGone(true);
    if (start) tourTo({ tour: first.key, step: 0 });
  };
  return (
    <p className="tour-offer no-print">
      <span>{w.offer}</span>
      <Button size="small" onClick={() => answered(true)}>{w.go}</Button>
      <Button size="small" type="text" onClick={() => answered(false)}>{w.later}</Button>
    </p>
  );
}
