// Text with the escape sequences of a terminal, as lines of pieces that look alike.

const COLORS = { 31: 'red', 32: 'green', 33: 'yellow', 34: 'blue', 36: 'blue' };

/** @returns the lines; a piece has its text, its column, its color (or null), and whether it is bold or dim */
export function parseAnsi(text) {
  let look = { color: null, bold: false, dim: false };
  return text
    .trimEnd()
    .split('\n')
    .map((line) => {
      const pieces = [];
      let column = 0;
      for (const part of line.split(/(\x1b\[[\d;]*m)/)) {
        if (part.startsWith('\x1b')) {
          look = part.slice(2, -1).split(';').reduce(change, look);
        } else {
          // A browser may take a sign that is no ASCII from another font. So each run of one sign is a
          // piece with a column of its own. A blank between words is part of a piece; several blanks would be drawn as one.
          for (const [piece] of part.matchAll(/[!-~]+( [!-~]+)*| +|([^ -~])\2*/g)) {
            pieces.push({ text: piece, column, ...look });
            column += piece.length;
          }
        }
      }
      return pieces.filter((piece) => piece.text.trim() !== '');
    });
}

function change(look, code) {
  const number = Number(code);
  switch (number) {
    case 0:
      return { color: null, bold: false, dim: false };
    case 1:
      return { ...look, bold: true };
    case 2:
      return { ...look, dim: true };
    case 22:
      return { ...look, bold: false, dim: false };
    case 39:
      return { ...look, color: null };
    default:
      return number in COLORS ? { ...look, color: COLORS[number] } : look;
  }
}
