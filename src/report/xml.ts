/** Characters that no XML 1.0 document may hold, escaped or not. Source: https://www.w3.org/TR/xml/#charsets */
const ILLEGAL = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  // Readers turn these into spaces in attributes.
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** A text for an element of XML. */
export function xmlText(text: string): string {
  return text.replace(ILLEGAL, '\ufffd').replace(/[&<>\r]/g, (character) => ESCAPES[character]!);
}

/** Attributes of an element of XML, with a space before each. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number>>): string {
  return Object.entries(attributes)
    .map(([name, value]) => {
      const text = String(value).replace(ILLEGAL, '\ufffd');
      return ` ${name}="${text.replace(/[&<>"\n\r\t]/g, (character) => ESCAPES[character]!)}"`;
    })
    .join('');
}
