import { useQuery } from 'urql';
import { useMe } from '@/api/session';
import { Choice } from '@/parts/fields';
import { useWords } from '@/words/language';
import { AdminPlacesDocument } from './operations';
import { said } from './words';

/** The tenant's own unit and those directly below it. */
export function usePlaces(wanted = true) {
  const own = useMe().tenant.unit;
  const [{ data }] = useQuery({ query: AdminPlacesDocument, variables: { unit: own.id }, pause: !wanted });
  const units = [own, ...(data?.units.nodes ?? [])].filter((u) => u.code != null).map((u) => ({ id: u.id, code: u.code ?? '', name: u.shownName }));
  return { units, permissions: data?.permissions ?? [] };
}

/** Where something counts: the whole tenant, or one place below it. */
export function PlaceChoice({ units, value, onChange, by, label }: { units: ReturnType<typeof usePlaces>['units']; value: string; onChange: (v: string) => void; by: 'id' | 'code'; label?: string }) {
  const w = useWords(said);
  return <Choice label={label ?? w.where} value={value} onChange={onChange} options={units.map((u) => ({ value: u[by], label: u.name }))} />;
}
