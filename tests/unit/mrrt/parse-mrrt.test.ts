import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseMrrt } from '#electron/adapters/mrrt/parse-mrrt.ts';
import { lacks, TESTDATA } from '#tests/support/peers.ts';

const page = (body: string, head = ''): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>T</title>
<meta name="dcterms.title" content="Test"><meta name="dcterms.identifier" content="id-1">
<meta name="dcterms.type" content="IMAGE_REPORT_TEMPLATE">
<script type="text/xml"><template_attributes></template_attributes></script>${head}</head>
<body>
${body}
<section data-section-name="Findings"><p>F</p></section><section data-section-name="Impression"><p>I</p></section>
</body></html>`;
const first = (body: string, head = '') => {
  const { template, complaints } = parseMrrt(page(body, head));
  const section = template?.sections[0];
  if (section === undefined) throw new Error(JSON.stringify(complaints));
  return { ...section, complaints, template };
};

describe('an MRRT template', () => {
  it('gives title, id, language and sections, without a complaint about a good file', () => {
    const { template, complaints } = parseMrrt(page(''));
    expect(complaints).toEqual([]);
    expect(template).toMatchObject({ id: 'id-1', title: 'Test', language: 'en' });
    expect(template?.sections.map(({ role, defaultText }) => [role, defaultText])).toEqual([
      ['findings', 'F'],
      ['impression', 'I'],
    ]);
  });

  it.each([
    ['by for', '<label for="a">Size:</label> <input id="a">'],
    ['by wrapping', '<label><span>Size</span> <input id="a"></label>'],
    ['by aria-label', '<input id="a" aria-label="Size">'],
    ['by the row of a table', '<table><tr><th>Size</th><td><input id="a"></td></tr></table>'],
    ['by the text before it', '<p>Size: <input id="a"></p>'],
    ['by its own name, at last', '<input id="a" name="Size">'],
  ])('labels a field %s', (_, control) => {
    const { fields } = first(`<section data-section-name="Technique">${control}</section>`);
    expect(fields).toEqual([{ id: 'a', label: 'Size', kind: 'text', required: false, defaultValue: '' }]);
  });

  it('reads numbers with unit and range, selections, check boxes and radio groups', () => {
    const { fields } = first(`<section data-section-name="Technique">
      <label for="n">N</label><input id="n" type="number" data-field-units="mm" min="1" max="9.5" value="3">
      <label for="s">S</label><select id="s" required><option value="1">one</option><option selected>two</option></select>
      <label for="c">C</label><input id="c" type="checkbox" checked>
      <fieldset><legend>R</legend>
        <label><input type="radio" name="r" value="y"> yes</label><label><input type="radio" name="r" value="n" checked> no</label>
      </fieldset></section>`);
    expect(fields).toEqual([
      { id: 'n', label: 'N', kind: 'number', unit: 'mm', min: 1, max: 9.5, required: false, defaultValue: '3' },
      {
        id: 's',
        label: 'S',
        kind: 'choice',
        required: true,
        defaultValue: 'two',
        options: [
          { value: '1', label: 'one' },
          { value: 'two', label: 'two' },
        ],
      },
      {
        id: 'c',
        label: 'C',
        kind: 'choice',
        required: false,
        defaultValue: 'yes',
        options: [
          { value: '', label: '' },
          { value: 'yes', label: 'yes' },
        ],
      },
      {
        id: 'r',
        label: 'R',
        kind: 'choice',
        required: false,
        defaultValue: 'n',
        options: [
          { value: '', label: '' },
          { value: 'y', label: 'yes' },
          { value: 'n', label: 'no' },
        ],
      },
    ]);
  });

  it.each([
    ['Clinical information', 'indication'],
    ['Klinische Fragestellung', 'indication'],
    ['Procedure', 'technique'],
    ['Technik', 'technique'],
    ['Vergleich', 'comparison'],
    ['Befund', 'findings'],
    ['Befund und Beurteilung', 'impression'],
    ['Conclusion', 'impression'],
    ['Follow-up', 'other'],
  ])('knows a section called "%s"', (name, role) => {
    expect(first(`<section data-section-name="${name}"><p>x</p></section>`).role).toBe(role);
  });

  it('knows a section by its LOINC or RadLex code when its name says nothing', () => {
    const coded = (value: string): string =>
      `<script type="text/xml"><template_attributes><coded_content><entry ORIGTXT="s1"><term><code meaning="m" value="${value}" scheme="X" /></term></entry></coded_content></template_attributes></script>`;
    const role = (value: string) =>
      first('<section id="s1" data-section-name="Eins"><p>x</p></section>', coded(value)).role;
    expect([role('18834-2'), role('RID13166'), role('1-1')]).toEqual(['comparison', 'indication', 'other']);
  });

  it('takes the text area of a section as its text, and labelled ones as fields', () => {
    const section = first(`<section data-section-name="Technique">
      <label for="a">Dose</label><textarea id="a">5</textarea><textarea id="b" name="Technique">Text\nmore</textarea></section>`);
    expect(section.defaultText).toBe('Text\nmore');
    expect(section.fields).toMatchObject([{ id: 'a', label: 'Dose', kind: 'text', defaultValue: '5' }]);
  });

  it('keeps nothing of scripts and handlers and says where they were', () => {
    const { complaints, template } = first(`<section data-section-name="Technique" onclick="evil()">
<p><a href="javascript:evil()">x</a><script>evil()</script><img src=x onerror="evil()"><textarea id="a">ok</textarea></p></section>`);
    expect(JSON.stringify(template)).not.toMatch(/evil|script|onerror/);
    expect(complaints).toEqual([
      { line: 7, message: 'handler onclick left out' },
      { line: 8, message: 'script address in href left out' },
      { line: 8, message: 'script left out' },
      { line: 8, message: 'handler onerror left out' },
    ]);
  });

  it('never throws, whatever a file holds', () => {
    const pieces = [
      '<section data-section-name="Findings">',
      '</section>',
      '<input id="a">',
      '<select>',
      '<option>',
      '<table><tr>',
    ];
    const markup = fc.array(
      fc.oneof(fc.constantFrom(...pieces, '<label for=a>', '<!--', '<script>', '&', '<textarea>'), fc.string()),
    );
    fc.assert(
      fc.property(markup, (parts) => {
        const { template, complaints } = parseMrrt(parts.join(''));
        expect(template !== undefined || complaints.some(({ message }) => message.startsWith('refused'))).toBe(true);
        const ids = template?.sections.flatMap(({ fields }) => fields.map(({ id }) => id)) ?? [];
        expect(new Set(ids).size).toBe(ids.length);
      }),
    );
  });

  it('refuses a file without anything to report in, and a huge one', () => {
    expect(parseMrrt('').template).toBeUndefined();
    expect(parseMrrt('').complaints.at(-1)?.message).toBe('refused: no section with text or fields');
    expect(parseMrrt('x'.repeat(3_000_000))).toMatchObject({ complaints: [{ line: 1 }] });
  });
});

describe.skipIf(lacks('testdata'))('published templates', () => {
  const folder = join(TESTDATA, 'mrrt');
  const read = (name: string) => parseMrrt(readFileSync(join(folder, name), 'utf8'));
  const names = readdirSync(folder).filter((name) => name.endsWith('.html'));

  it.each(names)('%s becomes a template that a report can be written in', (name) => {
    const { template } = read(name);
    const roles = template?.sections.map(({ role }) => role) ?? [];
    expect(roles).toContain('findings');
    expect(roles).toContain('impression');
    const fields = template?.sections.flatMap((section) => section.fields) ?? [];
    expect(fields.every(({ label }) => label !== '')).toBe(true);
    expect(JSON.stringify(template)).not.toMatch(/<script|onchange|onload|function \(|document\.getElementById/i);
  });

  it('finds what their authors wrote', () => {
    const brain = read('rsna-ct-brain.html').template;
    expect(brain?.modalities).toEqual(['CT']);
    expect(brain?.bodyParts).toEqual(['HEAD']);
    expect(brain?.sections.map(({ title, role }) => [title, role])).toEqual([
      ['Procedure', 'technique'],
      ['Clinical information', 'indication'],
      ['Comparison', 'comparison'],
      ['Findings', 'findings'],
      ['Impression', 'impression'],
    ]);
    expect(brain?.sections[3]?.fields).toHaveLength(15);
    expect(brain?.sections[3]?.fields[1]).toMatchObject({ label: 'Intracranial hemorrhage', defaultValue: 'None.' });
    expect(brain?.sections[4]?.defaultText).toBe('Normal.');

    const embolism = read('drg-ct-lungenembolie.html');
    const fields = embolism.template?.sections.flatMap((section) => section.fields) ?? [];
    expect(fields.find(({ id }) => id === 'ct_le_ddimer')).toMatchObject({
      label: 'D-Dimer',
      kind: 'number',
      unit: 'mg/l',
    });
    expect(fields.find(({ id }) => id === 'ct_le_lungenembolie_select')).toMatchObject({
      label: 'Lungenembolie',
      options: [{ value: '-' }, { value: 'ja' }, { value: 'nein' }],
    });
    expect(embolism.complaints).toContainEqual({ line: 47, message: 'handler onload left out' });
  });

  it.each([
    ['invalid-missing-attributes-in-code-element', 'a code lacks value, scheme or meaning'],
    ['invalid-missing-html-element', 'no html element'],
    ['invalid-multiple-code-elements-in-term-element', 'more than one code in a term'],
    ['invalid-multiple-head-elements', 'more than one head element'],
    ['invalid-multiple-meta-elements-with-charset-attribute', 'more than one meta element with a charset'],
    ['invalid-multiple-template-attributes-element', 'more than one template_attributes element'],
    ['invalid-no-body-element', 'no body element'],
    ['invalid-no-meta-element-denoting-dublin-core-attributes', 'no meta element dcterms.title'],
    ['invalid-no-script-element', 'no script element of type text/xml with template_attributes'],
    ['invalid-no-title-element', 'no title element'],
  ])('complains of %s', (name, message) => {
    expect(read(join('ihe-cat', `${name}.html`)).complaints.map((complaint) => complaint.message)).toContain(message);
  });
});

describe('dates, sides and repeated groups', () => {
  const page = (body: string, entries = '') =>
    parseMrrt(`<!doctype html><html><head><meta charset="utf-8"><title>T</title>
      <meta name="dcterms.title" content="T"><meta name="dcterms.identifier" content="t">
      <meta name="dcterms.type" content="IMAGE_REPORT_TEMPLATE"><script type="text/xml"><template_attributes>
      <coded_content>${entries}</coded_content></template_attributes></script></head><body>
      <section id="f" data-section-name="Findings">${body}</section>
      <section id="i" data-section-name="Impression"><textarea id="it" name="Impression"></textarea></section></body></html>`);
  const coded = (id: string, value: string, scheme: string) =>
    `<entry ORIGTXT="${id}"><term><code meaning="m" value="${value}" scheme="${scheme}"/></term></entry>`;

  it('a date by the type of its input, or of its field; a default that is no date is none', () => {
    const { template } = page(`
      <label for="a">Born</label><input id="a" type="date" value="2024-03-12">
      <label for="b">Since</label><input id="b" type="text" data-field-type="DATE" value="soon">`);
    expect(template?.sections[0]?.fields).toEqual([
      { id: 'a', label: 'Born', kind: 'date', required: false, defaultValue: '2024-03-12' },
      { id: 'b', label: 'Since', kind: 'date', required: false, defaultValue: '' },
    ]);
  });

  it.each(['SNOMEDCT', 'SCT', 'SNOMED-CT'])('a side where every option is coded as one in %s', (scheme) => {
    const select = `<label for="s">Seite</label><select id="s"><option id="o0" value=""></option>
      <option id="o1" value="1">rechts</option><option id="o2" value="2" selected>links</option></select>`;
    const codes = coded('o1', '24028007', scheme) + coded('o2', '7771000', scheme);
    expect(page(select, codes).template?.sections[0]?.fields).toEqual([
      {
        id: 's',
        label: 'Seite',
        kind: 'laterality',
        required: false,
        defaultValue: 'left',
        options: [
          { value: '', label: '' },
          { value: 'right', label: 'rechts' },
          { value: 'left', label: 'links' },
        ],
      },
    ]);
    const [half] = page(select, coded('o1', '24028007', scheme)).template?.sections[0]?.fields ?? [];
    expect([half?.kind, half?.defaultValue]).toEqual(['choice', '2']);
  });

  it('a group from a nested section that says it is repeated, apart from the fields beside it', () => {
    const { template, complaints } = page(`
      <label for="n">Number</label><input id="n" type="number">
      <section id="les" data-section-name="Lesion" data-overread-repeated="true">
        <label for="size">Size</label><input id="size" type="number" data-field-units="mm">
        <label for="what">What</label><textarea id="what" name="Findings"></textarea>
      </section>
      <textarea id="ft" name="Findings">Text.</textarea>`);
    expect(complaints).toEqual([]);
    expect(template?.sections[0]).toMatchObject({
      defaultText: 'Text.',
      fields: [{ id: 'n', kind: 'number' }],
      groups: [
        {
          id: 'les',
          label: 'Lesion',
          fields: [
            { id: 'size', unit: 'mm' },
            { id: 'what', kind: 'text' },
          ],
        },
      ],
    });
  });
});
