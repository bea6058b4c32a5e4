import { Link, Navigate, useParams } from 'react-router';
import { useQuery } from 'urql';
import { Nothing, Page, Read } from '@/parts/page';
import { useWords } from '@/words/language';
import { PublishedRoundDocument } from './operations';
import { said } from './words';

/** From a publication, as a message names it, to the board of its round. */
export default function Published() {
  const { publication = '' } = useParams();
  const w = useWords(said);
  const [{ data, error }, reexecute] = useQuery({ query: PublishedRoundDocument, variables: { id: publication } });
  const round = data?.node && 'round' in data.node ? data.node.round.id : null;
  if (round) return <Navigate replace to={`/rounds/${round}/results`} />;
  return (
    <Page title={w.title}>
      <Read data={data} error={error} again={() => reexecute({ requestPolicy: 'network-only' })}>{() => <Nothing action={<Link to="/inbox">{w.title}</Link>}>{w.gone}</Nothing>}</Read>
    </Page>
  );
}
