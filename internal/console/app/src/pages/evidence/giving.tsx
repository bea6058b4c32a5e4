import { Alert, Progress } from 'antd';
import { ActNotes } from '@/parts/fields';
import { ProblemNote } from '@/parts/problem';
import { useWords, words } from '@/words/language';
import type { useGive } from './give';

const said = words({
  preparing: '正在压缩照片…', sending: '正在上传', tying: '正在登记…', progress: '上传进度',
}, {
  preparing: 'Making the picture smaller…', sending: 'Sending', tying: 'Entering it…', progress: 'Progress',
});

/** How far a file has come, or why it was refused. */
export function GivingNote({ give }: { give: ReturnType<typeof useGive> }) {
  const w = useWords(said);
  const { giving, act } = give;
  return (
    <>
      {giving.stage !== '' && <div role="status">{w[giving.stage]}{giving.stage === 'sending' && <Progress percent={giving.percent} size="small" aria-label={w.progress} />}</div>}
      {giving.refused === 'offline' ? <ProblemNote problem={{ kind: 'offline', code: 'OFFLINE', message: '', requestId: '' }} />
        : giving.refused && <Alert role="alert" type="error" showIcon title={giving.refused} />}
      <ActNotes act={act} />
    </>
  );
}
