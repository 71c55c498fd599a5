/** The outlines of one Tabler icon, as `d` attributes on a 24 by 24 grid (vite.config.ts reads them). */
declare module 'virtual:tabler/*' {
  const paths: readonly string[];
  export default paths;
}
