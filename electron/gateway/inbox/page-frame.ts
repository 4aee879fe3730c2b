import { escapeHtml } from '#shared/reporting/render-html.ts';

/** Text that is markup already: made only here and by `html`, so that nothing unescaped gets in. */
export interface Markup {
  readonly markup: string;
}

type Piece = Markup | string | number | undefined | readonly Piece[];

const textOf = (piece: Piece): string => {
  if (piece === undefined) return '';
  if (typeof piece === 'string' || typeof piece === 'number') return escapeHtml(String(piece));
  return 'markup' in piece ? piece.markup : piece.map(textOf).join('');
};

/** Everything that is put in is escaped, unless it is markup itself. */
export const html = (parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup => ({
  markup: parts.map((part, index) => part + textOf(pieces[index])).join(''),
});

/** Plain and quiet, readable on a telephone, light or dark as the machine is set; contrast AA in both. */
export const STYLE = `
:root{color-scheme:light dark;--ground:#fafafa;--text:#1c1c1c;--quiet:#4f4f4f;--line:#c8c8c8;--accent:#1f5388;--urgent:#a3211a;--on:#fff}
@media(prefers-color-scheme:dark){:root{--ground:#161616;--text:#dcdcdc;--quiet:#a8a8a8;--line:#3a3a3a;--accent:#8ab4e0;--urgent:#ff8f85;--on:#101010}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--text);font:1rem/1.5 system-ui,sans-serif}
header,main,footer{max-width:46rem;margin:0 auto;padding:.75rem 1rem}
header{display:flex;flex-wrap:wrap;gap:.25rem 1rem;align-items:center;border-bottom:1px solid var(--line)}
header form{margin-left:auto}
h1{font-size:1.25rem;margin:.25rem 0}h2{font-size:1.1rem;margin:1.5rem 0 .5rem}h3{font-size:1rem;margin:0 0 .25rem}
ul.list{list-style:none;padding:0;margin:0}
ul.list>li{border-bottom:1px solid var(--line);padding:.75rem 0}
p{margin:.25rem 0;overflow-wrap:anywhere}
.quiet{color:var(--quiet)}.urgent{color:var(--urgent);font-weight:600}
a{color:var(--accent);display:inline-block;min-height:1.5rem}
label{display:block;margin:.5rem 0 .25rem}
input,textarea{font:inherit;width:100%;max-width:30rem;padding:.5rem;border:1px solid var(--quiet);border-radius:4px;background:var(--ground);color:var(--text)}
button{font:inherit;min-height:2.75rem;margin:.5rem 0;padding:.5rem 1rem;border:1px solid var(--accent);border-radius:4px;background:var(--accent);color:var(--on)}
button.plain{background:transparent;color:var(--accent);min-height:2rem;padding:.25rem .75rem}
img{max-width:100%;height:auto;background:#000}
figure{margin:.5rem 0}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.125rem 1rem;margin:.5rem 0}dt{color:var(--quiet)}dd{margin:0;overflow-wrap:anywhere}
:focus-visible{outline:3px solid var(--accent);outline-offset:2px}
`;

/** A whole page. Its title never names a patient: titles stand in histories and on task bars. */
export function page(title: string, body: Markup, header?: Markup): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="stylesheet" href="/style.css" />
      </head>
      <body>
        ${header}
        <main>${body}</main>
      </body>
    </html> `.markup;
}
