import { parseImportPlace } from '../../shared/url/import-url.ts';
import { useLocation } from '../../shared/url/location.ts';
import { OneImport } from './one-import.tsx';
import type { OrganizationFinder } from './report/who-depends.tsx';
import { ImportStart } from './upload/import-start.tsx';

/** The Import page: the start with its history, or one import. */
export function ImportView({ Finder }: { readonly Finder: OrganizationFinder }) {
  const { path, params } = useLocation();
  const place = parseImportPlace(path, params);
  return place.id === null ? (
    <ImportStart key={place.respondent} asked={place.respondent} />
  ) : (
    <OneImport key={place.id} id={place.id} step={place.step} show={place.show} Finder={Finder} />
  );
}
