/** The address of a saved view. It names no record, however many the view shows. */
export function viewHref(id: string): string {
  return `/?${new URLSearchParams({ view: id })}`;
}

/** The id of the saved view that an address asks for; null if it asks for none. */
export function savedViewOf(path: string, params: URLSearchParams): string | null {
  return path === '/' ? params.get('view') : null;
}
