// What all pictures share: their colours by day and by night, and text that is safe in XML.

/** The colours of the HTML report. */
export const THEMES = {
  light: {
    page: '#ffffff',
    card: '#f7f7f5',
    edge: '#d5d9de',
    ink: '#1b1f24',
    soft: '#525b66',
    red: '#b3261e',
    green: '#1a7037',
    yellow: '#7d5100',
    blue: '#0b5fa5',
  },
  dark: {
    page: '#0d1117',
    card: '#191d21',
    edge: '#3a424b',
    ink: '#e7eaed',
    soft: '#a3adb7',
    red: '#ff8a80',
    green: '#5bc77d',
    yellow: '#e8b84a',
    blue: '#7dbcf5',
  },
};

export const MONOSPACE = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
export const SANS = "system-ui, -apple-system, 'Segoe UI', 'DejaVu Sans', sans-serif";

export function escape(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
}

/** A whole picture. Its title is what a screen reader says. */
export function toPicture(width, height, title, content) {
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    `<title>${escape(title)}</title>`,
    ...content,
    '</svg>',
    '',
  ].join('\n');
}

/** The words of a picture, without the times and ports that differ from run to run. Where they are and how they look does not count. */
export function toWords(svg) {
  return svg
    .replace(/<style>[\s\S]*?<\/style>/g, '')
    .replace(/<\/text>|<\/title>/g, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/\d+(\.\d+)? m?s\b/g, '# s')
    .replace(/:(3[2-9]|[456]\d)\d{3}\b/g, ':#')
    .replace(/\s+/g, ' ');
}
