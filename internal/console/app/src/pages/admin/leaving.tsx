import { Alert, Typography } from 'antd';
import { useQuery } from 'urql';
import { useSession } from '@/api/session';
import { ActButton } from '@/parts/actbutton';
import { Read } from '@/parts/page';
import { useMoment } from '@/parts/time';
import { useWords, words } from '@/words/language';
import { AdminPage } from './frame';
import { AdminLeaveCancelDocument, AdminLeaveConfirmDocument, AdminLeaveDocument, AdminLeavingDocument, type AdminLeaveCancelMutation, type AdminLeaveConfirmMutation, type AdminLeaveMutation } from './operations';

const said = words({
  about: '随时导出本单位全部数据；也可以申请注销。', archive: '全部数据', archiveAbout: '一个压缩包，含全部记录和附件，可导入另一套系统。数据多时需要几分钟。', take: '下载全部数据', leave: '申请注销', leaving: '注销本单位', leaveAbout: '申请后须第二人确认；确认后本单位只读，宽限期满全部数据删除。请先下载全部数据。', none: '没有注销申请。', here: '本单位',
  asked: (at: string, why: string) => `${at} 已申请注销：${why}。须第二人确认。`, confirmed: (due: string) => `已确认注销，本单位只读；${due} 起删除全部数据。`, confirm: '确认注销', confirmAbout: (days: number) => `确认后本单位立即只读，${days} 天后删除全部数据。`, cancel: '撤回注销',
}, {
  about: 'Take all data of the tenant with you at any time; or ask for its end.', archive: 'All data', archiveAbout: 'One archive with every record and file, to be read into another installation. It may take minutes.', take: 'Download everything', leave: 'Ask to leave', leaving: 'End of the tenant', leaveAbout: 'A second person confirms; then the tenant is read-only, and after the days of grace everything is deleted. Download everything first.', none: 'Nobody asked for the end.', here: 'this tenant',
  asked: (at: string, why: string) => `Asked for on ${at}: ${why}. A second person has to confirm.`, confirmed: (due: string) => `Confirmed; read-only now, everything is deleted from ${due} on.`, confirm: 'Confirm', confirmAbout: (days: number) => `The tenant is read-only at once, and everything is deleted after ${days} days.`, cancel: 'Call it off',
});

const asked = (d: AdminLeaveMutation) => d.tenantLeave;
const confirmed = (d: AdminLeaveConfirmMutation) => d.tenantLeaveConfirm;
const cancelled = (d: AdminLeaveCancelMutation) => d.tenantLeaveCancel;

export default function Leaving() {
  const w = useWords(said);
  const moment = useMoment();
  const { may } = useSession();
  const leaves = may('tenant:leave');
  const [{ data, error }, reread] = useQuery({ query: AdminLeavingDocument, pause: !leaves });
  const again = () => reread({ requestPolicy: 'network-only' });
  return (
    <AdminPage at="leaving" about={w.about}>
      <section className="card">
        <Typography.Title level={2}>{w.archive}</Typography.Title>
        <p>{w.archiveAbout}</p>
        <a href="/tenant/export" download>{w.take}</a>
      </section>
      {leaves && <section className="card">
        <Typography.Title level={2}>{w.leaving}</Typography.Title>
        <Read data={data} error={error} again={again}>{({ tenantLeaving: l }) => l ? <>
          <Alert type="warning" showIcon title={l.state === 'ASKED' ? w.asked(moment(l.requestedAt), l.reason) : w.confirmed(l.due ? moment(l.due) : '')} />
          <p className="row-acts">
            {l.state === 'ASKED' && <ActButton label={w.confirm} named={w.here} about={w.confirmAbout(l.graceDays)} danger document={AdminLeaveConfirmDocument} payload={confirmed} input={() => ({ input: {} })} done={again} />}
            <ActButton label={w.cancel} named={w.here} reason document={AdminLeaveCancelDocument} payload={cancelled} input={(reason) => ({ input: { reason } })} done={again} />
          </p>
        </> : <>
          <p>{w.none}</p>
          <ActButton label={w.leave} named={w.here} about={w.leaveAbout} reason danger document={AdminLeaveDocument} payload={asked} input={(reason) => ({ input: { reason } })} done={again} />
        </>}</Read>
      </section>}
    </AdminPage>
  );
}
