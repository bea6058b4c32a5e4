import { Button } from 'antd';
import { useState } from 'react';
import { useSent } from '@/pages/own/asked';
import { Asking } from '@/parts/asking';
import { useWords, words } from '@/words/language';

const said = words({
  reset: '重置两步验证', about: '对方换了手机、恢复码也丢失时使用。重置后两步验证和关联的外部身份一并取消，对方已登录的设备全部退出；按本单位要求，下次登录时重新启用。请先当面或电话核实是本人。', done: (login: string) => `${login} 的两步验证已重置，请告知本人重新登录。`,
}, {
  reset: 'Reset second factor', about: 'For somebody who lost both the phone and the recovery codes. Their second factor and linked identities go, and all their sessions end; where it is asked for, they set it up anew at the next sign-in. Make sure that it is really they who ask.', done: (login: string) => `The second factor of ${login} is gone. Tell them to sign in again.`,
});

/** Takes the second factor off a user who has lost it. */
export function ResetFactor({ user, done }: { user: { id: string; login: string }; done: (told: string) => void }) {
  const w = useWords(said);
  const [open, setOpen] = useState(false);
  const { running, problem, send, forget } = useSent();
  const submit = async () => {
    const went = await send('DELETE', `/auth/users/${encodeURIComponent(user.id)}/factors`);
    if (went) done(w.done(user.login));
    return went;
  };
  return (
    <>
      <Button size="small" aria-label={`${w.reset}：${user.login}`} onClick={() => setOpen(true)}>{w.reset}</Button>
      <Asking title={`${w.reset}：${user.login}`} open={open} close={() => setOpen(false)} act={{ errors: [], problem, running, forget }} submit={submit} button={w.reset} danger>
        <p className="field wide">{w.about}</p>
      </Asking>
    </>
  );
}
