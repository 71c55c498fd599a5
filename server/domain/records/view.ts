/** A saved state of the page: one JSON document of the collection `view`. */
export interface View {
  readonly name: string;
  /** The path and query of the page's URL, on this server. */
  readonly url: string;
  /** Why it was saved. */
  readonly note: string | null;
  /** The person who saved it last, and when. */
  readonly by: string;
  readonly at: number;
}

/** Characters of a view's URL. */
export const maxViewUrlLength = 10_000;

/** The most views in a store, because they are listed without pages. */
export const maxViews = 1000;

/** Parses a view that this program wrote. */
export function parseView(json: string): View {
  return { note: null, ...(JSON.parse(json) as Omit<View, 'note'> & Partial<View>) };
}

/**
 * Whether a text is the path and query of a URL on this server. `//host`, `/\host` and control characters are refused, because they
 * lead elsewhere in a browser.
 */
export function isLocalUrl(url: string): boolean {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that a browser drops from a URL.
  return /^\/(?![/\\])[^\u0000-\u001f\u007f]*$/.test(url);
}
