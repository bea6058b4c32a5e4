import { Button } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useMe } from '@/api/session';
import { Choice } from '@/parts/fields';
import { Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import { WhoCanDocument } from './operations';
import { PlaceChoice, usePlaces } from './places';

const said = words({
  title: '谁可以做什么，为什么', what: '做什么', choose: '请选择权限', ask: '查询', nobody: '目前没有人可以在这里做这件事。可在下方授予角色。', incomplete: '除授权外，本人负责的项目或所在评审组也可能带来权限，未列在此。',
  line: (login: string, unit: string, label: string) => `${login}：在${unit}担任“${label}”`, wide: '对全部下级有效', until: (m: string) => `至 ${m}`, only: (d: string) => `仅限 ${d}`,
}, {
  title: 'Who can do what, and why', what: 'What', choose: 'Choose a permission', ask: 'Ask', nobody: 'Nobody can do this here now. Give a role below.', incomplete: 'Owners of items and members of panels may also be entitled; they are not listed.',
  line: (login: string, unit: string, label: string) => `${login}: ${label} of ${unit}`, wide: 'for everything below', until: (m: string) => `until ${m}`, only: (d: string) => `for ${d} only`,
});

/** Asks by which grants somebody may do something at a place. */
export function WhoMay() {
  const w = useWords(said);
  const own = useMe().tenant.unit;
  const moment = useMoment();
  const [open, setOpen] = useState(false);
  const { units, permissions } = usePlaces(open);
  const [permission, setPermission] = useState('');
  const [unit, setUnit] = useState(own.id);
  const [asked, setAsked] = useState<{ permission: string; unit: string } | null>(null);
  const [{ data, error }] = useQuery({ query: WhoCanDocument, variables: asked ?? { permission: '', unit: '' }, pause: !asked });
  return (
    <details className="card no-print" onToggle={(e) => setOpen(e.currentTarget.open)}>
      <summary>{w.title}</summary>
      <form onSubmit={(e) => { e.preventDefault(); setAsked({ permission, unit }); }}>
        <div className="fields">
          <Choice label={w.what} value={permission} onChange={setPermission} required empty={w.choose} options={permissions.map((p) => ({ value: p.permission, label: `${p.description}（${p.permission}）` }))} />
          <PlaceChoice units={units} by="id" value={unit} onChange={setUnit} />
        </div>
        <p><Button htmlType="submit">{w.ask}</Button></p>
      </form>
      {asked && <Read data={data} error={error}>{({ whoCan }) => (
        <div role="status">
          {whoCan.reasons.length === 0 ? <p>{w.nobody}</p> : <ul className="plain">{whoCan.reasons.map((r) => (
            <li key={r.grantId}>{w.line(r.login, r.unit.shownName, r.label)}{r.wide && `，${w.wide}`}{r.dimensions.length > 0 && `，${w.only(r.dimensions.join('、'))}`}{r.validUntil && `，${w.until(moment(r.validUntil))}`}</li>
          ))}</ul>}
          {!whoCan.complete && <p className="faint">{w.incomplete}</p>}
        </div>
      )}</Read>}
    </details>
  );
}
