import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

import { parseHl7 } from '#shared/hl7/message.ts';
import { resultFromHl7 } from '#shared/hl7/result-from-hl7.ts';
import { textOfCda } from '#shared/documents/cda-text.ts';
import { textOfHtml } from '#shared/documents/html-text.ts';
import { readDocument } from '#shared/documents/read-document.ts';
import { textOfRtf } from '#shared/documents/rtf-text.ts';

const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64');

describe('a page in HTML', () => {
  it('is read as its words, block by block', () => {
    const page =
      '<!DOCTYPE html><html><head><title>Letter</title></head><body><h1>History</h1><p>Fall&nbsp;from <b>2&#160;m</b>, GCS &lt; 15</p><ul><li>Warfarin<li>M&uuml;ller</ul></body></html>';
    expect(textOfHtml(page)).toBe('History\n\nFall from 2 m, GCS < 15\n\n- Warfarin\n- Müller');
  });

  it('leaves nothing of scripts, styles, frames, handlers and addresses', () => {
    const hostile =
      '<p onclick="fetch(1)">A</p><script>fetch("http://evil")</script ><style>@import "http://evil"</style><iframe srcdoc="<p>evil">evil</iframe><img src=x onerror=evil()><svg><script>evil</script></svg><a href="javascript:evil()">B</a><object data="http://evil">evil</object><script>evil';
    expect(textOfHtml(hostile)).toBe('A\nB');
  });

  it('of any characters yields a text without ever failing, in time that grows with its length', () => {
    const parts = fc.constantFrom(
      '<',
      '>',
      '</',
      '<script',
      '"',
      "'",
      '&#x',
      ';',
      '<!--',
      '-->',
      'a',
      '<![CDATA[',
      ']]>',
      '/',
    );
    fc.assert(fc.property(fc.array(parts, { maxLength: 60 }), (all) => typeof textOfHtml(all.join('')) === 'string'));
    for (const part of ['<', '<a ', '&', '<!--', '<a "', '<!DOCTYPE [', '<!x>', '<script>'])
      expect(typeof textOfHtml(part.repeat(100_000))).toBe('string');
  });
});

describe('a letter in RTF', () => {
  it('is read without fonts, pictures and what it would embed', () => {
    const letter = String.raw`{\rtf1\ansi\ansicpg1252\uc1{\fonttbl{\f0 Arial;}}{\colortbl;\red0;}{\*\generator Word 16;}\f0 Fall \b from\b0  2\'a0m\par M\'fcller \u8804?15 \{x\}{\pict\pngblip 89504e47}{\object\objemb{\*\objdata 0105}}\line\bullet  end}`;
    expect(textOfRtf(letter)).toBe('Fall from 2 m\nMüller ≤15 {x}\n• end');
  });

  it('passes over the instruction of a field and keeps its result', () => {
    const letter = String.raw`{\rtf1 see {\field{\*\fldinst HYPERLINK "http://evil"}{\fldrslt the report}}}`;
    expect(textOfRtf(letter)).toBe('see the report');
  });

  it('of any characters yields a text without ever failing', () => {
    const parts = fc.constantFrom(
      '{',
      '}',
      '\\',
      '\\par',
      "\\'e4",
      '\\u-10',
      '\\bin9',
      '\\uc3',
      'text',
      '\\*',
      '\n',
      '\\bin-5',
    );
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 60 }), (all) => typeof textOfRtf(`{\\rtf1${all.join('')}`) === 'string'),
    );
    expect(typeof textOfRtf(`{\\rtf1${'{'.repeat(200_000)}`)).toBe('string');
  });
});

describe('a CDA document', () => {
  const cda = (body: string) =>
    `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><ClinicalDocument xmlns="urn:hl7-org:v3"><title>Episode</title><recordTarget><patient><name>Doe</name></patient></recordTarget><component>${body}</component></ClinicalDocument>`;

  it('is read as the titles and texts of its sections', () => {
    const body =
      '<structuredBody><component><section><title>Allergies</title><text><table><tbody><tr><td>Penicillin</td><td>hives</td></tr></tbody></table></text><entry><observation><text>coded</text></observation></entry></section></component><component><section><title>Plan</title><text><list><item>CT</item><item>&e; MRI</item></list></text></section></component></structuredBody>';
    expect(textOfCda(cda(body))).toBe('Episode\n\nAllergies\n\nPenicillin hives\n\nPlan\n\n- CT\n- &e; MRI');
  });

  it('that only wraps another format says so', () => {
    const body = '<nonXMLBody><text mediaType="application/pdf" representation="B64">JVBERi0=</text></nonXMLBody>';
    expect(textOfCda(cda(body))).toBe('Episode\n\nattached: application/pdf');
  });
});

describe('a document', () => {
  it('is what its bytes are, whatever it is called', () => {
    expect(readDocument('text/plain', base64('{\\rtf1 hello}'))).toEqual({ kind: 'text', text: 'hello' });
    expect(readDocument('text/html', base64('%PDF-1.7\n'))).toEqual({
      kind: 'picture',
      contentType: 'application/pdf',
    });
    expect(readDocument('application/pdf', base64('<html><body>no</body></html>'))).toEqual({
      kind: 'text',
      text: 'no',
    });
    expect(readDocument('image/png', base64('<svg onload="evil()"/>'))).toMatchObject({ kind: 'unreadable' });
  });

  it('that cannot be read says why', () => {
    expect(readDocument('text/plain', '%%%')).toEqual({ kind: 'unreadable', reason: 'its data is no base64' });
    expect(readDocument('text/html', base64('<script>x</script>'))).toEqual({
      kind: 'unreadable',
      reason: 'it has no text',
    });
    expect(readDocument('application/msword', base64('\u0000\u0001'))).toEqual({
      kind: 'unreadable',
      reason: 'application/msword is not shown here',
    });
  });
});

describe('a letter inside an HL7 message', () => {
  const message = (type: string, obx: string) =>
    `MSH|^~\\&|RIS|M|||20261121||${type}|R1|P|2.5.1\rPID|||4711\rTXA|1|CN|TX|20261120\rOBR|1||X|^Letter|||20261119\r${obx}\r`;
  it.each([
    ['ORU^R01', 'RTF', '{\\rtf1 No {\\b mass}.}', { kind: 'prior-report', text: 'No mass.', source: 'HL7 result' }],
    ['ORU^R01', 'HTML', '<p>No mass.<script>x</script>', { kind: 'prior-report', text: 'No mass.' }],
    ['MDM^T02', 'RTF', '{\\rtf1 Seen today.}', { kind: 'document', text: 'Seen today.', source: 'HL7 document' }],
  ])('%s with %s is read as its words', (type, subtype, content, expected) => {
    const obx = `OBX|1|ED|^Letter||^TEXT^${subtype}^Base64^${base64(content)}||||||F`;
    const parsed = parseHl7(message(type, obx));
    const result = parsed.ok ? resultFromHl7(parsed.value) : parsed;
    expect(result.ok && result.value.facts).toMatchObject([expected]);
  });
});
