/** The host of a website without `www.` (semantics §9). Undefined if the text is not the address of a site. */
export function findDomain(website: string | null): string | undefined {
  if (website === null) return undefined;
  const address = website.trim();
  const url = /^[a-z][a-z0-9+.-]*:\/\//i.test(address) ? address : `https://${address}`;
  if (!URL.canParse(url)) return undefined;
  const host = new URL(url).hostname.replace(/\.$/, '').replace(/^www\./, '');
  // A host without a dot, such as "none", is not a site.
  return host.includes('.') ? host : undefined;
}
