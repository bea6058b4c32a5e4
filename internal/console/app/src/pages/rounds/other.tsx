import { Flex, Input } from 'antd';
import { useState } from 'react';
import type { ArenaForm } from '@/api/schema';
import { useSession } from '@/api/session';
import { Choice, Field } from '@/parts/fields';
import { useWords } from '@/words/language';
import { CancelRoundDocument, ReopenRoundDocument, ThemeRoundDocument } from './operations';
import { said } from './overview.words';
import type { PartProps } from './round';
import { StepButton } from './stepbutton';

/** What is rarely done with a round: its theme, reopening, cancelling. */
export function OtherSteps({ round, names, again }: PartProps) {
  const w = useWords(said);
  const { may } = useSession();
  const before = round.state === 'PLANNED' || round.state === 'NOTIFIED';
  const over = round.state === 'PUBLISHED' || round.state === 'CANCELLED';
  return (
    <details className="card no-print" open={names.themes && before && round.theme === ''}>
      <summary><strong>{w.more}</strong></summary>
      <Flex vertical gap="large">
        {before && may('round:plan') && <Theme round={round} names={names} again={again} />}
        {!before && round.state !== 'OPEN' && round.state !== 'CANCELLED' && may('round:reopen') && <WithReason id="reopen" round={round} names={names} again={again} about={w.reopenAbout} button={w.reopen} />}
        {!over && may('round:cancel') && <WithReason id="cancel" round={round} names={names} again={again} about={w.cancelAbout} button={w.cancel} />}
      </Flex>
    </details>
  );
}

function WithReason({ id, round, again, about, button }: PartProps & { id: 'reopen' | 'cancel'; about: string; button: string }) {
  const w = useWords(said);
  const [reason, setReason] = useState('');
  const variables = { input: { round: round.id, revision: round.revision, reason } };
  return (
    <section aria-label={button}>
      <Field label={`${button}：${w.reason}`} wide><Input.TextArea rows={2} maxLength={2000} value={reason} onChange={(e) => setReason(e.target.value)} /></Field>
      {id === 'reopen'
        ? <StepButton quiet danger document={ReopenRoundDocument} payload={(d) => d.roundReopen} variables={variables} about={about} button={button} done={again} />
        : <StepButton quiet danger document={CancelRoundDocument} payload={(d) => d.roundCancel} variables={variables} about={about} button={button} done={again} />}
    </section>
  );
}

function Theme({ round, again }: PartProps) {
  const w = useWords(said);
  const [theme, setTheme] = useState(round.theme);
  const [form, setForm] = useState<string>(round.form ?? '');
  const variables = { input: { round: round.id, revision: round.revision, theme, form: form === '' ? null : form as ArenaForm } };
  return (
    <section aria-label={w.theme}>
      <div className="fields">
        <Field label={w.theme}><Input maxLength={200} value={theme} onChange={(e) => setTheme(e.target.value)} /></Field>
        <Choice label={w.form} value={form} onChange={setForm} empty={w.noForm} options={Object.entries(w.forms).map(([value, label]) => ({ value, label }))} />
      </div>
      <StepButton quiet document={ThemeRoundDocument} payload={(d) => d.roundTheme} variables={variables} about={w.themeAbout} button={w.saveTheme} done={again} />
    </section>
  );
}
