import { Button, Input, Tag } from 'antd';
import { useState } from 'react';
import { useQuery } from 'urql';
import { useAct } from '@/api/act';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Asking } from '@/parts/asking';
import { Field } from '@/parts/fields';
import { Nothing, Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import { AdminPage } from './frame';
import { AdminServiceCreateDocument, AdminServiceDisableDocument, AdminServiceReviewDocument, AdminServicesDocument, type AdminServiceCreateMutation, type AdminServiceDisableMutation, type AdminServiceReviewMutation } from './operations';
import { said as shared } from './words';

const said = words({
  about: '给部门系统使用的账号，不属于任何个人；须定期复核。', create: '新建服务账号', none: '还没有服务账号。县直部门系统接入时在此建立。', name: '名称', department: '负责部门', purpose: '用途', review: '复核', reviewAbout: '确认仍在使用、用途不变，并顺延下次复核日期。', reviewOn: '下次复核', reviewHint: '留空按规定期限', overdue: '已到复核期', disable: '停用', disableAbout: '停用后其令牌全部失效，不能恢复。', disabled: '已停用', active: '启用',
}, {
  about: 'Accounts of systems, not of people; looked at again from time to time.', create: 'New service account', none: 'None yet. Make one when a department connects its system.', name: 'Name', department: 'Department', purpose: 'Purpose', review: 'Review', reviewAbout: 'It is still used for the same purpose; the next review is put off.', reviewOn: 'Next review', reviewHint: 'empty: as the rules say', overdue: 'review overdue', disable: 'Disable', disableAbout: 'All its tokens end, and it cannot be brought back.', disabled: 'disabled', active: 'active',
});

const created = (d: AdminServiceCreateMutation) => d.serviceAccountCreate;
const reviewed = (d: AdminServiceReviewMutation) => d.serviceAccountReview;
const disabled = (d: AdminServiceDisableMutation) => d.serviceAccountDisable;

export default function Services() {
  const w = useWords(said);
  const s = useWords(shared);
  const moment = useMoment();
  const { may } = useSession();
  const [{ data, error }, reread] = useQuery({ query: AdminServicesDocument });
  const again = () => reread({ requestPolicy: 'network-only' });
  const [creating, setCreating] = useState(false);
  return (
    <AdminPage at="services" about={w.about} actions={may('token:approve') && <Button type="primary" onClick={() => setCreating(true)}>{w.create}</Button>}>
      <Read data={data} error={error} again={again}>{({ serviceAccounts: all }) => all.length === 0 ? <Nothing>{w.none}</Nothing> : (
        <div className="scroll"><table className="table">
          <thead><tr><th scope="col">{w.name}</th><th scope="col">{w.department}</th><th scope="col">{w.purpose}</th><th scope="col">{w.reviewOn}</th><th scope="col">{s.state}</th><th scope="col">{s.acts}</th></tr></thead>
          <tbody>{all.map((a) => (
            <tr key={a.id}>
              <th scope="row">{a.name}<br /><small className="faint">{a.login}</small></th><td>{a.department}</td><td>{a.purpose}</td><td>{a.reviewOn} {a.overdue && <Tag color="red">{w.overdue}</Tag>}</td><td>{a.disabledAt ? `${w.disabled} ${moment(a.disabledAt)}` : w.active}</td>
              <td>{!a.disabledAt && may('token:approve') && <div className="row-acts">
                <ActButton label={w.review} named={a.name} about={w.reviewAbout} document={AdminServiceReviewDocument} payload={reviewed} input={() => ({ input: { serviceAccount: a.id } })} done={again} />
                <ActButton label={w.disable} named={a.name} about={w.disableAbout} danger document={AdminServiceDisableDocument} payload={disabled} input={() => ({ input: { serviceAccount: a.id } })} done={again} />
              </div>}</td>
            </tr>
          ))}</tbody>
        </table></div>
      )}</Read>
      <Create open={creating} close={() => setCreating(false)} done={again} />
    </AdminPage>
  );
}

function Create({ open, close, done }: { open: boolean; close: () => void; done: () => void }) {
  const w = useWords(said);
  const act = useAct(AdminServiceCreateDocument, created);
  const [name, setName] = useState('');
  const [department, setDepartment] = useState('');
  const [purpose, setPurpose] = useState('');
  const [reviewOn, setReview] = useState('');
  const submit = async () => {
    const answer = await act.run({ input: { name, department, purpose, ...(reviewOn ? { reviewOn } : {}) } });
    if (answer) { setName(''); setPurpose(''); done(); }
    return answer !== null;
  };
  return (
    <Asking title={w.create} open={open} close={close} act={act} submit={submit} button={w.create}>
      <Field label={w.name}><Input required value={name} onChange={(e) => setName(e.target.value)} /></Field>
      <Field label={w.department}><Input required value={department} onChange={(e) => setDepartment(e.target.value)} /></Field>
      <Field label={w.reviewOn} hint={w.reviewHint}><input className="plain-input" type="date" value={reviewOn} onChange={(e) => setReview(e.target.value)} /></Field>
      <Field label={w.purpose} wide><Input.TextArea required rows={2} value={purpose} onChange={(e) => setPurpose(e.target.value)} /></Field>
    </Asking>
  );
}
