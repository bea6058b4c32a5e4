import { Alert, Button, Flex } from 'antd';
import { useState } from 'react';
import { common } from '@/words/common';
import { useWords, words } from '@/words/language';
import './fields.css';

const said = words({ once: '只显示这一次，请立即妥善保存。' }, { once: 'This is shown once. Keep it now.' });

/** Something that is shown once, to be copied. */
export function Secret({ label, value, close }: { label: string; value: string; close: () => void }) {
  const w = useWords(said);
  const c = useWords(common);
  const [copied, setCopied] = useState(false);
  return (
    <Alert type="success" showIcon closable={{ onClose: close }} title={`${label}：${w.once}`} description={
      <Flex wrap gap="small" align="center"><code className="secret">{value}</code><Button size="small" onClick={() => void navigator.clipboard.writeText(value).then(() => setCopied(true))}>{copied ? c.copied : c.copy}</Button></Flex>
    } />
  );
}
