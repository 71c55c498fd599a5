import { lexer, type Token, type Tokens } from 'marked';
import { createElement, Fragment, type ReactNode } from 'react';
import classes from './pack-preview.module.css';

/**
 * A pack as a page to read. React makes the elements from the parsed Markdown: no text becomes HTML. A part that a pack does not have, such as
 * HTML, is shown as its source.
 */
export function PackPreview({ markdown }: { readonly markdown: string }) {
  return <article className={classes.pack}>{many(lexer(markdown), block)}</article>;
}

function many<T extends Token>(tokens: readonly T[], show: (token: T) => ReactNode): ReactNode {
  // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one text never move.
  return tokens.map((token, place) => <Fragment key={place}>{show(token)}</Fragment>);
}

function block(token: Token): ReactNode {
  switch (token.type) {
    case 'space':
      return null;
    case 'heading': {
      // The title of the page is its first heading.
      const { depth, tokens } = token as Tokens.Heading;
      return createElement(`h${Math.min(6, depth + 1)}`, null, many(tokens, inline));
    }
    case 'paragraph':
      return <p>{many((token as Tokens.Paragraph).tokens, inline)}</p>;
    case 'list':
      return (
        <ul>
          {many((token as Tokens.List).items, ({ tokens }) => (
            <li>{many(tokens, block)}</li>
          ))}
        </ul>
      );
    case 'table': {
      const { header, rows } = token as Tokens.Table;
      return (
        <div className={classes.scroll}>
          <table>
            <thead>
              <tr>
                {many(header.map(asToken), ({ tokens }) => (
                  <th scope="col">{many(tokens, inline)}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, place) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one text never move.
                <tr key={place}>
                  {many(row.map(asToken), ({ tokens }) => (
                    <td>{many(tokens, inline)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      );
    }
    default:
      return inline(token);
  }
}

function asToken({ text, tokens }: Tokens.TableCell) {
  return { type: 'cell', raw: text, tokens };
}

function inline(token: Token): ReactNode {
  if (token.type === 'text') return 'tokens' in token && token.tokens !== undefined ? many(token.tokens, inline) : token.text;
  return token.type === 'escape' ? token.text : token.raw;
}
