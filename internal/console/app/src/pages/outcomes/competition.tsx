import { useState } from 'react';
import { useQuery } from 'urql';
import { Choice } from '@/parts/fields';
import { useWords } from '@/words/language';
import { AccountCompetitionsDocument } from './operations';
import { said } from './words';

/** The competition looked at: the first real one unless another is chosen. */
export function useCompetition() {
  const w = useWords(said);
  const [chosen, setChosen] = useState('');
  const [{ data, error }] = useQuery({ query: AccountCompetitionsDocument });
  const all = data?.competitions.nodes ?? [];
  const competition = chosen || (all.find((c) => !c.trial) ?? all[0])?.id || '';
  const choice = <Choice label={w.competition} value={competition} onChange={setChosen} options={all.map((c) => ({ value: c.id, label: c.name }))} />;
  const kinds = all.find((c) => c.id === competition)?.rollupKinds ?? [];
  return { competition, kinds, choice, data, error, none: data !== undefined && all.length === 0 };
}
