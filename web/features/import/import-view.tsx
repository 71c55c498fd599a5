import { parseImportPlace } from '../../shared/url/import-url.ts';
import { useLocation } from '../../shared/url/location.ts';
import { OneImport } from './one-import.tsx';
import { ImportStart } from './upload/import-start.tsx';

/** The Import page: where files come in, and what became of those that did (design §3.5). */
export function ImportView() {
  const { path, params } = useLocation();
  const place = parseImportPlace(path, params);
  return place.id === null ? <ImportStart /> : <OneImport key={place.id} id={place.id} step={place.step} show={place.show} />;
}
