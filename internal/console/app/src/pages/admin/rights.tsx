import { useState } from 'react';
import { useWords, words } from '@/words/language';

const said = words({ writes: '可修改数据', find: '查找权限', chosen: (n: number) => `已选 ${n} 项` }, { writes: 'changes data', find: 'Find a permission', chosen: (n: number) => `${n} chosen` });

/** Permissions to choose from, by what they let one do. */
export function Rights({ legend, hint, offered, chosen, toggle }: {
  legend: string; hint?: string; offered: readonly { permission: string; description: string; writes?: boolean }[];
  chosen: readonly string[]; toggle: (permission: string, on: boolean) => void;
}) {
  const w = useWords(said);
  const [find, setFind] = useState('');
  const wanted = find.trim().toLowerCase();
  const shown = offered.filter((p) => wanted === '' || p.description.toLowerCase().includes(wanted) || p.permission.includes(wanted));
  return (
    <fieldset className="field wide plain-set"><legend>{legend} <small className="faint">{chosen.length > 0 ? w.chosen(chosen.length) : hint}</small></legend>
      {offered.length > 12 && <input className="plain-input" type="search" aria-label={w.find} placeholder={w.find} value={find} onChange={(e) => setFind(e.target.value)} />}
      <div className="rights tall">{shown.map((p) => (
        <label key={p.permission}><input type="checkbox" checked={chosen.includes(p.permission)} onChange={(e) => toggle(p.permission, e.target.checked)} /><span>{p.description}{p.writes && <small className="faint"> · {w.writes}</small>}</span></label>
      ))}</div>
    </fieldset>
  );
}
