import { Button } from 'antd';
import { useRef, useState } from 'react';
import { common } from '@/words/common';
import { useWords } from '@/words/language';

/** An address to hand on: shown, opened and copied. A browser without a clipboard (an intranet by plain http) selects it instead. */
export function CopyLink({ path, label, about }: { path: string; label: string; about?: string }) {
  const c = useWords(common);
  const [copied, setCopied] = useState(false);
  const shown = useRef<HTMLAnchorElement>(null);
  const address = new URL(path, location.origin).href;
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(address);
      setCopied(true);
    } catch {
      if (shown.current) getSelection()?.selectAllChildren(shown.current);
    }
  };
  return (
    <p>
      {label}：<a ref={shown} href={path} target="_blank" rel="noreferrer" style={{ overflowWrap: 'anywhere' }}>{address}</a>{' '}
      <Button size="small" className="no-print" aria-label={`${c.copy}：${label}`} onClick={() => void copy()}>{copied ? c.copied : c.copy}</Button>
      {about !== undefined && <><br /><small className="faint">{about}</small></>}
    </p>
  );
}
