import { findIds, mapAddressIds } from '../../web/shared/url/addresses.ts';
import { describe, expect, it } from '../support/test.ts';

/** Every place of an address that can hold an id, with ids that begin with `secret`. */
const addresses = [
  '/blast?o=secret-1&suspected=secret-2:0.4&suspected=secret%5C%3A3&incident=INC-1&knownAt=2026-09-18&lab=secret-4&holder=secret-5&loss=17' +
    '&w=RECALL:secret-6/secret-7@2026-09-18&w=SUSPEND:secret-8@2026-09-18&vs&vsO=secret-9&vsW=ENCRYPT:secret-10@2026-09-18' +
    '&sel=artifact:secret-11&open=organization:secret-12&open=group:labs&focus=secret-16&x=secret-13&hide=organization:secret-14&pin=artifact:secret-15@1,-2',
  '/explore?n=organization:secret-1&n=artifact:secret-2&p=organization:secret-3&p=organization:secret-4&sel=group:organization:secret-5' +
    '&x=["TRANSFER","organization:secret-6","organization:secret-7"]&hide=organization:secret-8&pin=organization:secret-9@3,4&types=OTHER' +
    '&group=["organization:secret-10","organization:secret-11"]&openGroup=["organization:secret-12","artifact:secret-13"]' +
    '&overlay=INC-1&o=secret-14&suspected=secret-15:0.2',
  '/rankings?lab=secret-1&without=secret-2&sel=secret-3&control=ISO&core=2026-09-01..2026-09-02',
  '/rankings?tab=artifacts&sel=secret-1',
  '/import?respondent=secret-1',
  '/incidents/new?o=secret-1&o=secret-2',
  '/incidents/from-advisory?advisory=MAL-1&tick=origin:secret-1&tick=0.4:secret-2&sel=secret-3&compromise=true',
  '/incidents/INC-1?tab=packs&lab=secret-1&list=secret-3&by=lab&open=secret-2&open=-&owner=',
  '/quality/merge?n=secret-1&n=secret-2&same=yes',
].map((address) => {
  const [path = '', query = ''] = address.split('?');
  return { path, params: new URLSearchParams(query) };
});

const idsIn = ({ params }: { readonly params: URLSearchParams }) => decodeURIComponent(`${params}`).match(/secret\\?[-:]\d+/g) ?? [];

describe('the ids in an address', () => {
  it.each(addresses)('[W1018] of $path are all found, and replaced in their places', (location) => {
    const named = new Set(idsIn(location).map((id) => id.replace('\\', '')));
    expect(named.size).toBeGreaterThan(0);
    expect(new Set(findIds(location))).toEqual(named);
    expect(String(mapAddressIds(location, (id) => id.replace('secret', 'stand-in')))).toBe(
      String(mapAddressIds(location, (id) => id)).replaceAll('secret', 'stand-in'),
    );
    const kept = mapAddressIds(location, (id) => id);
    for (const name of kept.keys()) expect(kept.getAll(name).length).toBe(location.params.getAll(name).length);
  });

  it.each(addresses)('[W1018] of $path are left out where none takes their place, and the rest stays', (location) => {
    const params = mapAddressIds(location, () => null);
    expect(idsIn({ params })).toEqual([]);
    for (const name of [
      'incident',
      'overlay',
      'knownAt',
      'loss',
      'control',
      'core',
      'advisory',
      'compromise',
      'tab',
      'by',
      'types',
      'same',
      'vs',
    ])
      expect(params.has(name)).toBe(location.params.has(name));
  });

  it('[W1018] a parameter that the view does not have is left out with them: it may hold anything', () => {
    const location = { path: '/blast', params: new URLSearchParams('o=a&note=secret-1') };
    expect(String(mapAddressIds(location, (id) => id))).toBe('o=a');
  });
});
