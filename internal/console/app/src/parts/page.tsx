import { Empty, Flex, Spin, Typography } from 'antd';
import { useEffect, type ReactNode } from 'react';
import type { CombinedError } from 'urql';
import { problemOf } from '@/api/problem';
import { common } from '@/words/common';
import { useWords } from '@/words/language';
import { ProblemNote } from './problem';

interface PageProps {
  title: string;
  /** One line under the title: what this page is for, or what it shows now. */
  about?: ReactNode;
  /** What can be done on the page, the most likely first. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the console: its title names the tab, too. */
export function Page({ title, about, actions, children }: PageProps) {
  const { product } = useWords(common);
  useEffect(() => { document.title = `${title} · ${product}`; }, [title, product]);
  return (
    <section className="page">
      <Flex wrap gap="small" justify="space-between" align="center" className="page-head">
        <div>
          <Typography.Title level={1}>{title}</Typography.Title>
          {about !== undefined && <Typography.Paragraph type="secondary">{about}</Typography.Paragraph>}
        </div>
        {actions !== undefined && <Flex wrap gap="small" className="no-print">{actions}</Flex>}
      </Flex>
      {children}
    </section>
  );
}

interface ReadProps<T> {
  data: T | undefined;
  error: CombinedError | undefined;
  again?: () => void;
  children: (data: T) => ReactNode;
}

/**
 * What was read, or why it was not, or that it is coming. Old data stays while
 * new data cannot be had, under a note that says so.
 */
export function Read<T>({ data, error, again, children }: ReadProps<T>) {
  const { loading } = useWords(common);
  return (
    <>
      {error && <ProblemNote problem={problemOf(error)} {...(again ? { retry: again } : {})} />}
      {data != null ? children(data) : !error && <div className="waiting" role="status" aria-label={loading}><Spin /></div>}
    </>
  );
}

/** Nothing is here yet, and what to do so that something is. */
export function Nothing({ children, action }: { children: ReactNode; action?: ReactNode }) {
  return <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={children}>{action}</Empty>;
}
