import { useEffect, useRef } from 'react';
import { focusResult } from '../../shared/ui/focus-result.ts';
import { isTyping } from '../../shared/ui/keys.ts';
import { blastHref, incidentHref, parseBlastState, writeBlastState } from '../../shared/url/blast-radius-url.ts';
import { exploreHref, linkHref, parseExploreState, writeExploreState } from '../../shared/url/explore-url.ts';
import { advisoryHref } from '../../shared/url/incidents-url.ts';
import { currentLocation, hrefOf, navigate } from '../../shared/url/location.ts';
import { mergeHref } from '../../shared/url/quality-url.ts';
import { canWrite } from '../../shared/viewer/viewer.ts';
import { FindBox } from './find-box.tsx';
import type { NamedFound, OtherFound, SearchFound } from './search-groups.ts';

/** The search of the top bar. `/` or Ctrl-K focuses it, Enter opens a result, Shift-Enter adds it to the current view. */
export function GlobalSearch() {
  const box = useRef<{ focus: () => void }>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target);
      const isCtrlK = event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey);
      if (!isSlash && !isCtrlK) return;
      event.preventDefault();
      box.current?.focus();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  const open = (found: NamedFound, isAdding: boolean) => {
    const { path, params } = currentLocation();
    focusResult(`${found.__typename.toLowerCase()}:${found.id}`);
    if (found.__typename === 'Incident') {
      navigate(incidentHref(found.id));
      return;
    }
    const key = found.__typename === 'Organization' ? `organization:${found.id}` : `artifact:${found.id}`;
    if (isAdding && path === '/blast' && found.__typename === 'Organization') {
      const state = parseBlastState(params);
      navigate(hrefOf(path, writeBlastState({ ...state, origins: [...new Set([...state.origins, found.id])] })));
    } else if (isAdding && path === '/explore') {
      const state = parseExploreState(params);
      navigate(hrefOf(path, writeExploreState({ ...state, nodes: [...new Set([...state.nodes, key])], selection: key })));
    } else if (path === '/blast' && found.__typename === 'Organization') navigate(blastHref([found.id]));
    else navigate(exploreHref(key));
  };

  return (
    <FindBox
      ref={box}
      label="Search organizations, artifacts, incidents"
      placeholder={matchMedia('(max-width: 720px)').matches ? 'Search' : 'Search names, ids, channels...'}
      shortcut="/"
      width="100%"
      dropdownWidth={420}
      hint="Enter opens · Shift-Enter adds to the current view"
      onFind={open}
      onFindOther={openOther}
      actionFor={compareOrganizations}
    />
  );
}

/**
 * A saved view as it was saved; a transfer or an engagement as the connection between its two organizations, with the focus on its record; a
 * software list as its organization; an advisory as what may follow from it. Anything else opens nothing.
 */
function openOther(found: OtherFound) {
  const node = ({ id }: { readonly id: string }) => `organization:${id}`;
  const go = (href: string, result: string) => {
    focusResult(result);
    navigate(href);
  };
  if (found.__typename === 'View') navigate(found.url, 'push', true);
  else if (found.__typename === 'SoftwareList') go(exploreHref(node(found.organization)), node(found.organization));
  else if (found.__typename === 'Transfer') go(linkHref('TRANSFER', node(found.sender), node(found.recipient)), `transfer:${found.id}`);
  else if (found.__typename === 'Engagement')
    go(linkHref('ENGAGEMENT', node(found.client), node(found.provider)), `engagement:${found.id}`);
  else if (found.__typename === 'Advisory') navigate(advisoryHref({ advisory: found.id }));
}

/** The organizations of one search may be spellings of one name. */
function compareOrganizations(found: readonly SearchFound[]) {
  const ids = found.flatMap((one) => (one.__typename === 'Organization' ? [one.id] : []));
  if (ids.length < 2 || !canWrite()) return null;
  return { label: `Compare and merge these ${ids.length} organizations`, run: () => navigate(mergeHref(ids)) };
}
