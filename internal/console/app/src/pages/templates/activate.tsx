import { Button } from 'antd';
import { useCallback, useState } from 'react';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { Asking } from '@/parts/asking';
import { useLanguage, useWords } from '@/words/language';
import { answerAt, placesOf, rowOf } from './answers';
import { useEditing } from './editing';
import { TemplateActivateNowDocument, type TemplateActivateNowMutation } from './operations';
import { readings } from './readings';
import { valueName } from './values';
import { said } from './words';

/** Activates a stored draft; what the template wants confirmed is confirmed one by one. */
export function Activate({ id, revision, toConfirm, ready, done }: { id: string; revision: number; toConfirm: readonly string[]; ready: boolean; done: () => void }) {
  const w = useWords(said);
  const { language } = useLanguage();
  const { may } = useSession();
  const [open, setOpen] = useState(false);
  const [have, setHave] = useState<string[]>([]);
  const act = useAct(TemplateActivateNowDocument, useCallback((d: TemplateActivateNowMutation) => d.templateActivate, []));
  if (!may('template:activate')) return <span className="faint">{w.needApprover}</span>;
  const submit = async () => {
    const answer = await act.run({ input: { template: id, revision, confirm: have } });
    if (answer) done();
    return answer !== null;
  };
  return (
    <>
      <Button disabled={!ready} title={ready ? undefined : w.saveFirst} onClick={() => setOpen(true)}>{w.activate}</Button>
      <Asking title={w.activate} open={open} close={() => setOpen(false)} act={act} submit={submit} button={w.activate} ready={toConfirm.every((t) => have.includes(t))}>
        <p className="field wide">{w.activateAbout}</p>
        {toConfirm.map((t) => (
          <div key={t} className="field wide">
            <label className="check"><input type="checkbox" checked={have.includes(t)} onChange={(x) => setHave(x.target.checked ? [...have, t] : have.filter((h) => h !== t))} /><strong>{w.confirmOne(valueName('confirmAtActivation', t, language))}</strong></label>
            <Confirmed part={t} />
          </div>
        ))}
      </Asking>
    </>
  );
}

/** What is confirmed: each question of that part, and how the document answers it. */
function Confirmed({ part }: { part: string }) {
  const e = useEditing();
  const asked = readings.filter((r) => r.path[0] === part).flatMap((r) => placesOf(e, r).map((place) => ({ r, place })));
  if (asked.length === 0) return null;
  return (
    <ul className="plain confirmed">{asked.map(({ r, place }) => (
      <li key={r.q + place.join('.')}>{e.language === 'en' ? r.en : r.zh}<br /><strong>{[rowOf(e, place), answerAt(e, place)].filter(Boolean).join('：')}</strong></li>
    ))}</ul>
  );
}
