import type { ComponentProps } from 'react';
import type { RecordFinder } from '../../features/correct/fact-fields.tsx';
import { FindBox } from '../../features/search/find-box.tsx';

/** The search of a form that refers to other records. */
export function FactFinder({ label, kinds, onPick }: ComponentProps<RecordFinder>) {
  return (
    <FindBox
      label={label}
      placeholder="Search by name"
      kinds={kinds}
      width="100%"
      onFind={(found) => {
        if (found.__typename !== 'Incident') onPick({ id: found.id, name: found.name });
      }}
    />
  );
}
