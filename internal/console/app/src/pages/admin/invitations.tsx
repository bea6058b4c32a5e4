import { Alert, Button, Input, QRCode, Tag } from 'antd';
import { useState } from 'react';
import { useAct } from '@/api/act';
import { useMe, useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Asking } from '@/parts/asking';
import { Choice, Field, MoreButton } from '@/parts/fields';
import { useMore } from '@/parts/more';
import { Nothing, Read } from '@/parts/page';
import { Secret } from '@/parts/secret';
import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import { AdminPage } from './frame';
import { AdminInvitationRevokeDocument, AdminInvitationsDocument, AdminInviteDocument, AdminPeopleDocument, type AdminInvitationRevokeMutation, type AdminInvitationsQuery, type AdminInviteMutation, type AdminPeopleQuery } from './operations';
import { PlaceChoice, usePlaces } from './places';
import { said as shared } from './words';
import { endOf, startOf } from './zone';

const said = words({
  about: '发出一个链接，对方打开后自己设定账号，并得到所写的角色。', invite: '发出邀请', none: '还没有邀请。新同事加入时，在此发出邀请。', name: '受邀人姓名', nameless: '邀请已结束，不再保留姓名', days: '链接有效天数', daysHint: '1 至 14 天', from: '角色自哪一天起', fromHint: '留空为接受邀请时', until: '角色有效期至（含当天）', untilHint: '留空为长期', roster: '花名册中的人员', rosterHint: '已在花名册、还没有账号的人员', newcomer: '不在花名册，填写姓名', link: '邀请链接', qr: '邀请二维码', revoke: '撤回', revokeAbout: '撤回后链接失效。', expires: '链接有效期至',
  state: { OPEN: '待接受', ACCEPTED: '已接受', REVOKED: '已撤回', EXPIRED: '已过期' },
}, {
  about: 'Send a link; whoever opens it makes a login and gets the role written here.', invite: 'Invite', none: 'No invitations yet. Invite new colleagues here.', name: 'Name', nameless: 'over; the name is not kept', days: 'Days the link lasts', daysHint: '1 to 14', from: 'The role counts from', fromHint: 'empty: when it is accepted', until: 'The role lasts to the end of', untilHint: 'empty: no end', roster: 'Person of the roster', rosterHint: 'who has no user yet', newcomer: 'not in the roster: a name', link: 'Link', qr: 'QR code of the invitation', revoke: 'Revoke', revokeAbout: 'The link will no longer work.', expires: 'Link until',
  state: { OPEN: 'open', ACCEPTED: 'accepted', REVOKED: 'revoked', EXPIRED: 'expired' },
});

const pick = (d: AdminInvitationsQuery) => d.invitations;
const invited = (d: AdminInviteMutation) => d.invitationCreate;
const revoked = (d: AdminInvitationRevokeMutation) => d.invitationRevoke;

export default function Invitations() {
  const w = useWords(said);
  const s = useWords(shared);
  const moment = useMoment();
  const { may } = useSession();
  const list = useMore(AdminInvitationsDocument, {}, pick);
  const [asking, setAsking] = useState(false);
  const [link, setLink] = useState('');
  return (
    <AdminPage at="invitations" about={w.about} actions={may('grant:write') && <Button type="primary" onClick={() => setAsking(true)}>{w.invite}</Button>}>
      {link && <><Secret label={w.link} value={link} close={() => setLink('')} /><Alert type="info" title={w.qr} description={<QRCode aria-label={w.qr} value={link} bgColor="#ffffff" color="#000000" />} /></>}
      <Read data={list.data} error={list.error} again={list.again}>{(d) => <>
        {list.nodes.length === 0 ? <Nothing>{w.none}</Nothing> : <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.name}</th><th scope="col">{s.role}</th><th scope="col">{s.where}</th><th scope="col">{s.state}</th><th scope="col">{w.expires}</th><th scope="col">{s.acts}</th></tr></thead>
          <tbody>{list.nodes.map((i) => (
            <tr key={i.id}><th scope="row">{i.name ?? i.person?.name ?? i.person?.pseudonym ?? <span className="faint">{w.nameless}</span>}</th><td>{i.label}</td><td>{i.unit.shownName}</td><td><Tag color={i.state === 'OPEN' ? 'orange' : 'default'}>{w.state[i.state]}</Tag></td><td>{moment(i.expiresAt)}</td>
              <td>{i.state === 'OPEN' && may('grant:write') && <ActButton label={w.revoke} named={`${i.name ?? ''} ${i.label}`} about={w.revokeAbout} danger document={AdminInvitationRevokeDocument} payload={revoked} input={() => ({ input: { invitation: i.id } })} done={list.again} />}</td></tr>
          ))}</tbody>
        </table></div>}
        <MoreButton list={list} />
        <Invite roles={d.roles} open={asking} close={() => setAsking(false)} done={(path) => { setLink(location.origin + path); list.again(); }} />
      </>}</Read>
    </AdminPage>
  );
}

const peopleOf = (d: AdminPeopleQuery) => d.people;

function Invite({ roles, open, close, done }: { roles: AdminInvitationsQuery['roles']; open: boolean; close: () => void; done: (path: string) => void }) {
  const w = useWords(said);
  const s = useWords(shared);
  const { may } = useSession();
  const { today, tenant: { unit: own, timeZone } } = useMe();
  const people = useMore(AdminPeopleDocument, {}, peopleOf, !open || !may('person:read'));
  const { units } = usePlaces(open);
  const act = useAct(AdminInviteDocument, invited);
  const [name, setName] = useState('');
  const [person, setPerson] = useState('');
  const [from, setFrom] = useState(today);
  const [until, setUntil] = useState('');
  const [role, setRole] = useState('');
  const [unitCode, setUnit] = useState(own.code ?? '');
  const [days, setDays] = useState('7');
  const submit = async () => {
    const answer = await act.run({ input: { role, unitCode, ...(person ? { person } : { name }), days: Number(days), ...(from ? { validFrom: startOf(from, timeZone) } : {}), ...(until ? { validUntil: endOf(until, timeZone) } : {}) } });
    if (answer?.path) { setName(''); setPerson(''); setUntil(''); done(answer.path); }
    return answer !== null;
  };
  return (
    <Asking title={w.invite} open={open} close={close} act={act} submit={submit} button={w.invite}>
      {people.nodes.length > 0 && <Choice label={w.roster} hint={w.rosterHint} value={person} onChange={setPerson} empty={w.newcomer} options={people.nodes.map((p) => ({ value: p.id, label: `${p.name ?? p.pseudonym}${p.posts[0] ? `，${p.posts[0].unit?.shownName ?? ''}${p.posts[0].label}` : ''}` }))} />}
      {person === '' && <Field label={w.name}><Input required value={name} onChange={(e) => setName(e.target.value)} /></Field>}
      <Choice label={s.role} value={role} onChange={setRole} required empty={s.chooseRole} options={roles.filter((r) => r.grantable && !r.retiredAt).map((r) => ({ value: r.key, label: r.name }))} />
      <PlaceChoice units={units} by="code" value={unitCode} onChange={setUnit} />
      <Field label={w.days} hint={w.daysHint}><Input required inputMode="numeric" pattern="\d+" value={days} onChange={(e) => setDays(e.target.value)} /></Field>
      <Field label={w.from} hint={w.fromHint}><input className="plain-input" type="date" value={from} onChange={(e) => setFrom(e.target.value)} /></Field>
      <Field label={w.until} hint={w.untilHint}><input className="plain-input" type="date" value={until} onChange={(e) => setUntil(e.target.value)} /></Field>
    </Asking>
  );
}
