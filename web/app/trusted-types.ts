/** The standard's TrustedTypePolicyFactory. The type library of TypeScript does not know it yet. */
interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { readonly createHTML: (html: string) => string | null; readonly createScriptURL: (url: string) => string | null },
  ): unknown;
}

/**
 * The only way in which a text of this page may become HTML or the address of a script (Trusted Types in the content security policy).
 * Mantine writes style sheets, which hold no tag; workers come from our own files. The browser refuses everything else, and says so in
 * its console.
 */
const { trustedTypes } = globalThis as { readonly trustedTypes?: PolicyFactory };
trustedTypes?.createPolicy('default', {
  createHTML: (html) => (html.includes('<') ? null : html),
  createScriptURL: (url) => (new URL(url, location.href).href.startsWith(`${location.origin}/assets/`) ? url : null),
});

export {};
