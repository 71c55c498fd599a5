import { findResolvedAddress } from '../../web/app/frame/resolved-address.ts';
import { describe, expect, it } from '../support/test.ts';

const resolvedIds = new Map([
  ['aws', 'amazon'],
  ['old lab', 'vega'],
]);

/** The address after the merges; the same address if it names no merged organization. */
function meaningOf(address: string): string {
  const [path = '', query = ''] = address.split('?');
  const href = findResolvedAddress({ path, params: new URLSearchParams(query) }, resolvedIds);
  return decodeURIComponent((href ?? address).replaceAll('+', ' '));
}

describe('an address from before a merge', () => {
  it.each([
    [
      '/explore?n=organization:aws&n=organization:amazon&sel=organization:aws&hide=organization:old lab',
      '/explore?n=organization:amazon&sel=organization:amazon&hide=organization:vega',
    ],
    [
      '/explore?n=organization:kite&x=["TRANSFER","organization:aws","organization:kite"]&pin=organization:aws@3,-4',
      '/explore?n=organization:kite&x=["TRANSFER","organization:amazon","organization:kite"]&pin=organization:amazon@3,-4',
    ],
    [
      '/explore?n=organization:aws&p=organization:aws&p=organization:kite&group=["organization:aws","organization:kite"]&sel=group:organization:aws',
      '/explore?n=organization:amazon&p=organization:amazon&p=organization:kite&sel=group:organization:amazon&group=["organization:amazon","organization:kite"]',
    ],
    ['/explore?n=artifact:aws&sel=artifact:aws', '/explore?n=artifact:aws&sel=artifact:aws'],
    [
      '/blast?o=aws&o=amazon&lab=old lab&holder=aws&w=RECALL:aws/old%2520lab@2026-09-18T00:00Z&w=REVOKE_ACCESS:aws@2026-09-18T00:00Z&vsW=SUSPEND:aws@2026-09-18T00:00Z&sel=organization:aws&open=organization:old lab',
      '/blast?o=amazon&lab=vega&holder=amazon&w=RECALL:amazon/vega@2026-09-18T00:00Z&w=REVOKE_ACCESS:aws@2026-09-18T00:00Z&vsW=SUSPEND:amazon@2026-09-18T00:00Z&sel=organization:amazon&open=organization:vega',
    ],
    ['/rankings?lab=old lab&without=aws&sel=aws', '/rankings?lab=vega&without=amazon&sel=amazon'],
    ['/rankings?tab=artifacts&sel=aws', '/rankings?tab=artifacts&sel=aws'],
    ['/import/aws', '/import/aws'],
  ])('[W320] %s means the organizations that its ids mean now', (before, after) => {
    expect(meaningOf(before)).toBe(after);
  });

  it('[W320] that names no merged organization stays as it is, however it is written', () => {
    const params = new URLSearchParams('sel=organization:kite&n=organization:kite&layout=rank&unknown=1');
    expect(findResolvedAddress({ path: '/explore', params }, resolvedIds)).toBeNull();
  });
});
