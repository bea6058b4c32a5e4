import { Modal } from 'antd';
import { useId, type ReactNode, type SubmitEvent } from 'react';
import type { Act } from '@/api/act';
import { common } from '@/words/common';
import { useWords } from '@/words/language';
import { ActNotes } from './fields';

/**
 * A dialog that asks what an act needs and carries it out. It closes when the
 * act is done; refused, it stays with everything that was typed. Its fields
 * are the caller's state, so that closing it loses nothing either.
 */
export function Asking({ title, open, close, act, submit, button, danger, ready = true, children }: {
  title: string; open: boolean; close: () => void;
  act: Pick<Act<never, unknown>, 'errors' | 'problem' | 'running' | 'forget'>;
  /** Carries it out; true when it is done. */
  submit: () => Promise<boolean>;
  button?: string; danger?: boolean; ready?: boolean; children: ReactNode;
}) {
  const c = useWords(common);
  const form = useId();
  const leave = () => { act.forget(); close(); };
  const send = (e: SubmitEvent) => {
    e.preventDefault();
    e.stopPropagation(); // a dialog inside of a form is not that form
    void submit().then((done) => { if (done) leave(); });
  };
  return (
    <Modal title={title} open={open} onCancel={leave} destroyOnHidden cancelText={c.cancel} okText={button ?? c.confirm}
      okButtonProps={{ htmlType: 'submit', form, danger: danger === true, disabled: !ready, loading: act.running }}>
      <form id={form} className="fields" onSubmit={send}>
        {children}
        <div className="field wide"><ActNotes act={act} /></div>
      </form>
    </Modal>
  );
}
