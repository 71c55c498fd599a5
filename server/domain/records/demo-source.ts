/** The source of the import that loads the demo world. While that import is committed, the store holds demo data. The page names it, too. */
export const demoSource = 'demo world';
